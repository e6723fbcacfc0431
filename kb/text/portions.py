"""What stands under one number: a title, a body, and the clause that says who answers for it."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from kb.text.blanks import trimmed
from kb.text.responsible import NamedAgency, find_clause

_SENTENCE = re.compile(r"(?P<words>[^。！？\n]*)[。！？]?")
# A first sentence longer than this is no title but the text itself.
_LONGEST_TITLE = 50


@dataclass(frozen=True)
class Title:
    """The title at ``start:end`` without its full stop, and where the text after it begins."""

    start: int
    end: int
    after: int


@dataclass(frozen=True)
class Portion:
    """Offsets into the verbatim text. Where the title is all there is, it is the body as well."""

    title: Title | None
    body_start: int
    body_end: int
    end: int
    names: tuple[NamedAgency, ...]


def read_title(text: str, start: int, stop: int) -> Title | None:
    """The first sentence of ``text[start:stop]``, or its first line if that has no end of a sentence."""
    begin, end = trimmed(text, start, stop)
    sentence = _SENTENCE.match(text, begin, end)
    if sentence is None or not 0 < len(sentence["words"]) <= _LONGEST_TITLE:
        return None
    after = trimmed(text, sentence.end(), end)[0]
    return Title(begin, trimmed(text, begin, sentence.end("words"))[1], after)


def read_portion(text: str, start: int, stop: int, known: Callable[[str], bool]) -> Portion:
    """What ``text[start:stop]`` holds behind its number; ``known`` tells names of agencies."""
    begin, end = trimmed(text, start, stop)
    clause = find_clause(text, begin, end, known)
    body_end = trimmed(text, begin, clause.start)[1] if clause else end
    title = read_title(text, begin, body_end)
    body_start = title.after if title and title.after < body_end else begin
    return Portion(title, body_start, body_end, end, clause.names if clause else ())
