"""Agencies: the bodies that documents name, and how to reach them."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kb.store.tables.base import Base


class AgencyContact(Base):
    """A way to reach an agency, where it was found and when it was last checked there."""

    __tablename__ = "agency_contacts"

    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    source: Mapped[str]
    checked: Mapped[date]


class Agency(Base):
    """A body with its official name in both scripts and every other name it goes by.

    A collective (各成员单位) lists its ``members`` by id. An agency that leaves the corpus is retired, not
    deleted: old editions and tickets still name it. ``jurisdiction`` is the id of the place it belongs to,
    home where there is none.
    """

    __tablename__ = "agencies"

    id: Mapped[str] = mapped_column(primary_key=True)
    name_hans: Mapped[str]
    name_hant: Mapped[str]
    aliases: Mapped[list[str]]
    collective: Mapped[bool]
    members: Mapped[list[str]]
    portal_url: Mapped[str | None]
    jurisdiction: Mapped[str | None]
    retired_at: Mapped[datetime | None]

    # Read along wherever agencies are, in one query for all of them.
    contacts: Mapped[list[AgencyContact]] = relationship(
        order_by=AgencyContact.position, lazy="selectin", viewonly=True
    )
