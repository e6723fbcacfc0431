"""From a query to passages in force. The index proposes, the knowledge base disposes."""

from dataclasses import dataclass
from datetime import date

from bot.source_kinds import OUR_KINDS
from indexer.index import Hit, Index
from kb import knowledge
from kb.db import Session
from kb.knowledge import PassageView

DEPTH = 10


@dataclass(frozen=True)
class Candidate:
    """A passage in force that the index proposed, with the index's reasons."""

    passage: PassageView
    hit: Hit


@dataclass(frozen=True)
class Retrieved:
    """Candidates best first, and how many hits fell away because their passage is gone or changed."""

    candidates: tuple[Candidate, ...]
    dropped: int


def retrieve(session: Session, index: Index, query: str, on: date) -> Retrieved:
    """What the city itself says in force on ``on`` that ``query`` finds; laws are searched apart.

    A hit on another text of the passage is dropped.
    """
    hits = index.search(query, limit=DEPTH, kinds=OUR_KINDS)
    in_force = knowledge.passages(session, [hit.passage_id for hit in hits], on=on)
    kept = tuple(
        Candidate(in_force[hit.passage_id], hit)
        for hit in hits
        if hit.passage_id in in_force and in_force[hit.passage_id].sha256 == hit.sha256
    )
    return Retrieved(kept, len(hits) - len(kept))
