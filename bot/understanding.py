"""How a message was understood where that is not what it says: shown to the asker, and undone in one tap."""

from dataclasses import asdict, dataclass
from typing import Literal

Because = Literal["spelling", "follow_up"]


@dataclass(frozen=True)
class Understanding:
    """``question`` is what was answered, ``because`` why; ``undo`` is the message as sent, to ask instead."""

    question: str
    because: Because
    undo: str

    def as_dict(self) -> dict[str, str]:
        """The object ``understood`` of the contract."""
        return asdict(self)
