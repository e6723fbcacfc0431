"""Rows written as they are, one statement a table.

For what is recorded with every answer. Passing through the session's unit of work, the same rows would cost
four times the processor time, and the database's write lock would be held as much longer.
"""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Table, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from kb.store.tables import Base

Row = Mapping[str, Any]


def table_of(model: type[Base]) -> Table:
    """The table behind a mapped class."""
    return cast("Table", model.__table__)


def insert_rows(session: Session, model: type[Base], rows: Sequence[Row]) -> None:
    """Write ``rows``, which all have the same columns, now."""
    if rows:
        session.execute(insert(table_of(model)), rows)


def insert_row(session: Session, model: type[Base], row: Row) -> int:
    """Write ``row`` now and return the ``id`` that the database gave it."""
    table = table_of(model)
    return int(session.execute(insert(table).returning(table.c.id), row).scalar_one())


_INSERTS: Mapping[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def insert_once(session: Session, model: type[Base], row: Row, *, on: str) -> bool:
    """Write ``row`` unless there is one with the same unique column ``on``; whether it was written."""
    table = table_of(model)
    once = _INSERTS[session.get_bind().dialect.name](table).values(row)
    written = session.execute(once.on_conflict_do_nothing(index_elements=[on]).returning(table.c[on]))
    return written.first() is not None
