"""rank-bm25 as the judge of every build: what the arrays score must be what it scores."""

from collections.abc import Mapping, Sequence

import numpy as np

from indexer.build.snapshot import Snapshot
from indexer.errors import GenerationDamaged
from indexer.search.bm25 import Sampled, lucene_idf
from indexer.search.field_scores import FieldScores
from indexer.search.live_segment import Part
from indexer.search.question_terms import Asked
from indexer.stored.counts import FIELDS, Places
from indexer.stored.fields import Entry
from indexer.stored.keys import keys_of
from indexer.stored.segment import TEXT_FIELDS
from indexer.text.folding import folded_text
from indexer.text.segmentation import Segmenter, shared_segmenter
from indexer.text.terms import terms

_ENTRIES = 64
_OLD_ENTRIES = 8
_TERMS = 32
_TOLERANCE = 1e-5  # of scores in four bytes; one wrong count changes a score by more


def check(snapshot: Snapshot, kinds: Mapping[str, int]) -> None:
    """Fold, cut and score some of what was written last the slow way; GenerationDamaged if it differs.

    jieba cuts where rjieba may have, and rank-bm25 scores where arrays did. The whole would take minutes.
    ``kinds`` are those in which anything changed, with how many entries were cut, which stand last; the
    others were checked when they were cut, and only a few of them are looked at again.
    """
    segmenter = shared_segmenter(snapshot.frequencies)
    for kind, parts in snapshot.parts.items():
        if kind not in kinds:
            continue
        for field in TEXT_FIELDS:
            if not _agree(parts, field, segmenter, kinds[kind]):
                reason = f"{field} of kind {kind!r} does not score as rank-bm25 does"
                raise GenerationDamaged(snapshot.folder, reason)


def _agree(parts: Sequence[Part], field: str, segmenter: Segmenter, new: int) -> bool:
    alive = np.flatnonzero(parts[-1].alive)
    old = max(0, len(alive) - new)
    some = np.concatenate([_some(alive[:old], _OLD_ENTRIES), _some(alive[old:], _ENTRIES)])
    documents = [_terms(parts[-1].segment.entries[at], field, segmenter) for at in some.tolist()]
    asked = sorted({term for document in documents for term in document[:_TERMS]})
    asked = asked[:: max(1, len(asked) // _TERMS)]
    if not asked:
        return True
    known = Asked.of(parts, keys_of(asked))
    holding = np.sum(known.holding, axis=0)[:, FIELDS.index(field)].tolist()
    texts, length = sum(part.texts(field) for part in parts), sum(part.terms(field) for part in parts)
    idf = {term: lucene_idf(texts, number) for term, number in zip(asked, holding, strict=True)}
    expected = Sampled(documents, idf, length / texts).scores(asked) / sum(idf.values())
    scores = FieldScores(parts, [field]).scores(known, np.ones(len(asked)))
    if scores is None:
        return False
    return np.allclose(scores[-1].of(some)[0], expected, rtol=_TOLERANCE, atol=_TOLERANCE)


def _some(places: Places, count: int) -> Places:
    return places[:: max(1, len(places) // count)]


def _terms(entry: Entry, field: str, segmenter: Segmenter) -> list[str]:
    texts = entry.variants if field == "variants" else (getattr(entry, field),)
    return [term for text in texts for term in terms(folded_text(text), segmenter)]
