"""Who answers for a measure: the bracket that closes it, or its 责任单位 lines.

Half- and full-width forms of a bracket are one kind, since documents mix them: （口岸办) is a pair.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kb.text.headings import BLANK, trimmed

_KINDS = ("(（", ")）"), ("[［", "]］"), ("〔", "〕"), ("【", "】")
OPENING = {char: kind for kind, (opening, _) in enumerate(_KINDS) for char in opening}
CLOSING = {char: kind for kind, (_, closing) in enumerate(_KINDS) for char in closing}


def opening_of(text: str, start: int, closing: int) -> int | None:
    """Where in ``text[start:closing]`` the bracket opens that closes at ``closing``; None if nowhere."""
    expected: list[int] = []
    for at in range(closing, start - 1, -1):
        char = text[at]
        if char in CLOSING:
            expected.append(CLOSING[char])
        elif char in OPENING and expected.pop() != OPENING[char]:
            return None
        if not expected:
            return at if char in OPENING else None
    return None


def unpaired(text: str, start: int, end: int) -> int | None:
    """The first bracket in ``text[start:end]`` without its partner, or None.

    ``1)`` counts things off and needs no partner.
    """
    opened: list[int] = []
    for at in range(start, end):
        char = text[at]
        if char in OPENING:
            opened.append(at)
        elif char in CLOSING and opened and OPENING[text[opened[-1]]] == CLOSING[char]:
            opened.pop()
        elif char in CLOSING and not (at > start and text[at - 1].isdecimal()):
            return at
    return opened[0] if opened else None


def outside(text: str, start: int, end: int, separators: str) -> list[tuple[int, int]]:
    """``text[start:end]`` cut at the ``separators`` that stand outside brackets, as spans."""
    depth, begin, spans = 0, start, []
    for at in range(start, end):
        depth += (text[at] in OPENING) - (text[at] in CLOSING)
        if depth == 0 and text[at] in separators:
            spans.append((begin, at))
            begin = at + 1
    return [*spans, (begin, end)]


_DUTY = (
    "(?:牵头|牽頭|主办|主辦|责任|責任|负责|負責|配合|协办|協辦|参与|參與|参加|參加|落实|落實)"
    r"(?:单位|單位|部门|部門)[ \u3000]*[:：]"
)
_LABEL = re.compile(_DUTY)
_LEADING = ("牵头", "牽頭", "主办", "主辦")
# Lines or sentences that each begin with a label, up to the end of the measure.
_LABELLED = re.compile(rf"(?<![^\s\u3000。！？])(?:{_DUTY}(?:(?!{_DUTY})[^。\n])*。?\s*)+\Z")
# 按職責分工負責 and its kin. Every piece may be missing, so this matches, if nothing else, the empty end.
_TAIL = re.compile(
    r"[\s\u3000]*(?:等(?:(?:有关|有關|相关|相關)?(?:部门|部門|单位|單位))?)?"
    "(?P<duty>(?:(?:按照?|依照?|根据|根據)(?:各自)?(?:职责|職責)(?:分工)?)?(?:分别|分別|共同)?"
    r"(?:负责|負責|落实|落實)?)[\s\u3000。；;]*\Z"
)
_PART_TAKEN = re.compile(r"(?:(?P<leads>牵头|牽頭)|配合|参与|參與|协助|協助)\Z")
_SENTENCE_END = "。！？!?；;.…"
_AFTER_BRACKET = "。；;" + BLANK


@dataclass(frozen=True)
class NamedAgency:
    """A name in a responsible clause: verbatim, with its span, and whether the text makes it the leader."""

    name: str
    start: int
    end: int
    leads: bool


@dataclass(frozen=True)
class ResponsibleClause:
    """Where a responsible clause begins (what follows it is the end of the measure) and the names in it."""

    start: int
    names: tuple[NamedAgency, ...]


def find_clause(text: str, start: int, end: int, known: Callable[[str], bool]) -> ResponsibleClause | None:
    """The responsible clause that closes ``text[start:end]``, or None. ``known`` tells names of agencies.

    A bracket counts if it follows the end of a sentence, or by what it says: a label (责任单位：), the tail
    按职责分工负责, or nothing but known agencies. So ``(企業管理系統)`` inside the text names nobody.
    """
    return _labelled_lines(text, start, end) or _closing_bracket(text, start, end, known)


def _labelled_lines(text: str, start: int, end: int) -> ResponsibleClause | None:
    lines = _LABELLED.search(text, start, end)
    # A bracket that opens before the label closes behind it, and makes the clause one of the other form.
    if lines is None or unpaired(text, lines.start(), end) is not None:
        return None
    return ResponsibleClause(lines.start(), tuple(_names(text, lines.start(), end)))


def _closing_bracket(
    text: str, start: int, end: int, known: Callable[[str], bool]
) -> ResponsibleClause | None:
    closing = start + len(text[start:end].rstrip(_AFTER_BRACKET)) - 1
    if closing < start or text[closing] not in CLOSING:
        return None
    opening = opening_of(text, start, closing)
    names = tuple(_names(text, opening + 1, closing)) if opening is not None else ()
    if opening is None or not names:
        return None
    told_by_place = text[start:opening].rstrip(BLANK).endswith(tuple(_SENTENCE_END))
    if told_by_place or _says_so(text[opening + 1 : closing]) or all(known(one.name) for one in names):
        return ResponsibleClause(opening, names)
    return None


def _says_so(content: str) -> bool:
    tail = _TAIL.search(content)
    return bool(_LABEL.search(content) or (tail and tail["duty"]))


def _names(text: str, start: int, end: int) -> Iterator[NamedAgency]:
    """Names in ``text[start:end]``, label by label; what stands before the first label has none."""
    labels = list(_LABEL.finditer(text, start, end))
    stops = [*(label.start() for label in labels), end]
    yield from _names_of_duty(text, start, stops[0], leads=False)
    for label, stop in zip(labels, stops[1:], strict=True):
        yield from _names_of_duty(text, label.end(), stop, leads=label.group().startswith(_LEADING))


def _names_of_duty(text: str, start: int, end: int, *, leads: bool) -> Iterator[NamedAgency]:
    """Commas part groups, and a group may say of all its names that they lead: 甲、乙牵头，丙配合."""
    for group_start, group_end in outside(text, start, end, ",，;；。"):
        stop = _start_of(_TAIL, text, group_start, group_end)
        part = _PART_TAKEN.search(text, group_start, stop)
        stop = part.start() if part else stop
        for name_start, name_end in outside(text, group_start, stop, "、\n"):
            at, to = trimmed(text, name_start, name_end)
            if at < to:
                yield NamedAgency(text[at:to], at, to, leads or bool(part and part["leads"]))


def _start_of(tail: re.Pattern[str], text: str, start: int, end: int) -> int:
    found = tail.search(text, start, end)
    return found.start() if found else end
