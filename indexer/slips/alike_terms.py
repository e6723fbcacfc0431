"""Known terms that a piece of Chinese text may have been meant for, by sound or by shape."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto

from indexer.slips.shapes import shaped_like
from indexer.text.sounds import SoundTable, sound_alike

_SHORTEST_BY_SHAPE = 3


class Likeness(Enum):
    """Why a text may stand for a term, the surest first."""

    SAME_SOUND = auto()
    CONFUSED_SOUND = auto()
    SHAPE = auto()


@dataclass(frozen=True)
class AlikeTerms:
    """Terms found by what resembles them."""

    terms: frozenset[str]
    by_sound: SoundTable

    @classmethod
    def of(cls, terms: Iterable[str]) -> "AlikeTerms":
        """Of these folded terms."""
        terms = tuple(terms)
        return cls(frozenset(terms), SoundTable.of(terms))

    def like(self, text: str) -> Iterator[tuple[Likeness, tuple[str, ...]]]:
        """The terms like a folded ``text``, by each kind of likeness, the surest first; never itself.

        By shape: with one character of a text of three or more read for another.
        """
        sounding = self.by_sound.alike(text)
        same = tuple(term for term in sounding if sound_alike(term, text, exactly=True))
        yield Likeness.SAME_SOUND, same
        yield Likeness.CONFUSED_SOUND, tuple(term for term in sounding if term not in same)
        yield Likeness.SHAPE, tuple(term for term in _misread(text) if term in self.terms)


def _misread(text: str) -> Iterator[str]:
    if len(text) >= _SHORTEST_BY_SHAPE:
        for at, char in enumerate(text):
            for other in shaped_like(char):
                yield f"{text[:at]}{other}{text[at + 1 :]}"
