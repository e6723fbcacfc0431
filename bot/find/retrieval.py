"""From a query to passages in force. The index proposes, the knowledge base disposes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from indexer.meaning.fusion import Proposal, propose
from indexer.meaning.semantics import Semantics
from indexer.search.index import Hit, Index
from indexer.slips.expansions import Expansion
from kb.documents import knowledge
from kb.documents.knowledge import PassageView
from kb.kinds import OUR_KINDS
from kb.store.db import Session

DEPTH = 10


@dataclass(frozen=True)
class Candidate:
    """A passage in force that the index proposed, with the index's reasons."""

    passage: PassageView
    proposal: Proposal

    @property
    def hit(self) -> Hit:
        """What the words of the question found of it."""
        return self.proposal.hit

    @property
    def closeness(self) -> float | None:
        """How close it lies to the question in meaning; None where nothing can say."""
        return self.proposal.closeness

    def told(self) -> dict[str, object]:
        """Its scores, part by part, and the curated question most like the one asked."""
        return {
            "score": self.score,
            **self.hit.fields,
            "words": self.hit.score,
            "closeness": self.closeness,
            "best_variant": self.hit.best_variant,
        }

    @property
    def score(self) -> float:
        """Words and meaning together."""
        return self.proposal.score


@dataclass(frozen=True)
class Retrieved:
    """Candidates best first, and how many hits fell away because their passage is gone or changed."""

    candidates: tuple[Candidate, ...]
    dropped: int


def retrieve(
    session: Session,
    index: Index,
    semantics: Semantics | None,
    query: str,
    on: date,
    kinds: frozenset[str] = OUR_KINDS,
    expansions: Iterable[Expansion] = (),
) -> Retrieved:
    """Passages of these ``kinds``, in force on ``on``, that ``query`` finds.

    ``expansions`` are searched for besides. A hit on another text of the passage than stands now is dropped.
    """
    proposals = propose(index, semantics, query, DEPTH, kinds, expansions)
    in_force = knowledge.passages(session, [one.hit.passage_id for one in proposals], on=on)
    kept = tuple(
        Candidate(in_force[one.hit.passage_id], one)
        for one in proposals
        if one.hit.passage_id in in_force and in_force[one.hit.passage_id].sha256 == one.hit.sha256
    )
    return Retrieved(kept, len(proposals) - len(kept))
