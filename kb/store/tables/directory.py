"""Whom to turn to, which places there are, and by what subjects people want lists."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kb.store.tables.base import Base


class Hotline(Base):
    """A public number, what it takes, and the words by which people ask for that."""

    __tablename__ = "hotlines"

    number: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    name_hans: Mapped[str]
    name_hant: Mapped[str]
    takes_hans: Mapped[str]
    takes_hant: Mapped[str]
    takes_en: Mapped[str]
    says: Mapped[list[str]]
    general: Mapped[bool]
    agency_id: Mapped[str | None] = mapped_column(ForeignKey("agencies.id"))
    source: Mapped[str]
    checked: Mapped[date]


class Home(Base):
    """The place whose documents these are; there is one row at most."""

    __tablename__ = "home"

    id: Mapped[str] = mapped_column(primary_key=True)
    name_hans: Mapped[str]
    name_hant: Mapped[str]
    kind: Mapped[str]
    aliases: Mapped[list[str]]
    within: Mapped[list[str]]


class Place(Base):
    """A place that questions name; ``jurisdiction`` is its id, where it has one."""

    __tablename__ = "places"

    name_hans: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    name_hant: Mapped[str]
    kind: Mapped[str]
    jurisdiction: Mapped[str | None]
    home: Mapped[bool]
    passing: Mapped[bool]
    says: Mapped[list[str]]


class Subject(Base):
    """What people want set out in a list, and the sections of a document that were reviewed to be on it."""

    __tablename__ = "subjects"

    document_id: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    kind: Mapped[str]
    asked: Mapped[list[str]]
    covers: Mapped[list[str]]
    named: Mapped[list[str]]
    titled: Mapped[list[str]]
