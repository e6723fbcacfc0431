"""Canned phrases: sentences that clerks would otherwise type again and again, from ``phrases.toml``."""

import tomllib
from functools import cache
from importlib.resources import files


@cache
def canned_phrases() -> tuple[str, ...]:
    """The phrases, in the order of the file."""
    content = (files("web.console") / "phrases.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(content)["phrases"])
