"""Fixtures for tests of what an index does when some of its entries change."""

from collections.abc import Sequence

import pytest

from indexer.build import bulk_counting, writing
from indexer.stored.fields import Entry


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kind of forty entries counts as large, and keeps its segment until a quarter has been replaced."""
    monkeypatch.setattr(writing, "_LARGE", 40)
    monkeypatch.setattr(writing, "_MOST_REPLACED", 4)


@pytest.fixture
def cut(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of all entries that are cut from here on."""
    seen: list[str] = []
    original = bulk_counting.counted

    def counted(batch: Sequence[Entry], cutter: object) -> object:
        seen.extend(one.passage_id for one in batch)
        return original(batch, cutter)  # type: ignore[arg-type]

    monkeypatch.setattr(bulk_counting, "counted", counted)
    return seen
