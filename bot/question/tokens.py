"""A question as a row of tokens: its mentions, numbers and section numbers, and what lies between them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import cn2an

from bot.question.names.mentions import Mention, Sort, longest

_NUMBER = re.compile(r"\d{1,4}|[一二两三四五六七八九十]{1,3}")
_ORDINAL = re.compile(r"第\s*(\d{1,3}|[一二三四五六七八九十]{1,3})\s*(?:条|项|个|款|点)")
_STOPS = {**dict.fromkeys(",，:：", "comma"), **dict.fromkeys("。;；?？!！\n", "stop"), "、": "and"}
_GLOSS = re.compile(r"\s*\([^)]{1,16}\)")  # right behind a name: what else it is called
_QUOTED = re.compile('[“「『"]([^“”「」『』"]{2,12})[”」』"]')
_INCLUDED = re.compile(r"\([^()]{0,8}[算含][^()]{0,2}\)")  # 五家以上（五家也算）
_SAYS = re.compile(r"\w")
# 一家具体单位 names no 家具: a number takes its classifier.
_CLASSIFIERS = frozenset("家个条项")
_MATTERS = (Sort.CONCEPT, Sort.SUBJECT)
STRUCTURAL = (
    Sort.AGENCY,
    Sort.LAW,
    Sort.SUBJECT,
    Sort.HEADING,
    Sort.PLACE,
    Sort.CONCEPT,
    Sort.HOTLINE,
    Sort.WORD,
)
_CLASSED = (Sort.WORD, Sort.MARK)


@dataclass(frozen=True)
class Token:
    """``kind``: the class of a function word, the sort of any other mention, number, ordinal,
    section_number, comma, stop or other."""

    kind: str
    start: int
    end: int
    text: str
    value: Any = field(default=None, repr=False)


def tokenised(
    folded: str,
    mentions: Sequence[Mention],
    section_numbers: Sequence[tuple[int, int, str]] = (),
    sorts: Sequence[Sort] = STRUCTURAL,
) -> list[Token]:
    """The tokens of a folded question, in its order; blanks and marks that say nothing are left out.

    ``section_numbers``: spans and numbers of the sections it names, which no other token may share;
    ``sorts``: the mentions that are tokens, the others are what lies between.
    """
    fixed = [
        Token("section_number", *found[:2], folded[slice(*found[:2])], found[2]) for found in section_numbers
    ]
    whole = [one for one in mentions if one.sort in (Sort.HEADING, Sort.AGENCY, Sort.LAW)]
    fixed += [
        Token("quoted", match.start(1), match.end(1), match[1], match[1])
        for match in _QUOTED.finditer(folded)
        if not _taken(whole, *match.span(1)) and not _taken(fixed, *match.span(1))
    ]
    fixed += [
        Token("ordinal", match.start(), match.end(), match.group(), _value(match[1]))
        for match in _ORDINAL.finditer(folded)
        if not _taken(fixed, match.start(), match.end()) and not _within_word(mentions, *match.span())
    ]
    placed = sorted(
        [*fixed, *_of_mentions(folded, mentions, fixed, sorts), *_numbers(folded, fixed)],
        key=lambda one: (one.start, -one.end, one.kind == "number"),
    )
    glosses = [
        match.span() for one in placed if one.kind == "agency" and (match := _GLOSS.match(folded, one.end))
    ]
    kept = [one for one in placed if not any(start <= one.start < end for start, end in glosses)]
    return list(_row(_blanked(folded, glosses), kept))


def _blanked(folded: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in spans:
        folded = f"{folded[:start]}{' ' * (end - start)}{folded[end:]}"
    return folded


def _of_mentions(
    folded: str, mentions: Iterable[Mention], fixed: Sequence[Token], sorts: Sequence[Sort]
) -> Iterator[Token]:
    counted = {match.end() for match in _NUMBER.finditer(folded)}
    free = [
        one
        for one in mentions
        if not _taken(fixed, one.start, one.end)
        and not (one.start in counted and one.text[0] in _CLASSIFIERS and one.sort in _MATTERS)
    ]
    for one in longest(free, *sorts):
        kind = str(one.value) if one.sort in _CLASSED else one.sort.value
        yield Token(kind, one.start, one.end, one.text, one.value)


def _numbers(folded: str, fixed: Sequence[Token]) -> Iterator[Token]:
    for match in _NUMBER.finditer(folded):
        if not _taken(fixed, match.start(), match.end()):
            yield Token("number", match.start(), match.end(), match.group(), _value(match.group()))


def _within_word(mentions: Iterable[Mention], start: int, end: int) -> bool:
    """Whether a longer function word holds the span: 排在第一个 is no first item."""
    return any(
        one.sort is Sort.WORD and one.start <= start and end <= one.end and len(one.text) > end - start
        for one in mentions
    )


def _taken(fixed: Iterable[Token | Mention], start: int, end: int) -> bool:
    return any(start < one.end and one.start < end for one in fixed)


def _row(folded: str, placed: Sequence[Token]) -> Iterator[Token]:
    at = 0
    for token in placed:
        if token.start < at:
            continue
        yield from _between(folded, at, token.start)
        yield token
        at = token.end
    yield from _between(folded, at, len(folded))


def _between(folded: str, start: int, end: int) -> Iterator[Token]:
    run = start
    for at in range(start, end + 1):
        mark = _STOPS.get(folded[at]) if at < end else None
        if at < end and mark is None and _SAYS.match(folded[at]):
            continue
        if run < at:
            yield Token("other", run, at, folded[run:at])
        if mark:
            yield Token(mark, at, at + 1, folded[at])
        run = at + 1


def _value(number: str) -> int:
    return int(number) if number.isdecimal() else int(cn2an.cn2an(number, "normal"))
