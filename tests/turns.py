"""Fixtures for whole turns: a loaded database that keeps none of them, and a desk that answers by words."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from bot.desk.shared import Desk
from kb.store.db import session_factory
from tests.databases import LOADED, SqliteDatabases, open_engine


@pytest.fixture(scope="module")
def turns_engine(sqlite_databases: SqliteDatabases) -> Iterator[Engine]:
    """One loaded database for all turns of a module."""
    with open_engine(sqlite_databases.copy(LOADED)) as opened:
        yield opened


@pytest.fixture
def turns_session(turns_engine: Engine) -> Iterator[Session]:
    """A session that is never committed."""
    with session_factory(turns_engine)() as opened:
        yield opened


@pytest.fixture(scope="module")
def words_desk(index_root: Path) -> Desk:
    """A desk over the whole corpus without a model of meaning."""
    return Desk.open(index_root, b"0" * 32)
