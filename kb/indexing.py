"""Turning rows into an index: the one place that decides what of the knowledge base can be searched."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from indexer.engine import LocalEngine
from indexer.fields import Entry
from indexer.index import Index
from kb import knowledge
from kb.views import LAWS, AgencyView, ConceptView, DocumentView, PassageView
from kb.working_time import CHINA

OUTSIDE = "outside"
"""The kind, in an index, of questions that no document answers."""

_KEPT, _DROPPED = "kept", "dropped"
# 宁波的岸电多少钱 is outside for its place. Without that it is ours: its words must not speak against it.
_BY_PLACE_ALONE = "elsewhere"
_PREAMBLE = "preamble"
# A quoted name is a trade's own word (离港确认, 港航信易贷3.0); what is longer is a sentence or a title.
_QUOTED = re.compile(r"[“「『《]([^“”「」『』《》]{2,20})[”」』》]")


def rebuild_index(
    session: Session,
    root: Path,
    now: datetime,
    progress: Callable[[int, int], None] | None = None,
    *,
    without: frozenset[str] = frozenset(),
) -> str:
    """Build an index under ``root`` of all that is citable and in force at ``now``; its generation's name.

    Nothing is written when the current generation already holds just that. ``progress`` is called with
    passages done and in all. The preamble is left out: it announces the document and answers nothing.
    ``without`` leaves out these curated questions, answered and outside.
    """
    passages = [
        passage
        for passage in knowledge.passages_in_force(session, on=now.astimezone(CHINA).date())
        if passage.kind != _PREAMBLE
    ]
    # Names quoted in laws stay out: they would cut the plan's text otherwise than it is cut without laws.
    of_our_own = [passage for passage in passages if passage.document.kind not in LAWS]
    words = user_words(knowledge.agencies(session), knowledge.concepts(session), of_our_own)
    indexed = [
        *entries(passages, knowledge.variants(session, without=without)),
        *outside_entries(knowledge.outside_questions(session, without=without)),
    ]
    return LocalEngine(root).build(indexed, words, now, progress)


def entries(passages: Iterable[PassageView], variants: dict[str, tuple[str, ...]]) -> list[Entry]:
    """What is indexed of each passage: heading, body without the agencies, and the ways to ask for it.

    The headings of the part and section above were tried too: on the open question set they changed nothing
    (first passage right in 91.7 % with them and without), so an entry says only what is its own.
    """
    return [
        Entry(
            passage_id=passage.id,
            sha256=passage.sha256,
            title=passage.heading or "",
            body=passage.body,
            variants=variants.get(passage.id, ()),
            document=passage.document.id,
            kind=passage.document.kind,
            effective_on=passage.document.starts_on,
            expires_on=_end_of(passage.document),
        )
        for passage in passages
    ]


def _end_of(document: DocumentView) -> date | None:
    return min((day for day in (document.expires_on, document.ended_on) if day), default=None)


def outside_entries(questions: Mapping[tuple[str, bool], tuple[str, ...]]) -> list[Entry]:
    """What no document answers, one entry a kind of question: nearness to it speaks against an answer.

    These are no passages. They are a kind of their own, which no search for passages meets.
    """
    return [
        Entry(
            passage_id=f"{OUTSIDE}/{kind}/{_KEPT if keep else _DROPPED}",
            sha256="",
            title="",
            body="",
            variants=texts,
            document=OUTSIDE,
            kind=OUTSIDE,
        )
        for (kind, keep), texts in questions.items()
        if kind != _BY_PLACE_ALONE
    ]


def outside_matter(entry_id: str) -> tuple[str, bool]:
    """The kind of an outside entry, and whether a person should see such questions."""
    _, kind, fate = entry_id.split("/")
    return kind, fate == _KEPT


def passage_entries(index: Index) -> list[Entry]:
    """What ``index`` holds of passages, in its order: everything but outside questions."""
    return [entry for entry in index.entries if entry.kind != OUTSIDE]


def user_words(
    agencies: Iterable[AgencyView], concepts: Iterable[ConceptView], passages: Iterable[PassageView]
) -> list[str]:
    """Words to keep whole when text is cut, each once: agency names, trade words, quoted names."""
    words = {*_names(agencies), *_trade_words(concepts)}
    words.update(name for passage in passages for name in _QUOTED.findall(passage.text))
    return sorted(words)


def _names(agencies: Iterable[AgencyView]) -> Iterator[str]:
    for agency in agencies:
        yield from (agency.name_hans, agency.name_hant, *agency.aliases)


def _trade_words(concepts: Iterable[ConceptView]) -> Iterator[str]:
    for concept in concepts:
        yield from (concept.term, *concept.says)
