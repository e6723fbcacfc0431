"""How like a question is to those that no document here answers."""

from dataclasses import dataclass

from indexer.meaning.fusion import propose
from indexer.meaning.semantics import Semantics
from indexer.search.index import Index
from kb.documents.indexing import OUTSIDE, outside_matter

_KINDS = frozenset({OUTSIDE})
_EVERY_KIND = 50
_COSINES = 10.0  # similarities of one encoder differ by hundredths; features are of the order of 1


@dataclass(frozen=True)
class Outside:
    """The kinds of outside questions that a question is most like.

    ``kind`` names the nearest. ``words`` is its likeness by words, from 0 to about 1, and ``closeness`` that
    in meaning, None where nothing can say. ``similarity``: that of the nearest outside questions of all, as a
    cosine. ``kept`` and ``dropped``: the scores of the nearest kind that a person should see and of the
    nearest that is no business of this desk.
    """

    kind: str = ""
    words: float = 0.0
    closeness: float | None = None
    similarity: float | None = None
    kept: float = 0.0
    dropped: float = 0.0


def nearest_outside(index: Index, semantics: Semantics | None, query: str) -> Outside:
    """The nearest kinds; one without a name where no curated question is like ``query`` at all."""
    proposals = propose(index, semantics, query, _EVERY_KIND, _KINDS)
    if not proposals:
        return Outside()
    nearest, fates = proposals[0], {True: 0.0, False: 0.0}
    for one in reversed(proposals):
        fates[outside_matter(one.hit.passage_id)[1]] = one.score
    return Outside(
        kind=outside_matter(nearest.hit.passage_id)[0],
        words=nearest.hit.best_variant_score,
        closeness=nearest.closeness,
        similarity=semantics.nearest_variants(index, query, _KINDS) if semantics else None,
        kept=fates[True],
        dropped=fates[False],
    )


def lead_over(
    outside: Outside, index: Index, semantics: Semantics | None, query: str, kinds: frozenset[str]
) -> float:
    """How much nearer in meaning ``outside`` is than the questions that passages of ``kinds`` answer.

    About -1 to 1; 0 where nothing can say.
    """
    inside = semantics.nearest_variants(index, query, kinds) if semantics else None
    if inside is None or outside.similarity is None:
        return 0.0
    return (outside.similarity - inside) * _COSINES
