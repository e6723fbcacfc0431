"""Agencies: the bodies that documents name."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from kb.store.tables.base import Base


class Agency(Base):
    """A body with its official name in both scripts and every other name it goes by.

    A collective (各成员单位) lists its ``members`` by id. An agency that leaves the corpus is retired, not
    deleted: old editions and tickets still name it.
    """

    __tablename__ = "agencies"

    id: Mapped[str] = mapped_column(primary_key=True)
    name_hans: Mapped[str]
    name_hant: Mapped[str]
    aliases: Mapped[list[str]]
    collective: Mapped[bool]
    members: Mapped[list[str]]
    portal_url: Mapped[str | None]
    retired_at: Mapped[datetime | None]
