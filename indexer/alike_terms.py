"""Known terms that a piece of Chinese text may have been meant for, by sound or by shape."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto

from indexer.shapes import look_alike
from indexer.sounds import SoundTable, sound_alike

_OPEN = "\0"
_SHORTEST_BY_SHAPE = 3


class Likeness(Enum):
    """Why a text may stand for a term, the surest first."""

    SAME_SOUND = auto()
    CONFUSED_SOUND = auto()
    SHAPE = auto()


@dataclass(frozen=True)
class AlikeTerms:
    """Terms found by what resembles them."""

    by_sound: SoundTable
    by_gap: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, terms: Iterable[str]) -> "AlikeTerms":
        """Of these folded terms."""
        terms = tuple(terms)
        by_gap: dict[str, list[str]] = defaultdict(list)
        for term in terms:
            for gapped in _gapped(term):
                by_gap[gapped].append(term)
        return cls(SoundTable.of(terms), {gapped: tuple(found) for gapped, found in by_gap.items()})

    def like(self, text: str) -> Iterator[tuple[Likeness, tuple[str, ...]]]:
        """The terms like a folded ``text``, by each kind of likeness, the surest first; never itself."""
        sounding = self.by_sound.alike(text)
        same = tuple(term for term in sounding if sound_alike(term, text, exactly=True))
        yield Likeness.SAME_SOUND, same
        yield Likeness.CONFUSED_SOUND, tuple(term for term in sounding if term not in same)
        near = (term for gapped in _gapped(text) for term in self.by_gap.get(gapped, ()))
        yield Likeness.SHAPE, tuple(term for term in near if _differ_in_shape_only(term, text))


def _gapped(text: str) -> Iterator[str]:
    """``text`` with each of its characters in turn left open."""
    if len(text) >= _SHORTEST_BY_SHAPE:
        yield from (f"{text[:at]}{_OPEN}{text[at + 1 :]}" for at in range(len(text)))


def _differ_in_shape_only(term: str, text: str) -> bool:
    return term != text and all(a == b or look_alike(a, b) for a, b in zip(term, text, strict=True))
