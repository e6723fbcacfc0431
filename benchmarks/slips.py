"""Questions with slips of the pen made by chance, as typing and reading make them: two characters of each."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from random import Random

from indexer.slips.alike_terms import shaped_like
from indexer.text.folding import folded_text
from indexer.text.sounds import merged, readings

_HAN = re.compile(r"[\u4e00-\u9fff]")
_TIMES = 2

Slip = Callable[[str, Random], str | None]


@dataclass(frozen=True)
class Slips:
    """Kinds of slips, each a function that makes two in a text or returns None where it cannot."""

    kinds: Mapping[str, Slip]

    @classmethod
    def among(cls, texts: Iterable[str]) -> "Slips":
        """With the characters of ``texts`` to slip to: people type characters that are in use."""
        chars = sorted({char for text in texts for char in folded_text(text) if _HAN.fullmatch(char)})
        same, confused = defaultdict(list), defaultdict(list)
        for char in chars:
            same[_said(char)].append(char)
            confused[merged(_said(char))].append(char)
        return cls(
            {
                "clean": lambda text, _: text,
                "same sound": partial(_slipped, lambda c: [o for o in same[_said(c)] if o != c]),
                "confused sound": partial(
                    _slipped, lambda c: [o for o in confused[merged(_said(c))] if _said(o) != _said(c)]
                ),
                "near shape": partial(_slipped, shaped_like),
            }
        )


def _said(char: str) -> str:
    return readings(char)[0]


def _slipped(others: Callable[[str], Sequence[str]], text: str, chance: Random) -> str | None:
    folded = folded_text(text)
    places = [at for at, char in enumerate(folded) if _HAN.fullmatch(char) and others(char)]
    if not places:
        return None
    for at in chance.sample(places, min(_TIMES, len(places))):
        folded = folded[:at] + chance.choice(others(folded[at])) + folded[at + 1 :]
    return folded
