"""Reviewed traditional forms of simplified phrases: ``data/traditional_overrides.txt``."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from indexer.text.folding import folded_text


def parse_overrides(lines: Iterable[str]) -> dict[str, str]:
    """Traditional forms by simplified phrase: one pair a line, ``#`` starts a comment.

    A ValueError names the line of a phrase that stands there twice, or whose form is of another length or
    folds otherwise, character for character: what is shown would not be found where it stands.
    """
    found: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        words = line.partition("#")[0].split()
        if not words:
            continue
        if len(words) != 2 or words[0] in found:
            raise ValueError(f"line {number}: not one phrase and its form, or a phrase that stood before")
        phrase, form = words
        if len(phrase) != len(form) or list(map(folded_text, phrase)) != list(map(folded_text, form)):
            raise ValueError(f"line {number}: {form} is not {phrase} in traditional characters")
        found[phrase] = form
    return found


@cache
def overrides() -> Mapping[str, str]:
    """The reviewed forms, by phrase."""
    text = files("indexer").joinpath("data/traditional_overrides.txt").read_text(encoding="utf-8")
    return parse_overrides(text.splitlines())


@cache
def overridden() -> re.Pattern[str]:
    """Splits a text at its reviewed phrases, which come along; at each place the longest goes first."""
    phrases = sorted(overrides(), key=len, reverse=True)
    return re.compile(f"({'|'.join(map(re.escape, phrases))})")
