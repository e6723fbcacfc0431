"""Windows are worked out for the few entries that they can bring among the first, and leave none out."""

import pytest

from benchmarks.law_corpus import synthetic_entries
from benchmarks.scale import law_like_questions
from indexer.search import closeness, field_scores, second_pass
from indexer.stored.fields import Entry
from tests.indexes import index_of


@pytest.fixture(scope="module")
def laws() -> list[Entry]:
    return synthetic_entries(1_500)


def test_what_is_out_of_reach_would_not_be_a_hit(laws: list[Entry], monkeypatch: pytest.MonkeyPatch) -> None:
    index = index_of(*laws)
    questions = law_like_questions(laws, 300)
    # Half of the terms are not asked for, and of those that are some are unknown to the body.
    long = ["".join(entry.body[:60] for entry in laws[at : at + 12]) for at in range(0, 60, 12)]
    for limit in (1, 10, 40):
        found = [index.search(question, limit) for question in questions + long]
        monkeypatch.setattr(second_pass, "_MORE", len(laws))
        assert found == [index.search(question, limit) for question in questions + long]
        monkeypatch.undo()


@pytest.mark.parametrize("exact_up_to", [0, 1 << 14])
def test_few_windows_are_worked_out(
    laws: list[Entry], monkeypatch: pytest.MonkeyPatch, exact_up_to: int
) -> None:
    monkeypatch.setattr(field_scores, "_EXACT_UP_TO", exact_up_to)
    counted = []

    def window_shares(segment, entries, wanted, weights):  # type: ignore[no-untyped-def]
        counted.append(len(entries))
        return closeness.window_shares(segment, entries, wanted, weights)

    monkeypatch.setattr(second_pass, "window_shares", window_shares)
    index = index_of(*laws)
    for question in law_like_questions(laws, 100):
        index.search(question)
    assert sum(counted) / 100 < 20
