"""Rows that are written once, however many try: the database keeps the first and says so."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from kb.store.bulk_insert import Row, table_of
from kb.store.tables import Base

_INSERTS: Mapping[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def insert_once(session: Session, model: type[Base], row: Row, *, on: str) -> bool:
    """Write ``row`` unless there is one with the same unique column ``on``; whether it was written."""
    table = table_of(model)
    insert = _INSERTS[session.get_bind().dialect.name](table).values(row)
    written = session.execute(insert.on_conflict_do_nothing(index_elements=[on]).returning(table.c[on]))
    return written.first() is not None
