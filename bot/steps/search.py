"""Searching for a turn: in what its desk has open, as of its day."""

from bot.find.retrieval import Candidate, retrieve
from bot.question.wishes.days import without_day
from bot.turn import Turn


def search(turn: Turn, query: str) -> tuple[Candidate, ...]:
    """Passages in force for ``query`` or for what it sounds like, best first.

    Hits that fell away are counted at the desk.
    """
    expansions = turn.desk.speller(turn.index, turn.lexicon).sounds.expansions(query)
    if expansions:
        turn.trace.note("expansions", query=query, added=[one.told() for one in expansions])
    retrieved = retrieve(
        turn.session, turn.index, turn.desk.semantics, query, turn.today, expansions=expansions
    )
    turn.desk.dropped += retrieved.dropped
    return retrieved.candidates


def search_as_meant(turn: Turn) -> tuple[Candidate, ...]:
    """What is found for the question as written, or for its correction where that finds better.

    Sets ``query`` and ``corrections`` of the turn accordingly. A literal turn is never corrected.
    """
    turn.search_text, turn.corrections = without_day(turn.question, turn.query.day), ()
    written = search(turn, turn.search_text)
    if turn.literal:
        return written
    spelling = turn.desk.speller(turn.index, turn.lexicon).correct(turn.question, turn.script)
    if not spelling.corrections:
        return written
    turn.search_text = without_day(spelling.corrected, turn.query.day)
    meant = search(turn, turn.search_text)
    better = _best(meant) > _best(written)
    turn.trace.note(
        "corrections",
        found=[one.told() for one in spelling.corrections],
        query=turn.search_text,
        taken=better,
    )
    if better:
        turn.corrections = spelling.corrections
        return meant
    turn.search_text = without_day(turn.question, turn.query.day)
    return written


def _best(candidates: tuple[Candidate, ...]) -> float:
    return candidates[0].score if candidates else 0.0
