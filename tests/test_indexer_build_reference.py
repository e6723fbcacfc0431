"""rank-bm25 stays the reference: the engine finds what it finds, in the same order, with the same scores."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks.law_corpus import synthetic_entries
from benchmarks.scale import law_like_questions
from indexer.build.generation import open_generation
from indexer.build.snapshot import read_snapshot
from indexer.search import field_scores
from indexer.search.index import Index
from indexer.stored.fields import Entry
from indexer.text.segmentation import shared_segmenter
from tests.indexes import index_of
from tests.reference_index import ReferenceIndex

REPOSITORY = Path(__file__).resolve().parent.parent
OPEN_SET = REPOSITORY.parent / "shared/eval/questions_dev.jsonl"
PLAN = frozenset({"plan"})


def agreement(
    index: Index, reference: ReferenceIndex, questions: Sequence[str]
) -> tuple[float, float, float]:
    """The shares of equal first hits and of equal top tens, and the largest difference of any score."""
    first = shared = expected = 0
    largest = 0.0
    for question in questions:
        theirs = reference.search(question)
        ours = {hit.passage_id: hit.score for hit in index.search(question)}
        first += list(ours)[:1] == [passage_id for passage_id, _ in theirs[:1]]
        shared += sum(passage_id in ours for passage_id, _ in theirs)
        expected += len(theirs)
        largest = max([largest, *(abs(ours[each] - score) for each, score in theirs if each in ours)])
    return first / len(questions), shared / max(expected, 1), largest


@pytest.fixture(scope="module")
def laws() -> list[Entry]:
    return synthetic_entries(1_500)


@pytest.fixture(scope="module")
def reference(laws: list[Entry]) -> ReferenceIndex:
    return ReferenceIndex(laws, shared_segmenter(()))


def test_on_a_thousand_law_like_questions_every_hit_and_score_is_the_reference_s(
    laws: list[Entry], reference: ReferenceIndex
) -> None:
    found = agreement(index_of(*laws), reference, law_like_questions(laws, 1_000))
    assert found[:2] == (1.0, 1.0)
    assert found[2] < 1e-9


def test_with_scores_of_four_bytes_only_what_is_equal_to_seven_digits_changes_places(
    laws: list[Entry], reference: ReferenceIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(field_scores, "_EXACT_UP_TO", 0)
    first, shared, largest = agreement(index_of(*laws), reference, law_like_questions(laws, 1_000))
    assert first >= 0.99
    assert shared >= 0.97
    assert largest < 1e-6


def test_on_the_open_set_every_hit_and_score_among_the_plan_is_the_reference_s(index_root: Path) -> None:
    if not OPEN_SET.exists():
        pytest.skip(f"{OPEN_SET} is not here")
    index = open_generation(index_root)
    snapshot = read_snapshot(index_root / index.name)
    plan = ReferenceIndex(list(index.entries_of(PLAN)), shared_segmenter(snapshot.frequencies))
    rows = [json.loads(line) for line in OPEN_SET.read_text(encoding="utf-8").splitlines()]
    for question in (turn for row in rows for turn in row["turns"]):
        ours = [(hit.passage_id, hit.score) for hit in index.search(question, kinds=PLAN)]
        theirs = plan.search(question)
        assert [passage_id for passage_id, _ in ours] == [passage_id for passage_id, _ in theirs]
        assert [score for _, score in ours] == pytest.approx([score for _, score in theirs], abs=1e-9)


@pytest.mark.parametrize("common", ["的", "规定"])
def test_what_is_put_off_is_added_in_the_end(
    laws: list[Entry], reference: ReferenceIndex, monkeypatch: pytest.MonkeyPatch, common: str
) -> None:
    """A question of common words alone leaves no text out, and one with a rare word nearly all."""
    monkeypatch.setattr(field_scores, "_EXACT_UP_TO", 0)
    index = index_of(*laws)
    for question in (common, f"{common}应当人民政府", f"{common}{laws[7].body[:9]}"):
        ours = index.search(question)
        assert [hit.score for hit in ours] == pytest.approx(
            [score for _, score in reference.search(question)], abs=1e-6
        )
