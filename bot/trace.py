"""What a question went through on its way to an answer, for whoever has to explain or to fit it."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Note:
    """One thing that was seen or decided, under a name, with its particulars in plain values."""

    name: str
    details: dict[str, Any]


@dataclass
class Trace:
    """Notes in the order they were made. ``wanted``: somebody will read them all, so that costly ones pay."""

    wanted: bool = False
    notes: list[Note] = field(default_factory=list)

    def note(self, name: str, **details: Any) -> None:
        """Add a note."""
        self.notes.append(Note(name, details))

    def last(self, name: str) -> dict[str, Any] | None:
        """The particulars of the latest note of that name."""
        return next((note.details for note in reversed(self.notes) if note.name == name), None)
