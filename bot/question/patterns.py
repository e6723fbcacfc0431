"""Reading the curated patterns in ``bot/data``: regular expressions on folded text."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from indexer.text.folding import fold

Patterns = tuple[re.Pattern[str], ...]

_HAN = re.compile("[㐀-鿿]+")


@cache
def data(name: str) -> dict[str, Any]:
    """The contents of ``bot/data/<name>.toml``."""
    return tomllib.loads(files("bot").joinpath(f"data/{name}.toml").read_text(encoding="utf-8"))


def compiled(patterns: Iterable[str]) -> Patterns:
    """``patterns`` ready to search folded text.

    Their Han characters are folded like the text, so that whoever edits the data may write either script;
    the rest stays as written, since folding would turn ``\\S`` into ``\\s``.
    """
    return tuple(re.compile(_HAN.sub(lambda run: fold(run.group()).text, pattern)) for pattern in patterns)


def matches(patterns: Patterns, folded: str) -> bool:
    """Whether any of ``patterns`` stands anywhere in a folded text."""
    return any(pattern.search(folded) for pattern in patterns)


def without(patterns: Patterns, folded: str) -> str:
    """A folded text with a space where any of ``patterns`` stood, applied in their order."""
    for pattern in patterns:
        folded = pattern.sub(" ", folded)
    return folded
