"""Alembic's entry: runs the steps on the connection that ``kb.store.schema`` hands over."""

from typing import Any, Literal

from alembic import context

from kb.store.tables import Base
from kb.store.tables.base import UtcDateTime


def _render(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Steps name the database's types only, so that old steps do not import code that has moved on."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcDateTime) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    compare_type=True,
    render_item=_render,
    # SQLite cannot alter most of a table; batch mode copies it, and needs the constraints' names to do so.
    render_as_batch=True,
)

with context.begin_transaction():
    context.run_migrations()
