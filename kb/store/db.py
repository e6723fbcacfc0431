"""Reaching the database: engines, sessions, the one lock, and whether the tables are of this version.

Transactions. A session's transaction begins with its first statement and ends when the front door commits
or rolls back. Reading never waits. The first statement that writes takes SQLite's single write lock
(``BEGIN IMMEDIATE``, waiting up to ten seconds for it), so that no number of processes and threads ever
sees "database is locked" for having read first. What was read before that point may have changed since,
just as under PostgreSQL's READ COMMITTED. Whoever writes what depends on what was read relies on a unique
constraint or a version column, or calls ``lock`` before reading.
"""

import json
from collections.abc import Mapping
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, func, inspect, select, text
from sqlalchemy.engine import URL, ExceptionContext, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import Session, sessionmaker

from kb.errors import DatabaseUnready
from kb.store.migrations import HEAD

# Engine, Session and sessionmaker are passed on so that the layers above can name what they are handed
# without knowing SQLAlchemy.
__all__ = [
    "CONNECTIONS",
    "Engine",
    "Session",
    "check_address",
    "is_current",
    "lock",
    "make_engine",
    "refuse_newer",
    "session_factory",
    "sessionmaker",
]

CONNECTIONS = 16
_POSTGRESQL = frozenset({"postgresql", "postgres", "postgresql+psycopg"})
_SECONDS_TO_WAIT = 10
# WAL: readers and the one writer do not block each other. NORMAL: a power cut may lose the last commits,
# never the file. The cache is a ceiling for each connection, and a worker holds one for each thread.
_PRAGMAS = {
    "busy_timeout": _SECONDS_TO_WAIT * 1000,
    "journal_mode": "WAL",
    "synchronous": "NORMAL",
    "foreign_keys": "ON",
    "cache_size": -8 * 1024,
    "temp_store": "MEMORY",
}
# What a SQLite file comes to by no fault of a statement: busy for too long, or not to be opened or written.
_UNREADY = ("SQLITE_BUSY", "SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_FULL")
_LOCKLESS = frozenset({"SELECT", "PRAGMA", "BEGIN", "COMMIT"})


def check_address(url: str) -> None:
    """Raise ``DatabaseUnready`` unless ``make_engine`` takes this address."""
    _address(url)


def make_engine(url: str, *, connections: int = CONNECTIONS) -> Engine:
    """An engine for a SQLite file or a PostgreSQL server; ``connections`` is the number of threads to serve.

    Takes ``sqlite:///path``, ``postgresql://…`` and ``postgres://…``. Raises ``DatabaseUnready`` for any
    other address, now; and for a file that cannot be opened or a server that is away, whenever it is used.
    """
    address = _address(url)
    options: dict[str, Any] = {"pool_size": connections, "pool_timeout": _SECONDS_TO_WAIT}
    if address.get_backend_name() == "sqlite":
        options["connect_args"] = {"isolation_level": None}
    else:
        options["connect_args"] = {"connect_timeout": _SECONDS_TO_WAIT, "application_name": "guanwen"}
        options["pool_pre_ping"] = True
    engine = create_engine(address, json_serializer=_json, **options)
    event.listen(engine, "handle_error", _report_unready)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "begin", _begin_reading)
        event.listen(engine, "before_cursor_execute", _lock_before_writing)
        _queue_writers(engine)
    return engine


def session_factory(engine: Engine, shared: Mapping[str, Any] | None = None) -> sessionmaker[Session]:
    """Makes sessions that read and write as this module's first paragraph says.

    Objects keep their values after a commit: a front door still shows what it has just stored. All sessions
    find in their ``info`` what is ``shared``.
    """
    return sessionmaker(engine, expire_on_commit=False, info=dict(shared or {}))


def lock(session: Session, name: str) -> None:
    """Wait until no other transaction holds the lock ``name``, then hold it until this one ends.

    SQLite has one lock for all names. Called before reading, it makes reading and writing one step.
    """
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        _take_write_lock(connection)
    else:
        session.execute(select(func.pg_advisory_xact_lock(func.hashtext(name))))


