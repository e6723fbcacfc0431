"""How an asker wants a message taken, beside what it says."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Wish:
    """``literal`` takes the message as it stands: nothing is corrected, nothing taken from the turn before.

    ``as_of`` answers from what was, or will be, in force on that day, and the answer says so.
    """

    literal: bool = False
    as_of: date | None = None


AS_USUAL = Wish()
