"""Counters that threads and processes share: one statement counts, so no two get the same number."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from kb.store.bulk_insert import table_of
from kb.store.tables import Base

_INSERTS: Mapping[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def count_up(session: Session, counters: type[Base], **key: Any) -> int:
    """The next number, from 1, of the row of ``counters`` with this primary ``key``.

    The table has its key and a column ``count``. Whoever counts next under the key waits until this
    transaction ends; if it is rolled back its number is given again.
    """
    table = table_of(counters)
    insert = _INSERTS[session.get_bind().dialect.name](table).values(**key, count=1)
    counted = insert.on_conflict_do_update(
        index_elements=list(key), set_={"count": table.c.count + 1}
    ).returning(table.c.count)
    return int(session.execute(counted).scalar_one())
