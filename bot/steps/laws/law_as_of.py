"""The laws of another day: what an article that the index found read then.

The index holds what is in force now. An article of the edition of that day is found by the article that it
has become, and so by the words and the curated questions of today.
"""

from collections.abc import Collection, Iterator

from bot.answer import Reason, Status
from bot.finding import Finding, Form, Note
from bot.turn import Turn
from kb.comparison.article_pairs import pairs
from kb.documents import knowledge
from kb.documents.knowledge import DocumentView, PassageView


def read_then(turn: Turn, passage_ids: Collection[str]) -> dict[str, PassageView]:
    """What these articles of today read in the edition in force on the turn's day, by their ids of today.

    An article that was not in that edition has none, nor has one of a law that did not hold.
    """
    by_document: dict[str, list[str]] = {}
    for passage_id in passage_ids:
        document_id, _, section = passage_id.partition("/")
        by_document.setdefault(document_id, []).append(section)
    return {
        f"{document_id}/{section}": passage
        for document_id, sections in by_document.items()
        for section, passage in _then(turn, document_id, sections)
    }


def _then(turn: Turn, document_id: str, sections: list[str]) -> Iterator[tuple[str, PassageView]]:
    then = edition_then(turn, document_id)
    now = knowledge.document(turn.session, document_id, on=turn.present_day)
    if then is None or then.version == now.version:
        return
    before = knowledge.passages_of_edition(turn.session, document_id, then.version, on=turn.today)
    after = knowledge.passages_of_edition(turn.session, document_id, now.version, on=turn.today)
    found = pairs(_articles(before), _articles(after))
    yield from ((section, found[section]) for section in sections if section in found)


def _articles(passages: list[PassageView]) -> list[PassageView]:
    return [passage for passage in passages if passage.kind == "article"]


def edition_then(turn: Turn, document_id: str) -> DocumentView | None:
    """The edition of a law that is in force on the turn's day, if one is held."""
    shown = knowledge.document(turn.session, document_id, on=turn.today)
    return shown if shown.status == "in_force" else None


def tell_not_held_then(turn: Turn) -> Finding | None:
    """That no text of a law named, or of the plan counted in, is held for the day asked for; else None."""
    if turn.as_of is None:
        return None
    if turn.query.asks_of_structure and not turn.plans:
        plans = knowledge.documents(turn.session, kind="plan")
        told = tuple(note for plan in plans if (note := not_held_then(turn, plan.id)))
        return Finding(Status.UNANSWERED, Form.ARTICLES, Reason.NO_MATCH, notes=told) if told else None
    named = turn.desk.law_names(turn.session, turn.index).find(turn.query.text)
    laws = dict.fromkeys(law.document_id for law in named)
    notes = [note for law in laws if (note := not_held_then(turn, law))]
    if not notes or len(notes) < len(laws):
        return None
    return Finding(Status.UNANSWERED, Form.ARTICLES, Reason.NO_MATCH, notes=tuple(notes), keep=True)


def not_held_then(turn: Turn, document_id: str) -> Note | None:
    """The note that every edition held begins later than the turn's day; None where one had begun."""
    earliest = knowledge.editions(turn.session, document_id, on=turn.today)[-1]
    if turn.as_of is None or earliest.starts_on <= turn.today:
        return None
    return Note(
        "edition_not_held_then",
        {"day": turn.today.isoformat(), "title": earliest.title, "since": earliest.starts_on.isoformat()},
    )
