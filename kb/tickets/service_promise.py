"""What is promised of a kept question: by when it is accepted, taken in hand and answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kb.working_time import OFFICE_HOURS, WorkingHours


@dataclass(frozen=True)
class Promise:
    """Working days after the day of receipt, each to the end of the last period, and the office hours.

    ``extension_days`` is what the one extension adds. What was promised is written into the ticket's first
    event, so that another setting later does not change it.
    """

    working_days: int = 3
    hours: WorkingHours = OFFICE_HOURS
    accept_days: int = 1
    respond_days: int = 2
    extension_days: int = 3

    def as_detail(self) -> dict[str, int]:
        """What the first event keeps of it."""
        return {
            "accept": self.accept_days,
            "respond": self.respond_days,
            "answer": self.working_days,
            "extension": self.extension_days,
        }

    @classmethod
    def of_detail(cls, detail: Mapping[str, Any], hours: WorkingHours = OFFICE_HOURS) -> "Promise":
        """What the first event of a ticket says; the defaults where it says nothing."""
        given = detail.get("promise", {})
        default = cls()
        return cls(
            working_days=given.get("answer", default.working_days),
            hours=hours,
            accept_days=given.get("accept", default.accept_days),
            respond_days=given.get("respond", default.respond_days),
            extension_days=given.get("extension", default.extension_days),
        )
