"""Spans of passages that a reply rests on, checked to be in force and word for word."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from kb.documents import knowledge
from kb.documents.citation_check import verify_citation
from kb.documents.passages import PassageView
from kb.errors import ActRefused, CitationBroken
from kb.kinds import REPLY


@dataclass(frozen=True)
class Span:
    """A citation as a clerk chooses it: a passage and, unless it is the whole body, a part of its text."""

    passage_id: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True)
class CitedSpan:
    """A citation as it is kept: where it stands, what it says, and the digest of its passage."""

    passage_id: str
    label: str
    heading: str | None
    quote: str
    start: int
    end: int
    sha256: str

    def as_dict(self) -> dict[str, Any]:
        """For a draft's row."""
        return asdict(self)

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> "CitedSpan":
        """Back from a draft's row."""
        return cls(**stored)


def cite(session: Session, spans: Iterable[Span], *, on: date) -> list[CitedSpan]:
    """The spans with their words, each once. Raises ActRefused for one that is not of a passage in force."""
    wanted = list(dict.fromkeys(spans))
    found = knowledge.passages(session, [span.passage_id for span in wanted], on=on)
    return [_cited(span, found.get(span.passage_id)) for span in wanted]


def still_stand(session: Session, cited: Iterable[CitedSpan], *, on: date) -> list[str]:
    """The ids of those passages that are no longer in force, or no longer read as they were cited."""
    spans = list(cited)
    found = knowledge.passages(session, [span.passage_id for span in spans], on=on)
    return [
        span.passage_id
        for span in spans
        if span.passage_id not in found or found[span.passage_id].sha256 != span.sha256
    ]


def _cited(span: Span, passage: PassageView | None) -> CitedSpan:
    if passage is None or not passage.citable or passage.kind == REPLY:
        raise _refusal(span)
    start = passage.body_start if span.start is None else span.start
    end = passage.body_end if span.end is None else span.end
    quote = passage.text[max(0, start - passage.start) : max(0, end - passage.start)]
    try:
        verify_citation(passage, start, end, quote, passage.sha256)
    except CitationBroken:
        raise _refusal(span) from None
    return CitedSpan(passage.id, passage.label, passage.heading, quote, start, end, passage.sha256)


def _refusal(span: Span) -> ActRefused:
    return ActRefused(
        f"引用的 {span.passage_id} 不是现行有效条款里的原文，请重新选择",
        f"{span.passage_id} is not the text of a passage in force; please choose again.",
    )
