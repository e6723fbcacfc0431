"""Searching for a turn: in what its desk has open, as of its day."""

from bot.retrieval import Candidate, retrieve
from bot.turn import Turn


def search(turn: Turn, query: str) -> tuple[Candidate, ...]:
    """Passages in force for ``query``, best first. Hits that fell away are counted at the desk."""
    retrieved = retrieve(turn.session, turn.index, turn.desk.semantics, query, turn.today)
    turn.desk.dropped += retrieved.dropped
    return retrieved.candidates
