"""Turning rows into an index: the one place that decides what of the knowledge base can be searched."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from indexer.build.generation import Refreshment
from indexer.engine import LocalEngine
from indexer.search.index import Index
from indexer.stored.fields import Entry
from kb.documents import directory, knowledge
from kb.documents.editions import OF_THE_CORPUS
from kb.documents.passage_queries import in_force, read_passages, read_texts
from kb.documents.passages import AgencyView, ConceptView, DocumentView, PassageView
from kb.kinds import LAWS
from kb.store.digests import digest_of
from kb.store.tables.documents import CURRENT, Edition, Passage
from kb.working_time import CHINA

OUTSIDE = "outside"
"""The kind, in an index, of questions that no document answers."""

# Stands for what a desk keeps beside the index for as long as a generation: no document is called so, and
# nothing of it is indexed, but where it changes a generation follows.
_DIRECTORY = "(directory)"

_KEPT, _DROPPED = "kept", "dropped"
# 宁波的岸电多少钱 is outside for its place. Without that it is ours: its words must not speak against it.
_BY_PLACE_ALONE = "elsewhere"
# The preamble is left out: it announces the document and answers nothing.
_INDEXED = (Passage.citable, Passage.kind != "preamble", OF_THE_CORPUS)
# Part of every stamp. Raise it whenever entries are made otherwise from the same rows.
_MADE_AS = 1
_READ_AT_ONCE = 200
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
    """Bring the index under ``root`` to all that is citable and in force at ``now``; its generation's name.

    Only documents that changed since the current generation are read, whatever else there is; nothing is
    written when it already holds just that. ``progress`` is called with passages done and in all. ``without``
    leaves out these curated questions, answered and outside.
    """

    def read(held: Mapping[str, str]) -> Refreshment:
        contents = _Contents(session, now.astimezone(CHINA).date(), without)
        stamps = contents.stamps()
        changed = [document_id for document_id, stamp in stamps.items() if held.get(document_id) != stamp]
        return Refreshment(contents.entries(changed), stamps, contents.user_words())

    return LocalEngine(root).refresh(read, now, progress)


class _Contents:
    """What the index must hold on a day: by document its entries, and a stamp that says when to read them.

    Stamps cost a short query, whatever the size of the texts; entries cost reading the texts.
    """

    def __init__(self, session: Session, on: date, without: frozenset[str]) -> None:
        self._session = session
        self._on = on
        self._variants = knowledge.variants(session, without=without)
        outside = outside_entries(knowledge.outside_questions(session, without=without))
        self._outside = {OUTSIDE: outside} if outside else {}

    def stamps(self) -> dict[str, str]:
        """For each document a digest of all that its entries are made from."""
        found: dict[str, list[Any]] = {name: [entries] for name, entries in self._outside.items()}
        rows = self._session.execute(
            select(Edition.document_id, Edition.digest, Edition.ended_on)
            .where(CURRENT, OF_THE_CORPUS, in_force(self._on))
            .order_by(Edition.id)
        )
        for document_id, digest, ended_on in rows:
            found.setdefault(document_id, []).append([digest, ended_on])
        for passage_id, asked in self._variants.items():
            if (document_id := passage_id.partition("/")[0]) in found:
                found[document_id].append([passage_id, asked])
        found[_DIRECTORY] = self._directory()
        return {name: digest_of([_MADE_AS, sorted(map(str, made_of))]) for name, made_of in found.items()}

    def _directory(self) -> list[Any]:
        session = self._session
        return [
            knowledge.agencies(session),
            directory.hotlines(session),
            directory.jurisdictions(session),
            knowledge.subjects(session),
        ]

    def entries(self, document_ids: list[str]) -> dict[str, list[Entry]]:
        """The entries of these documents, read some documents at a time."""
        found = {name: self._outside.get(name, []) for name in document_ids}
        for at in range(0, len(document_ids), _READ_AT_ONCE):
            some = Edition.document_id.in_(document_ids[at : at + _READ_AT_ONCE])
            for entry in entries(self._passages(some), self._variants):
                found[entry.document].append(entry)
        return found

    def user_words(self) -> list[str]:
        """Names quoted in laws stay out: they would cut the plan's text otherwise than it is cut without."""
        texts = read_texts(self._session, *_INDEXED, Edition.kind.not_in(LAWS), in_force(self._on))
        return user_words(knowledge.agencies(self._session), knowledge.concepts(self._session), texts)

    def _passages(self, some: ColumnElement[bool]) -> list[PassageView]:
        return read_passages(self._session, *_INDEXED, some, in_force(self._on))


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
    agencies: Iterable[AgencyView], concepts: Iterable[ConceptView], texts: Iterable[str]
) -> list[str]:
    """Words to keep whole when text is cut, each once: agency names, trade words, quoted names."""
    words = {*_names(agencies), *_trade_words(concepts)}
    words.update(name for text in texts for name in _QUOTED.findall(text))
    return sorted(words)


def _names(agencies: Iterable[AgencyView]) -> Iterator[str]:
    for agency in agencies:
        yield from (agency.name_hans, agency.name_hant, *agency.aliases)


def _trade_words(concepts: Iterable[ConceptView]) -> Iterator[str]:
    for concept in concepts:
        yield from (concept.term, *concept.says)
