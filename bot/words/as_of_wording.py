"""Saying that an answer is of another day, and what has become since of what it quotes."""

from collections.abc import Iterator, Sequence

from bot.finding import Evidence, Finding
from bot.turn import Turn
from bot.words.wording import say
from kb.documents import knowledge
from kb.documents.knowledge import DocumentView


def as_of_text(turn: Turn, finding: Finding) -> str:
    """The day that the answer is of; for each document quoted that holds no longer, or not yet, that it does.

    Of use for a turn that asks for a day.
    """
    about = {"day": turn.today.isoformat()}
    quoted = _documents((*finding.evidence, *finding.related))
    words = "as_of" if quoted else "as_of_nothing"
    lines = [say(words, turn.script, turn.locale, **about)]
    lines += [line for document in quoted for line in _since(turn, document)]
    return "\n".join(lines)


def _documents(evidence: Sequence[Evidence]) -> list[DocumentView]:
    found = {
        (one.passage.document.id, one.passage.document.version): one.passage.document for one in evidence
    }
    return list(found.values())


def _since(turn: Turn, document: DocumentView) -> Iterator[str]:
    """What became of an edition that held on the day asked for."""
    if document.status_on(turn.today) != "in_force":
        return  # the notes of the answer say so
    status = document.status_on(turn.present_day)
    ended = document.ended_on or document.expires_on
    about = {"title": document.title, "since": document.starts_on.isoformat()}
    if status == "not_yet_in_force":
        yield say("as_of_to_come", turn.script, turn.locale, **about)
    elif status == "repealed" and document.ended_by:
        by = knowledge.document(turn.session, document.ended_by, on=turn.present_day)
        yield say(
            "as_of_repealed",
            turn.script,
            turn.locale,
            **about,
            until=ended.isoformat() if ended else "",
            by=by.title,
        )
    elif status != "in_force":
        yield say("as_of_past", turn.script, turn.locale, **about, until=ended.isoformat() if ended else "")
