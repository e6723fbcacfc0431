"""Searching for a turn: in what its desk has open, as of its day."""

from bot.find.retrieval import Candidate, retrieve
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
