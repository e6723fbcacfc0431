"""Question phrases (请问, 怎么办, 有没有): what everyone asks with, and nobody asks about."""

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from indexer.text.folding import folded_text


def cut_question_phrases(folded: str) -> str:
    """A folded question with each question phrase replaced by a space, so that no bigram crosses the gap.

    Longest phrases go first. Particles of one character (吗, 呢) go only at the end of a clause: inside they
    belong to a word (毛呢). A question made of nothing else comes back unchanged.
    """
    rest = _pattern().sub(" ", folded)
    return rest if any(map(str.isalnum, rest)) else folded


def parse_phrases(lines: Iterable[str]) -> tuple[str, ...]:
    """Folded phrases of a phrase file (one a line, ``#`` starts a comment), longest first.

    A ValueError names the line of a phrase that stands there twice or holds white space.
    """
    phrases: list[str] = []
    for number, line in enumerate(lines, 1):
        if phrase := folded_text(line.partition("#")[0]).strip():
            if phrase in phrases or any(map(str.isspace, phrase)):
                raise ValueError(f"line {number}: {phrase!r} stands twice or holds white space")
            phrases.append(phrase)
    return tuple(sorted(phrases, key=len, reverse=True))


@cache
def _pattern() -> re.Pattern[str]:
    text = files("indexer").joinpath("data/question_phrases.txt").read_text(encoding="utf-8")
    phrases = parse_phrases(text.splitlines())
    longer = "|".join(re.escape(phrase) for phrase in phrases if len(phrase) > 1)
    particles = "".join(re.escape(phrase) for phrase in phrases if len(phrase) == 1)
    return re.compile(rf"{longer}|[{particles}]+(?!\w)")
