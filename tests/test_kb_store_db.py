"""Engines, sessions and locks: what two threads, a bad address or a missing server come to."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select, text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import Session

from kb.errors import DatabaseUnready
from kb.store.db import is_current, lock, make_engine, session_factory
from kb.store.schema import upgrade
from kb.store.tables.documents import Concept
from kb.store.tables.questions import Conversation
from tests.databases import NOW, open_engine


def test_addresses_of_other_databases_are_refused_by_name() -> None:
    with pytest.raises(DatabaseUnready, match="mysql"):
        make_engine("mysql://somewhere/guanwen")


def test_what_is_no_address_is_refused() -> None:
    with pytest.raises(DatabaseUnready, match="sqlite:///"):
        make_engine("guanwen.db")


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "sqlite:///"])
def test_a_sqlite_database_without_a_file_is_refused(url: str) -> None:
    with pytest.raises(DatabaseUnready, match="file"):
        make_engine(url)


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_every_spelling_of_postgresql_gets_the_installed_driver(scheme: str) -> None:
    with open_engine(f"{scheme}://user@nowhere/guanwen") as engine:
        assert engine.url.drivername == "postgresql+psycopg"


def test_a_server_that_is_away_is_reported_without_its_password(tmp_path: Path) -> None:
    url = f"postgresql://user:secret@/guanwen?host={tmp_path}"
    with open_engine(url) as engine, pytest.raises(DatabaseUnready) as caught:
        is_current(engine)
    assert str(tmp_path) in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_file_that_cannot_be_opened_is_reported(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'missing' / 'guanwen.db'}"
    with open_engine(url) as engine, pytest.raises(DatabaseUnready, match=r"guanwen\.db"):
        is_current(engine)


def test_a_new_database_is_not_current(tmp_path: Path) -> None:
    with open_engine(f"sqlite:///{tmp_path / 'new.db'}") as engine:
        assert not is_current(engine)


def test_a_migrated_database_is_current(engine: Engine) -> None:
    assert is_current(engine)


def test_a_database_of_a_newer_version_is_refused_with_what_to_do(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseUnready, match="newer version"):
        is_current(engine)
    with pytest.raises(DatabaseUnready, match="newer version"):
        upgrade(engine)


def test_a_port_that_is_no_number_is_no_address() -> None:
    with pytest.raises(DatabaseUnready, match="not a database address"):
        make_engine("postgresql://user@host:notaport/guanwen")


def test_a_file_that_may_only_be_read_is_reported_when_it_is_written(sqlite_engine: Engine) -> None:
    with session_factory(sqlite_engine)() as session:
        session.execute(text("PRAGMA query_only = ON"))
        session.add(_conversation("c", NOW))
        with pytest.raises(DatabaseUnready, match="readonly"):
            session.flush()


def test_times_come_back_in_utc_whatever_zone_they_were_given_in(session: Session) -> None:
    session.add(_conversation("c", NOW))
    session.commit()
    session.expire_all()
    stored = session.scalars(select(Conversation.started_at)).one()
    assert stored == NOW
    assert stored.utcoffset() == timedelta(0)


def test_a_time_without_a_zone_is_refused(session: Session) -> None:
    session.add(_conversation("c", NOW.replace(tzinfo=None)))
    with pytest.raises(StatementError, match="time zone"):
        session.flush()


def test_chinese_in_json_can_be_found_by_the_database(session: Session) -> None:
    session.add(Concept(id="bill", term="提单", says=["提货单"], area="shipping"))
    session.flush()
    as_stored = select(func.count()).select_from(Concept).where(text("CAST(says AS TEXT) LIKE '%提货单%'"))
    assert session.scalar(as_stored) == 1


def test_references_to_nothing_are_refused(session: Session) -> None:
    insert = "INSERT INTO feedback (message_id, rating, given_at, changed_at) VALUES ('x', 'up', :now, :now)"
    with pytest.raises(IntegrityError):
        session.execute(text(insert), {"now": NOW})


def test_readers_that_go_on_to_write_never_find_the_database_locked(engine: Engine) -> None:
    def read_then_write(number: int) -> None:
        with session_factory(engine).begin() as session:
            session.scalar(select(func.count()).select_from(Conversation))
            session.add(_conversation(f"c{number}", NOW))

    _at_once(read_then_write, range(160))
    with session_factory(engine)() as session:
        assert session.scalar(select(func.count()).select_from(Conversation)) == 160


def test_under_a_lock_reading_and_writing_are_one_step(engine: Engine) -> None:
    with session_factory(engine).begin() as session:
        session.add(_conversation("counter", NOW, {"count": 0}))

    def count_up(_number: int) -> None:
        with session_factory(engine).begin() as session:
            lock(session, "counter")
            counter = session.get_one(Conversation, "counter")
            assert counter.topic is not None
            counter.topic = {"count": counter.topic["count"] + 1}

    _at_once(count_up, range(80))
    with session_factory(engine)() as session:
        assert session.get_one(Conversation, "counter").topic == {"count": 80}


def test_a_reader_does_not_wait_for_a_writer(engine: Engine) -> None:
    with session_factory(engine)() as writer, session_factory(engine)() as reader:
        writer.add(_conversation("c", NOW))
        writer.flush()
        assert reader.scalar(select(func.count()).select_from(Conversation)) == 0


def test_a_rolled_back_session_leaves_nothing_and_no_lock(engine: Engine) -> None:
    with session_factory(engine)() as session:
        session.add(_conversation("c", NOW))
        session.flush()
        session.rollback()
        session.add(_conversation("c", NOW))
        session.commit()
        assert session.scalar(select(func.count()).select_from(Conversation)) == 1


def test_a_savepoint_undoes_only_what_came_after_it(session: Session) -> None:
    session.scalar(select(func.count()).select_from(Conversation))
    with pytest.raises(IntegrityError), session.begin_nested():
        session.add_all([_conversation("a", NOW), _conversation("a", NOW, {"twice": True})])
    session.add(_conversation("b", NOW))
    session.commit()
    assert session.scalars(select(Conversation.id)).all() == ["b"]


def test_a_write_lock_held_for_too_long_is_reported_as_unready(sqlite_engine: Engine) -> None:
    sessions = session_factory(sqlite_engine)
    with sessions() as holder, sessions() as impatient:
        lock(holder, "anything")
        impatient.execute(text("PRAGMA busy_timeout = 10"))
        with pytest.raises(DatabaseUnready, match="locked"):
            lock(impatient, "anything")


def _conversation(conversation_id: str, at: datetime, topic: dict[str, object] | None = None) -> Conversation:
    return Conversation(id=conversation_id, started_at=at, script="hans", locale=None, topic=topic)


def _at_once(work: Callable[[int], None], numbers: range) -> None:
    """Run ``work`` on sixteen threads that start together; what any of them raises is raised."""
    barrier = threading.Barrier(16)
    with ThreadPoolExecutor(16, initializer=barrier.wait) as pool:
        list(pool.map(work, numbers))
