"""An answer's text, taken apart so that nothing on the page is read twice.

The text of an answer names a clause, quotes it and lists its agencies; the card of a citation shows the same.
So the quote in the text gives way to the card, and of the words around it only those stay that the card does
not say. Words that are not recognised stay: the worst that happens is that something is read twice.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from web.portal.clauses import Clause

_PUNCTUATION = re.compile(r"[\s《》：:，,。.、]+")
# How a sentence that only lists agencies begins, in both scripts and in English (bot.words.wording).
_AGENCY_SENTENCE = re.compile(r"责任单位|責任單位|牵头单位|牽頭單位|可以向|Responsible|Lead|You can turn to")
_LONGEST_REST = 30
_NUMBER = re.compile(r"^\d+\. ")
_REMARK = re.compile(r"[（(](.+)[）)]")

AT_ONCE = 8
"""Rows of a list that are seen without unfolding it."""


@dataclass(frozen=True)
class Words:
    """A paragraph of the answer's own words. A ``note`` is a remark on what follows it."""

    text: str
    kind: str = "words"


@dataclass(frozen=True)
class Listing:
    """Several clauses by name only, numbered from ``start`` on.

    Of a long list ``rest`` is folded away, and all rows are short.
    """

    clauses: tuple[Clause, ...]
    start: int = 1
    kind: str = "listing"

    @property
    def long(self) -> bool:
        """Whether it would fill a phone's screen several times over."""
        return len(self.clauses) > AT_ONCE

    @property
    def first(self) -> tuple[Clause, ...]:
        """What is seen at once."""
        return self.clauses[:AT_ONCE]

    @property
    def rest(self) -> tuple[Clause, ...]:
        """What unfolds."""
        return self.clauses[AT_ONCE:]


Block = Words | Clause | Listing


def blocks_of(text: str, clauses: Sequence[Clause], numbers: Sequence[str] = ()) -> tuple[Block, ...]:
    """What to show of an answer, in order: words, clauses, a listing.

    The receipt says all that a line with one of the tickets' ``numbers`` does.
    """
    lines = text.split("\n")
    text = "\n".join(line for line in lines if not any(number in line for number in numbers))
    return tuple(_listed(text, clauses) or _quoted(text, clauses))


def _listed(text: str, clauses: Sequence[Clause]) -> list[Block]:
    """For a numbered list of clauses: what is before it and the list. Empty when the text holds none.

    The list may begin with a later clause than the first: those before it are quoted.
    """
    lines = text.split("\n")
    rows = [_row(lines, number, clause) for number, clause in enumerate(clauses, start=1)]
    quoted = max((number for number, row in enumerate(rows, start=1) if row is None), default=0)
    listed = [row for row in rows[quoted:] if row is not None]
    if not listed:
        return []
    before, after = "\n".join(lines[: listed[0]]), "\n".join(lines[listed[-1] + 1 :])
    return [*_quoted(before, clauses[:quoted]), Listing(tuple(clauses[quoted:]), quoted + 1), *_words(after)]


def _row(lines: Sequence[str], number: int, clause: Clause) -> int | None:
    """The line that lists ``clause`` under its number, by its heading or, without one, its first words.

    None where its quote follows: it is read there, and not chosen from a list.
    """
    names = [clause.heading] if clause.heading else clause.wordings
    begins = tuple(f"{number}. {clause.label} {name}".rstrip() for name in names)
    found = next((at for at, line in enumerate(lines) if line.startswith(begins)), None)
    follows = lines[found + 1 : found + 2] if found is not None else []
    return None if follows and follows[0].startswith("「") else found


def _quoted(text: str, clauses: Sequence[Clause]) -> list[Block]:
    blocks: list[Block] = []
    unplaced: list[Block] = []
    rest = text
    for clause in sorted(clauses, key=lambda one: _place(text, one)):
        quoted = next((f"「{words}」" for words in clause.wordings if f"「{words}」" in rest), None)
        if quoted is None:
            unplaced.append(clause)
            continue
        before, _, after = rest.partition(quoted)
        blocks += [*_introduction(before, clause), clause]
        rest = _without_agencies(after, clause)
    return [*blocks, *_words(rest), *unplaced]


def _place(text: str, clause: Clause) -> int:
    """Where the text quotes ``clause``: quotes of one article stand together there, citations need not."""
    return min((at for words in clause.wordings if (at := text.find(f"「{words}」")) >= 0), default=len(text))


def _words(text: str) -> list[Block]:
    return [Words(text.strip())] if text.strip() else []


def _introduction(text: str, clause: Clause) -> list[Block]:
    """``text`` before a quote without naming the clause: of the last line, what the card does not say."""
    head, _, line = text.rstrip().rpartition("\n")
    line = _NUMBER.sub("", line)
    for part in (clause.document_title, clause.document_title[1:-1], clause.label, clause.heading):
        line = line.replace(part, "", 1) if part else line
    if not _PUNCTUATION.sub("", line):
        return _words(head)
    words = re.sub(r"^\s+|[\s，,：:]+$", "", line)
    if remark := _REMARK.fullmatch(words):
        return [*_words(head), Words(remark[1], kind="note")]
    return _words(f"{head}\n{words}{':' if words[-1].isascii() else '：'}")


def _without_agencies(text: str, clause: Clause) -> str:
    """``text`` after a quote without the sentence that only lists the clause's agencies."""
    line, _, tail = text.lstrip("\n").partition("\n")
    if not clause.agencies or not _AGENCY_SENTENCE.match(line):
        return text
    left = line
    for chip in clause.agencies:
        if chip.name not in left:
            return text
        left = left.replace(chip.name, "", 1)
    return tail if len(left) <= _LONGEST_REST else text
