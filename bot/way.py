"""The way to somebody who can help: public numbers and what is on record of agencies, as values."""

from dataclasses import dataclass

from kb.documents.directory import HotlineView
from kb.documents.knowledge import AgencyView


@dataclass(frozen=True)
class Way:
    """``hotlines`` to call; ``agencies`` named, with what is on record of each, often nothing.

    ``unknown``: public numbers given that are not on record. ``help``: whether a few words on asking here
    go with it.
    """

    hotlines: tuple[HotlineView, ...] = ()
    agencies: tuple[AgencyView, ...] = ()
    unknown: tuple[str, ...] = ()
    help: bool = True
