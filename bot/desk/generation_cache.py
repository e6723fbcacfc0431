"""What is made from one generation of an index, and made once, however many askers come for it at once."""

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class GenerationCache(Generic[T]):
    """Holds what belongs to the two generations seen last. For threads to share.

    Two, because while one thread makes it for the new generation the others answer from the one before.

    Made under a lock: when a crowd finds nothing made yet, one thread makes it and the others wait for it,
    instead of all of them making it and each slowing the rest down.
    """

    def __init__(self) -> None:
        self._making = Lock()
        self._held: dict[str, T] = {}

    def get(self, generation: str, make: Callable[[], T]) -> T:
        """What ``make`` gave for ``generation``, or gives now."""
        held = self._held
        if generation not in held:
            with self._making:
                held = self._held
                if generation not in held:
                    newest = dict(list(held.items())[-1:])
                    held = self._held = {**newest, generation: make()}
        return held[generation]
