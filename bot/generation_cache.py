"""What is made from one generation of an index, and made once, however many askers come for it at once."""

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class GenerationCache(Generic[T]):
    """Holds what belongs to the newest generation seen. For threads to share.

    Made under a lock: when a crowd finds nothing made yet, one thread makes it and the others wait for it,
    instead of all of them making it and each slowing the rest down.
    """

    def __init__(self) -> None:
        self._making = Lock()
        self._held: tuple[str, T] | None = None

    def get(self, generation: str, make: Callable[[], T]) -> T:
        """What ``make`` gave for ``generation``, or gives now."""
        held = self._held
        if held is None or held[0] != generation:
            with self._making:
                held = self._held
                if held is None or held[0] != generation:
                    held = self._held = (generation, make())
        return held[1]
