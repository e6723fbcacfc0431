"""Passages that were read before, kept by what they were read from.

Reading ten passages takes 5 ms; asking which ten hold at this moment, half a millisecond. So the database
is asked every time what is in force, and the words come from here.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sqlalchemy.orm import Session

from kb.documents.passages import PassageView

ROOM = 30_000
_SHELF = "shelf"
"""Under this name a session's ``info`` holds the shelf that it shares; one without gets its own."""


class Place(NamedTuple):
    """What a view depends on: the passage, all of its edition, and whatever else the last ingest left.

    Both digests are of contents, so that nothing has to be cleared after a change or a rollback.
    """

    passage_id: str
    edition_digest: str
    revision_digest: str | None


class Shelf:
    """A bounded store of views. Views never change, so threads share one without waiting for each other."""

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._views: dict[Place, PassageView] = {}

    def find(self, places: Iterable[Place]) -> dict[Place, PassageView]:
        """The views that are here, by place and in the order of ``places``."""
        views = self._views
        return {place: view for place in places if (view := views.get(place))}

    def keep(self, views: Mapping[Place, PassageView]) -> None:
        """Add ``views``. A full shelf is emptied first, which costs its readers one slow reading."""
        if len(self._views) + len(views) > self._room:
            self._views = {}
        self._views.update(views)


def shared_shelf(room: int = ROOM) -> dict[str, Shelf]:
    """For ``session_factory`` to hand to all its sessions, so that what one has read serves the others."""
    return {_SHELF: Shelf(room)}


def shelf_of(session: Session) -> Shelf:
    """The shelf that ``session`` was given, else one of its own."""
    shelf: Shelf = session.info.setdefault(_SHELF, Shelf())
    return shelf
