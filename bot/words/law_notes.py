"""What has to be said beside a quote from a law: that it is not in force, or that a newer law comes first."""

from collections.abc import Sequence

from bot.finding import Note
from bot.question.laws.law_editions import EditionAsked
from bot.turn import Turn
from kb.documents import knowledge
from kb.documents.knowledge import DocumentView, PassageView


def notes_of(turn: Turn, asked: EditionAsked, passages: Sequence[PassageView]) -> list[Note]:
    """The notes for quotes from one edition of one law."""
    return [*_of_edition(turn, asked), *precedence_notes(turn, passages)]


def precedence_notes(turn: Turn, passages: Sequence[PassageView]) -> list[Note]:
    """That a newer special law comes first, once for each law that does, where a passage falls under it."""
    notes = []
    for law_id, over in knowledge.precedence(turn.session):
        under = next((one for one in passages if falls_under(one, over)), None)
        if under is None:
            continue
        law = knowledge.document(turn.session, law_id, on=turn.today)
        if law.status == "in_force":
            notes.append(
                Note(
                    "newer_law_first",
                    {"newer": law.title, "since": law.starts_on.isoformat(), "older": under.document.title},
                )
            )
    return notes


def shared_name_notes(turn: Turn) -> list[Note]:
    """That a name in the question is short for several laws, once for each such name."""
    names = turn.desk.law_names(turn.session, turn.index).shared(turn.query.text)
    return [
        Note(
            "name_of_several",
            {
                "name": name,
                "titles": "、".join(
                    f"《{knowledge.document(turn.session, law, on=turn.today).title}》" for law in laws
                ),
            },
        )
        for name, laws in names.items()
    ]


def falls_under(passage: PassageView, over: str) -> bool:
    """Whether ``passage`` stands in ``over``: a document's id, or a part of it as "customs-law/c5"."""
    document, _, part = over.partition("/")
    if passage.document.id != document:
        return False
    return not part or passage.parent == part or (passage.parent or "").startswith(f"{part}.")


def _of_edition(turn: Turn, asked: EditionAsked) -> list[Note]:
    edition = asked.edition
    about = {"title": edition.title, "since": edition.starts_on.isoformat()}
    status = edition.status_on(turn.today)
    if not asked.found and status == "in_force":
        return [Note("edition_not_held", about)]
    instead = [] if asked.found else [Note("edition_held_instead", about)]
    return [*instead, *_of_status(turn, edition, status, about)]


def _of_status(turn: Turn, edition: DocumentView, status: str, about: dict[str, str]) -> list[Note]:
    if status == "not_yet_in_force":
        return [Note("edition_to_come", about)]
    if status == "repealed" and edition.ended_by and edition.ended_on:
        by = knowledge.document(turn.session, edition.ended_by, on=turn.today)
        return [Note("law_repealed", {**about, "until": edition.ended_on.isoformat(), "by": by.title})]
    if status != "in_force":
        ended = edition.ended_on or edition.expires_on
        return [Note("edition_past", {**about, "until": ended.isoformat() if ended else ""})]
    return []
