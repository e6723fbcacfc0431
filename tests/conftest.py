"""Fixtures: a database of one's own, empty or holding the repository's corpus, on SQLite and PostgreSQL."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import settings
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from kb.corpus.folder import Corpus, load_corpus
from kb.documents.indexing import rebuild_index
from kb.documents.ingest import ingest
from kb.store import schema
from kb.store.db import session_factory
from tests.databases import (
    EMPTY,
    LOADED,
    NOW,
    Databases,
    PostgresqlDatabases,
    SqliteDatabases,
    open_engine,
    postgresql_server,
)

# How long an example takes says how busy the machine is, not whether the code is right.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")

pytest_plugins = ["tests.embedding_service", "tests.front_doors", "tests.index_changes", "tests.turns"]

Kind = TypeVar("Kind", bound=Databases)
CORPUS = Path(__file__).parent.parent / "corpus"


@pytest.fixture
def now() -> datetime:
    """The moment at which tests happen: a Monday morning in Xiamen, 2026-11-23."""
    return NOW


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    """The repository's corpus, laws and all."""
    loaded = load_corpus(CORPUS)
    assert not loaded.absent, "the data of laws is not installed: run `make laws`"
    return loaded


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def databases(request: pytest.FixtureRequest) -> Databases:
    """Both kinds of database in turn: what takes this fixture, or one built on it, runs on each."""
    return request.getfixturevalue(f"{request.param}_databases")


@pytest.fixture(scope="session")
def sqlite_databases(tmp_path_factory: pytest.TempPathFactory, corpus: Corpus) -> SqliteDatabases:
    """SQLite files."""
    return _prepared(SqliteDatabases(tmp_path_factory.mktemp("databases")), corpus)


@pytest.fixture(scope="session")
def postgresql_databases(testrun_uid: str, worker_id: str, corpus: Corpus) -> Iterator[PostgresqlDatabases]:
    """Databases on the one PostgreSQL server of this test run."""
    with postgresql_server(testrun_uid) as address:
        yield _prepared(PostgresqlDatabases(address, worker_id), corpus)


@pytest.fixture
def url(databases: Databases) -> str:
    """The address of an empty database with all tables."""
    return databases.copy(EMPTY)


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    """An empty database with all tables."""
    with open_engine(url) as opened:
        yield opened


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session on an empty database."""
    with session_factory(engine)() as opened:
        yield opened


@pytest.fixture
def loaded_url(databases: Databases) -> str:
    """The address of a database that holds the repository's corpus."""
    return databases.copy(LOADED)


@pytest.fixture
def loaded_engine(loaded_url: str) -> Iterator[Engine]:
    """A database that holds the repository's corpus."""
    with open_engine(loaded_url) as opened:
        yield opened


@pytest.fixture
def loaded_session(loaded_engine: Engine) -> Iterator[Session]:
    """A session on a database that holds the repository's corpus."""
    with session_factory(loaded_engine)() as opened:
        yield opened


@pytest.fixture
def sqlite_engine(sqlite_databases: SqliteDatabases) -> Iterator[Engine]:
    """An empty SQLite database, for what is only true of SQLite."""
    with open_engine(sqlite_databases.copy(EMPTY)) as opened:
        yield opened


@pytest.fixture(scope="session")
def index_root(sqlite_databases: SqliteDatabases, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of the repository's corpus, for reading only."""
    root = tmp_path_factory.mktemp("index")
    with open_engine(sqlite_databases.copy(LOADED)) as opened, session_factory(opened)() as session:
        rebuild_index(session, root, NOW)
    return root


def _prepared(databases: Kind, corpus: Corpus) -> Kind:
    def load(engine: Engine) -> None:
        schema.upgrade(engine)
        with session_factory(engine).begin() as session:
            ingest(session, corpus, NOW)

    databases.prepare(EMPTY, schema.upgrade)
    databases.prepare(LOADED, load)
    return databases
