"""Words and meaning together: what an index proposes for a question."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import nsmallest

from indexer.meaning.semantics import Semantics
from indexer.search.index import Hit, Index
from indexer.slips.expansions import Expansion

# Added up as they are. Tried against it on one author's questions asked of the others' (the table that
# benchmarks/fusion.py prints): reciprocal ranks, each question's scores made alike first, meaning alone.
MEANING_WEIGHT = 0.4
_POOL = 50
_NO_WORDS: Mapping[str, float] = {"title": 0.0, "body": 0.0, "variants": 0.0, "window": 0.0}


@dataclass(frozen=True)
class Proposal:
    """A passage proposed for a question: what its words say, and how close it is in meaning where known."""

    hit: Hit
    closeness: float | None = None

    @property
    def score(self) -> float:
        """Words and meaning added up; it compares across questions of one kind, with meaning or without."""
        return self.hit.score + MEANING_WEIGHT * (self.closeness or 0.0)


def propose(
    index: Index,
    semantics: Semantics | None,
    query: str,
    limit: int,
    kinds: frozenset[str] | None = None,
    expansions: Iterable[Expansion] = (),
) -> list[Proposal]:
    """The ``limit`` best passages for ``query``, best first, of ``kinds`` if given.

    By words alone where there is no meaning. Else the best of either side are looked at from both, so that a
    passage which shares no word may win. ``expansions`` are searched for besides, each with its weight.
    """
    by_words = index.search(query, limit=max(limit, _POOL), kinds=kinds)
    for expansion in expansions:
        by_words = _expanded(index, by_words, expansion, kinds)
    closeness = semantics.closeness(index, query, kinds) if semantics else None
    if closeness is None:
        return [Proposal(hit) for hit in by_words[:limit]]
    hits = {hit.passage_id: hit for hit in by_words}
    near = [passage_id for passage_id in closeness.nearest(_POOL) if passage_id not in hits]
    scored = [(hit.score + MEANING_WEIGHT * closeness[key], key) for key, hit in hits.items()]
    scored += [(MEANING_WEIGHT * closeness[key], key) for key in near]
    best = nsmallest(limit, scored, key=lambda one: (-one[0], one[1]))
    return [Proposal(hits.get(key) or _without_words(index, key), closeness[key]) for _, key in best]


def _expanded(index: Index, hits: list[Hit], expansion: Expansion, kinds: frozenset[str] | None) -> list[Hit]:
    """``hits`` with what the terms of ``expansion`` score added, best first."""
    found = {hit.passage_id: hit for hit in hits}
    for more in index.search(" ".join(expansion.terms), limit=_POOL, kinds=kinds):
        hit = found.get(more.passage_id) or _without_words(index, more.passage_id)
        found[more.passage_id] = hit._replace(score=hit.score + expansion.weight * more.score)
    return sorted(found.values(), key=lambda hit: (-hit.score, hit.passage_id))


def _without_words(index: Index, passage_id: str) -> Hit:
    return Hit(passage_id, index.entry(passage_id).sha256, 0.0, dict(_NO_WORDS), None, 0.0)
