"""Going over to a new generation: prepared before anybody gets it, and nobody waits but whoever noticed."""

from threading import Event, Thread

import pytest

from bot.desk.prepared_index import PreparedIndex
from indexer.search.index import Index
from indexer.stored.fields import Entry
from tests.crowd import in_threads
from tests.indexes import index_of

OLD, NEW = (index_of(Entry(f"p/{name}", name, "", "渡口开放。", (), "p", "plan")) for name in ("old", "new"))


def nothing(_: Index) -> None:
    """Prepares nothing."""


def test_while_one_prepares_the_new_index_all_others_get_the_old_one() -> None:
    prepared, preparing, done = PreparedIndex(), Event(), Event()
    assert prepared.of(OLD, nothing) is OLD

    def slowly(_: Index) -> None:
        preparing.set()
        done.wait(10)

    noticing = Thread(target=lambda: prepared.of(NEW, slowly))
    noticing.start()
    preparing.wait(10)
    assert prepared.of(NEW, pytest.fail) is OLD
    done.set()
    noticing.join()
    assert prepared.of(NEW, pytest.fail) is NEW


def test_the_first_index_is_prepared_once_and_waited_for() -> None:
    prepared, made = PreparedIndex(), []
    assert in_threads(8, lambda _: prepared.of(OLD, made.append)) == [OLD] * 8
    assert made == [OLD]


def test_a_failure_is_the_noticing_ones_alone_and_the_next_tries_again() -> None:
    prepared = PreparedIndex()
    prepared.of(OLD, nothing)
    with pytest.raises(ZeroDivisionError):
        prepared.of(NEW, lambda _: 1 / 0)
    assert prepared.of(NEW, nothing) is NEW
