"""The citation picker: clauses in force, whole or sentence by sentence, to be ticked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.desk.shared import Desk
from bot.find.retrieval import retrieve
from indexer.text.sentences import sentences
from kb.documents import knowledge
from kb.documents.knowledge import PassageView
from kb.replies.reply_citations import Span
from kb.store.db import Session
from web.console.casework.reply_form import key_of


@dataclass(frozen=True)
class Choice:
    """A span that may be cited: its key, its words, whether it is ticked."""

    key: str
    words: str
    ticked: bool


@dataclass(frozen=True)
class Clause:
    """A passage to choose from."""

    passage_id: str
    label: str
    heading: str
    document: str
    whole: Choice
    parts: tuple[Choice, ...]

    @property
    def opened(self) -> bool:
        """Whether one of its sentences is ticked."""
        return any(part.ticked for part in self.parts)


@dataclass(frozen=True)
class Picker:
    """What can be ticked: ``clauses`` found or near, and ``others`` that are cited already."""

    clauses: tuple[Clause, ...]
    others: tuple[Clause, ...] = ()


def near_passages(session: Session, keys: Sequence[str], cited: Sequence[str], on: date) -> Picker:
    """The passages named, and what is cited beside them."""
    return _picker(session, knowledge.passages(session, keys, on=on).values(), cited, on)


def search_passages(session: Session, desk: Desk, words: str, cited: Sequence[str], on: date) -> Picker:
    """What the desk finds for ``words``, and what is cited beside that."""
    found = retrieve(session, desk.reader.current(), desk.semantics, words, on).candidates
    return _picker(session, [one.passage for one in found], cited, on)


def _picker(session: Session, found: Iterable[PassageView], cited: Sequence[str], on: date) -> Picker:
    ticked = frozenset(cited)
    clauses = tuple(_clause(passage, ticked) for passage in found)
    shown = {clause.passage_id for clause in clauses}
    others = dict.fromkeys(key.rsplit(":", 2)[0] for key in cited)
    beside = knowledge.passages(session, [key for key in others if key not in shown], on=on)
    return Picker(clauses, tuple(_clause(passage, ticked) for passage in beside.values()))


def _clause(passage: PassageView, ticked: frozenset[str]) -> Clause:
    start, end = passage.body_start, passage.body_end
    whole = Span(passage.id, start, end)
    spans = [Span(passage.id, start + first, start + last) for first, last in sentences(passage.body)]
    return Clause(
        passage_id=passage.id,
        label=passage.label,
        heading=passage.heading or "",
        document=passage.document.title,
        whole=_choice(whole, passage, ticked),
        parts=tuple(_choice(span, passage, ticked) for span in spans) if len(spans) > 1 else (),
    )


def _choice(span: Span, passage: PassageView, ticked: frozenset[str]) -> Choice:
    words = passage.text[(span.start or 0) - passage.start : (span.end or 0) - passage.start]
    return Choice(key_of(span), words.strip(), key_of(span) in ticked)
