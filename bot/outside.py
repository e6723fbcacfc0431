"""How like a question is to those that no document here answers."""

from dataclasses import dataclass

from indexer.fusion import propose
from indexer.index import Index
from indexer.semantics import Semantics
from kb.indexing import OUTSIDE, outside_matter

_KINDS = frozenset({OUTSIDE})


@dataclass(frozen=True)
class Outside:
    """The kind of outside questions that a question is most like.

    ``keep``: whether a person should see questions of that kind. ``words`` is their likeness by words, from 0
    to about 1, ``closeness`` that in meaning, None where nothing can say.
    """

    kind: str = ""
    keep: bool = True
    words: float = 0.0
    closeness: float | None = None


def nearest_outside(index: Index, semantics: Semantics | None, query: str) -> Outside:
    """The nearest kind; one without a name where no curated question is like ``query`` at all."""
    proposals = propose(index, semantics, query, 1, _KINDS)
    if not proposals:
        return Outside()
    kind, keep = outside_matter(proposals[0].hit.passage_id)
    return Outside(kind, keep, proposals[0].hit.best_variant_score, proposals[0].closeness)
