"""Known terms that a text may have been meant for: Chinese by sound or by shape, Latin by one slip.

Which characters look alike (末 and 未, 贷 and 货) stands in ``data/near_shapes.txt``.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from importlib.resources import files

from rapidfuzz.distance import OSA

from indexer.text.folding import folded_text
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


_SHORTEST = 3
# A word of three letters has too many neighbours for anything but two letters swapped: CEO is no AEO.
_OTHER_SLIPS_FROM = 5


def one_slip_away(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """The ``known`` words that ``word`` may be meant for, sorted; both in lower case.

    Two letters swapped in words of three letters or more; in words of five or more also one letter too many,
    missing or wrong.
    """
    if len(word) < _SHORTEST:
        return ()
    return tuple(sorted(other for other in set(known) if _is_slip(word, other)))


def _is_slip(word: str, other: str) -> bool:
    if sorted(word) == sorted(other):
        return OSA.distance(word, other, score_cutoff=1) == 1
    longer = min(len(word), len(other)) >= _OTHER_SLIPS_FROM
    return longer and OSA.distance(word, other, score_cutoff=1) == 1


def shaped_like(char: str) -> tuple[str, ...]:
    """The folded characters that are often read for ``char``, sorted; never itself."""
    return _alike().get(char, ())


def parse_shapes(lines: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Each folded character to those it is taken for, from lines of a group each; ``#`` starts a comment.

    A ValueError names the line of a group with fewer than two different characters.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for number, line in enumerate(lines, 1):
        if group := frozenset(folded_text(line.partition("#")[0].strip())):
            if len(group) < 2:
                raise ValueError(f"line {number}: a group needs two characters")
            for char in group:
                found[char] |= group - {char}
    return {char: tuple(sorted(others)) for char, others in found.items()}


@cache
def _alike() -> Mapping[str, tuple[str, ...]]:
    text = files("indexer").joinpath("data/near_shapes.txt").read_text(encoding="utf-8")
    return parse_shapes(text.splitlines())
