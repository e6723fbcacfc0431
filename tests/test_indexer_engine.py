from datetime import UTC, datetime
from pathlib import Path

import pytest

from indexer.engine import Engine, LocalEngine
from indexer.stored.fields import Entry

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def entry(number: int, body: str = "報關") -> Entry:
    return Entry(f"p/{number}", "", "", f"第{number}條 {body}", (), f"d{number % 2}", "law")


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    engine = LocalEngine(tmp_path)
    engine.build([entry(number) for number in range(4)], [], NOW)
    return engine


def found(engine: Engine, query: str) -> set[str]:
    return {hit.passage_id for hit in engine.current().search(query)}


def test_what_is_built_can_be_searched_and_counted(engine: Engine) -> None:
    assert found(engine, "报关") == {"p/0", "p/1", "p/2", "p/3"}
    statistics = engine.current().statistics()
    assert (statistics.passages, statistics.documents) == (4, 2)
    assert statistics.terms > 2
    assert engine.current().statistics(frozenset({"plan"})).passages == 0


def test_what_is_put_in_takes_the_place_of_the_same_passage(engine: Engine) -> None:
    engine.upsert([entry(1, "量子"), entry(9, "量子")], NOW)
    assert found(engine, "量子") == {"p/1", "p/9"}
    assert found(engine, "报关") == {"p/0", "p/2", "p/3"}


def test_what_is_taken_out_is_gone_and_what_is_not_there_does_not_matter(engine: Engine) -> None:
    engine.delete(["p/0", "p/77"], NOW)
    assert found(engine, "报关") == {"p/1", "p/2", "p/3"}
    assert engine.current().statistics().passages == 3


def test_a_state_once_taken_does_not_change(engine: Engine) -> None:
    state = engine.current()
    engine.delete(["p/0"], NOW)
    assert len(state.search("报关")) == 4
    assert len(engine.current().search("报关")) == 3