def is_current(engine: Engine) -> bool:
    """Whether the tables are those of this version of the code; ``DatabaseUnready`` if of a newer one."""
    return _step(engine) == HEAD


def refuse_newer(engine: Engine) -> None:
    """Raise ``DatabaseUnready`` if the tables are of a newer version of the code."""
    _step(engine)


def _step(engine: Engine) -> str | None:
    """The step of ``kb/store/migrations`` that the tables are at; steps are numbered in order."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        step: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    if step is not None and step > HEAD:
        raise DatabaseUnready("of a newer version of Guanwen; install that version, or restore a backup")
    return step


def _address(url: str) -> URL:
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):  # ValueError: a port that is no number
        raise DatabaseUnready("not a database address; expected sqlite:///… or postgresql://…") from None
    if address.drivername in _POSTGRESQL:
        return address.set(drivername="postgresql+psycopg")
    if address.drivername != "sqlite":
        raise DatabaseUnready(f"{address.drivername}: only sqlite:///… and postgresql://… are supported")
    if address.host or not address.database or address.database == ":memory:":
        raise DatabaseUnready(f"{address}: a SQLite address names a file, as in sqlite:///var/guanwen.db")
    return address


def _json(value: Any) -> str:
    """Chinese stays Chinese: escaped, it could not be found with the database's own JSON functions."""
    return json.dumps(value, ensure_ascii=False)


def _set_pragmas(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for name, value in _PRAGMAS.items():
        cursor.execute(f"PRAGMA {name}={value}")
    cursor.close()


def _begin_reading(connection: Connection) -> None:
    connection.info["writing"] = False
    connection.exec_driver_sql("BEGIN")


def _lock_before_writing(
    connection: Connection, _cursor: Any, statement: str, _parameters: Any, _context: Any, _many: bool
) -> None:
    if statement.split(None, 1)[0].upper() not in _LOCKLESS:
        _take_write_lock(connection)


def _queue_writers(engine: Engine) -> None:
    """Let the threads of this process wait for each other in a queue, not all at once for SQLite.

    SQLite has no queue: who waits looks again from time to time, and among many some never have the luck.
    Threads that look also take the processor from the one that writes and would be done soon.
    """
    gate = Lock()
    event.listen(engine, "connect", lambda _connection, record: record.info.update(gate=gate, inside=False))
    event.listen(engine, "commit", lambda connection: _leave_queue(connection.info))
    event.listen(engine, "rollback", lambda connection: _leave_queue(connection.info))
    event.listen(engine, "checkin", lambda _connection, record: _leave_queue(record.info))


def _leave_queue(info: Any) -> None:
    if info.get("inside"):
        info["inside"] = False
        info["gate"].release()


def _enter_queue(connection: Connection) -> None:
    if not connection.info["gate"].acquire(timeout=_SECONDS_TO_WAIT):
        raise DatabaseUnready("database is locked: too many want to write at once")
    connection.info["inside"] = True


def _take_write_lock(connection: Connection) -> None:
    """End the reading and begin the writing part of a transaction, unless it is writing already.

    SQLite refuses, without waiting, to let a transaction write that has read an older state.
    """
    if not connection.info["writing"]:
        connection.exec_driver_sql("COMMIT")
        _enter_queue(connection)
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        connection.info["writing"] = True


def _report_unready(context: ExceptionContext) -> None:
    """Make a database that cannot be reached, or a SQLite file that cannot be used, an error of ours."""
    if context.is_pre_ping or context.engine is None:
        return
    cause = context.original_exception
    unready = getattr(cause, "sqlite_errorname", "").startswith(_UNREADY)
    if unready or context.is_disconnect or context.connection is None:
        address = context.engine.url.render_as_string(hide_password=True)
        raise DatabaseUnready(f"{address}: {cause}") from cause
