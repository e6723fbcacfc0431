"""What a conversation is about, kept between turns so that 那归谁管 has something to point at."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True)
class Topic:
    """The last question's subject.

    ``question``: its words; ``passages``: what was cited, best first; ``rest``: what was found and not yet
    shown; ``agencies``: the ids of those whose duties were listed; ``chosen``: whether the last turn asked
    the asker to choose, so that no second choice follows; ``listed``: whether the passages were set out as a
    list, which 其中 and 第二条 then mean; ``shown``: that list, while one of its passages is talked about.
    """

    question: str = ""
    passages: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    chosen: bool = False
    listed: bool = False
    shown: tuple[str, ...] = ()

    @property
    def list_shown(self) -> tuple[str, ...]:
        """The list that 其中 and 第二条 mean; empty where none was set out."""
        return self.passages if self.listed else self.shown

    def __bool__(self) -> bool:
        return bool(self.passages or self.agencies)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any] | None) -> "Topic":
        """The topic as stored with the conversation; an empty one when there is none."""
        if not data:
            return cls()
        return cls(
            data["question"],
            tuple(data["passages"]),
            tuple(data["rest"]),
            tuple(data.get("agencies", ())),
            bool(data["chosen"]),
            bool(data.get("listed")),
            tuple(data.get("shown", ())),
        )

    def as_dict(self) -> dict[str, Any]:
        """What is stored with the conversation."""
        return {
            "question": self.question,
            "passages": list(self.passages),
            "rest": list(self.rest),
            "agencies": list(self.agencies),
            "chosen": self.chosen,
            "listed": self.listed,
            "shown": list(self.shown),
        }

    def settled(self) -> "Topic":
        """The same topic once a choice has been asked for and the next turn goes on without one."""
        return replace(self, chosen=False)
