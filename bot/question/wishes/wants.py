"""What an asker wants of the desk: a text's content, or something else that no clause states.

A person, a telephone number, to complain or report, a document as a whole, a way in, plainer words, a letter
written. Read from tokens by what stands with what: a word of such a class decides only where the message
names no matter of its own, since 走私怎么举报 is a question on smuggling and 投诉 alone is none.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from enum import StrEnum
from functools import cache

from bot.question.patterns import data
from bot.question.tokens import Token


class Want(StrEnum):
    """What a message comes to."""

    CONTENT = "content"
    LETTER = "letter"
    PERSON = "person"
    COMPLAINT = "complaint"
    REPORT = "report"
    TELEPHONE = "telephone"
    SUMMARY = "summary"
    WHOLE_LIST = "whole_list"
    START = "start"
    SIMPLER = "simpler"


WAYS = frozenset((Want.PERSON, Want.COMPLAINT, Want.REPORT, Want.TELEPHONE))
"""What is answered with the way to somebody."""

_WANTED_BY = {
    "complain_words": Want.COMPLAINT,
    "report_words": Want.REPORT,
    "person_words": Want.PERSON,
    "phone_words": Want.TELEPHONE,
    "hotline": Want.TELEPHONE,
    "mood_words": Want.COMPLAINT,
    "simpler_words": Want.SIMPLER,
    "start_words": Want.START,
}
_WORDS = frozenset((*_WANTED_BY, "reach_words", "summary_words", "write_words", "letter_words"))
_MATTER = frozenset(("subject", "heading", "section_number", "ordinal"))
_NOTHING_MORE = frozenset(
    ("filler", "number", "by", "and", "comma", "stop", "all", "summary_words", "reach_words")
)
_OF_CONTENTS = frozenset(("which", "measure", "section", "how_many"))
_ASKING = frozenset(("which", "how_many", "who", "yes_or_no"))
_LITTLE_MORE = 3
_A_LITTLE = 2
# Public service numbers have five digits and begin with 12.
_PUBLIC_NUMBER = re.compile(r"(?<!\d)12\d{3}(?!\d)")


def public_numbers(folded: str) -> tuple[str, ...]:
    """The public numbers that a folded message gives, whether they are on record or not."""
    return tuple(dict.fromkeys(_PUBLIC_NUMBER.findall(folded)))


def read_wants(tokens: Sequence[Token], numbers: Sequence[str] = ()) -> tuple[Want, ...]:
    """What the message comes to, first; then what its words name besides.

    ``numbers`` are the public numbers that it gives.
    """
    named = [want for at, token in enumerate(tokens) if (want := _named(tokens, at))]
    if numbers and not named and _is_called(tokens):
        named = [Want.TELEPHONE]
    first = _letter(tokens) or (_whole(tokens) if not named else None)
    if first is None:
        first = Want.CONTENT if not named or _names_matter(tokens) else _strongest(named)
    return (first, *(want for want in dict.fromkeys(named) if want is not first))


def for_structure(tokens: Sequence[Token]) -> list[Token]:
    """``tokens`` as they stand for a question on structure, where none of these words narrows anything."""
    return [replace(one, kind="other", value=None) if one.kind in _WORDS else one for one in tokens]


def names_document(tokens: Sequence[Token]) -> bool:
    """Whether the message names the document itself (方案, 这份文件)."""
    return any(token.text in _documents() for token in tokens)


def _named(tokens: Sequence[Token], at: int) -> Want | None:
    token = tokens[at]
    want = _WANTED_BY.get(token.kind)
    if token.kind == "hotline" and not _is_called(tokens):
        return None
    if want is None and token.kind == "reach_words" and token.text not in ("打", "拨"):
        beside = [one for one in tokens if one.kind in ("agency", "how", "who", "which")]
        return Want.TELEPHONE if any(one.kind == "agency" for one in beside) else None
    if want in (Want.PERSON, Want.START) and _is_cut(tokens, at):
        return None  # 人工智能, 工人工资
    return want


def _is_called(tokens: Sequence[Token]) -> bool:
    """Whether a number is asked about as one to call, and not what becomes of the calls."""
    if any(token.kind in ("phone_words", "reach_words") for token in tokens):
        return True
    return sum(len(token.text) for token in tokens if token.kind == "other") <= _LITTLE_MORE


def _is_cut(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word runs on into one that is not known."""
    before = tokens[at - 1] if at else None
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if after is not None and after.kind == "other" and after.start == tokens[at].end and len(after.text) > 1:
        return True
    return before is not None and before.kind == "other" and before.end == tokens[at].start and at > 1


def _strongest(named: Sequence[Want]) -> Want:
    return min(named, key=list(dict.fromkeys(_WANTED_BY.values())).index)


def _names_matter(tokens: Sequence[Token]) -> bool:
    """Whether it names a matter of its own. Who is complained of, or is to be called, is none."""
    return any(
        token.kind in _MATTER
        or token.kind == "law"
        or (token.kind == "concept" and token.value.area != "place")
        for token in tokens
    )


def _letter(tokens: Sequence[Token]) -> Want | None:
    """A text to be written for the asker: 帮我写封举报信, not 报关单要写什么."""
    for at, token in enumerate(tokens):
        if token.kind in ("comma", "stop"):
            continue
        writes = token.kind == "write_words" or (
            token.text in ("写", "做", "拟") and any(one.kind == "letter_words" for one in tokens[at + 1 :])
        )
        if writes:
            return None if _is_asked(tokens) or not _is_told(tokens, at) else Want.LETTER
    return None


def _is_told(tokens: Sequence[Token], at: int) -> bool:
    """Whether only fillers stand before it in its clause: it is said to the desk."""
    while at and tokens[at - 1].kind in ("filler", "by", "write_words"):
        at -= 1
    return at == 0 or tokens[at - 1].kind in ("comma", "stop", "yes_or_no")


def _is_asked(tokens: Sequence[Token]) -> bool:
    return any(one.kind in _ASKING and one.kind != "yes_or_no" for one in tokens)


def _whole(tokens: Sequence[Token]) -> Want | None:
    """A document as a whole: its outline, or every measure of it set out."""
    kinds = {token.kind for token in tokens}
    laws = [token for token in tokens if token.kind == "law"]
    strange = sum(len(token.text) for token in tokens if token.kind == "other")
    rest = [token for token in tokens if token.kind not in (*_NOTHING_MORE, "law", "other")]
    if strange > (_A_LITTLE if "summary_words" in kinds or "set_out" in kinds else 0) or len(laws) > 1:
        return None
    if any(token.kind not in (*_OF_CONTENTS, "set_out") for token in rest):
        return None
    if laws:
        return Want.SUMMARY if _is_of_law(kinds) else None
    if "measure" in kinds and ("set_out" in kinds or ("all" in kinds and "how_many" not in kinds)):
        return Want.WHOLE_LIST
    asks = "which" in kinds and ("measure" in kinds or names_document(tokens))
    return Want.SUMMARY if asks or "summary_words" in kinds else None


def _is_of_law(kinds: Collection[str]) -> bool:
    """Whether a law alone is asked about, and nothing set out of it or numbered in it."""
    if "set_out" in kinds:
        return False
    return "number" not in kinds or bool({"section", "which", "summary_words"} & set(kinds))


@cache
def _documents() -> frozenset[str]:
    return frozenset(data("function_words")["documents"]["words"])
