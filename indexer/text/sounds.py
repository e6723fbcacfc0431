"""How Chinese text sounds: toneless pinyin, with sounds merged that people take for one another.

The readings are pypinyin's own table, read as data: importing the package would load its phrases too, which
costs 0.13 s and 55 MB where the table alone costs 0.02 s.
"""

import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from itertools import islice, product
from pathlib import Path

# The commonest readings of a character come first; later ones are of names and of old books.
_READINGS = 2
# A term whose characters have many readings is known by so many of its sounds.
_SOUNDINGS = 32
# What typing and speaking mix up: retroflex and flat, n and l, front and back nasals, and, where Southern Min
# is spoken, f and hu (飞机 said as 灰机).
_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"))
_NASALS = (("ang", "an"), ("eng", "en"), ("ing", "in"))
_BREATHS = {"hu": "fu", "hua": "fa", "huan": "fan", "huang": "fan", "hui": "fei", "hun": "fen", "hong": "fen"}


@lru_cache(maxsize=8192)
def readings(char: str) -> tuple[str, ...]:
    """The commonest toneless readings of a folded character, likeliest first; of others, itself."""
    written = _table().get(char, "")
    plain = dict.fromkeys(map(_toneless, written.split(","))) if written else {char: None}
    return tuple(plain)[:_READINGS]


@cache
def merged(reading: str) -> str:
    """``reading`` with the sounds that are often confused made one: ``merged("zheng") == "zen"``."""
    if reading in _BREATHS:
        return _BREATHS[reading]
    for long, short in _INITIALS:
        if reading.startswith(long) and len(reading) > len(long):
            reading = short + reading[len(long) :]
            break
    for back, front in _NASALS:
        if reading.endswith(back):
            return reading[: -len(back)] + front
    return reading


def sound_alike(one: str, other: str, *, exactly: bool = False) -> bool:
    """Whether two folded texts of one length sound the same; ``exactly``: without merging."""
    return len(one) == len(other) and all(
        _sounds(a, exactly) & _sounds(b, exactly) for a, b in zip(one, other, strict=True)
    )


@dataclass(frozen=True)
class SoundTable:
    """Folded terms, found by how they sound."""

    terms: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, terms: Iterable[str]) -> "SoundTable":
        """The table of these terms."""
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for term in terms:
            for sounding in _soundings(term):
                found[sounding][term] = None
        return cls({sounding: tuple(alike) for sounding, alike in found.items()})

    def alike(self, text: str) -> tuple[str, ...]:
        """The terms other than ``text`` that sound like it, in the order they were given."""
        alike = (term for sounding in _soundings(text) for term in self.terms.get(sounding, ()))
        return tuple(term for term in dict.fromkeys(alike) if term != text)


def _soundings(text: str) -> Iterator[str]:
    choices = product(*(dict.fromkeys(map(merged, readings(char))) for char in text))
    return (" ".join(choice) for choice in islice(choices, _SOUNDINGS))


@lru_cache(maxsize=8192)
def _sounds(char: str, exactly: bool) -> frozenset[str]:
    return frozenset(readings(char) if exactly else map(merged, readings(char)))


def _toneless(reading: str) -> str:
    letters = unicodedata.normalize("NFD", reading).replace("u\N{COMBINING DIAERESIS}", "v")
    return "".join(letter for letter in letters if letter.isascii())


@cache
def _table() -> Mapping[str, str]:
    """Character to its readings with tones, the commonest first, parted by commas."""
    spec = find_spec("pypinyin")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("pypinyin")
    path = Path(spec.submodule_search_locations[0], "pinyin_dict.json")
    stored = json.loads(path.read_text(encoding="utf-8"))
    return {chr(int(code)): sounds for code, sounds in stored.items() if 0x4E00 <= int(code) < 0xA000}
