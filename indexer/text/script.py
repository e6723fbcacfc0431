"""Which script a text is written in, and its display in the other. Never used for matching: see folding."""

import re
from functools import cache, lru_cache
from typing import Literal

from opencc import OpenCC

from indexer.text.characters import TO_SIMPLIFIED, TO_TRADITIONAL, conversions
from indexer.text.traditional import overridden, overrides

Script = Literal["hans", "hant"]

_CONVERSIONS: dict[Script, str] = {"hans": "t2s", "hant": "s2tw"}
# OpenCC never looks across white space and punctuation, so the pieces between may be converted (and
# remembered) one by one: answers repeat the same clauses again and again.
_SEPARATORS = re.compile(r"([\s,，。、；：？！…“”‘’《》（）—]+)")


def detect_script(text: str) -> Script:
    """The script most telling characters of ``text`` belong to; "hans" when there are none or it is a tie.

    A character is telling when it is written in one script only: 们 and 們 are, 后 and 台 are not.
    """
    hans, hant = _telling_counts(text)
    return "hant" if hant > hans else "hans"


def is_neutral(text: str) -> bool:
    """Whether ``text`` holds no telling character, so that ``detect_script`` could only guess."""
    return not any(_telling_counts(text))


def to_script(text: str, script: Script) -> str:
    """``text`` for a reader of ``script``; what is already written in it throughout comes back unchanged."""
    hans, hant = _telling_counts(text)
    own, other = (hans, hant) if script == "hans" else (hant, hans)
    if own and not other:
        return text
    return "".join(_converted(piece, script) for piece in _SEPARATORS.split(text))


@lru_cache(maxsize=8192)
def _converted(piece: str, script: Script) -> str:
    if script == "hans":
        return _by_opencc(piece, script)
    reviewed = overrides()
    return "".join(reviewed.get(one) or _by_opencc(one, script) for one in overridden().split(piece))


def _by_opencc(piece: str, script: Script) -> str:
    converted: str = _converter(_CONVERSIONS[script]).convert(piece)
    return converted


@cache
def _converter(conversion: str) -> OpenCC:
    return OpenCC(conversion)


def _telling_counts(text: str) -> tuple[int, int]:
    hans, hant = _telling_characters()
    return sum(char in hans for char in text), sum(char in hant for char in text)


@cache
def _telling_characters() -> tuple[frozenset[str], frozenset[str]]:
    return _always_changed(TO_TRADITIONAL), _always_changed(TO_SIMPLIFIED)


def _always_changed(table: str) -> frozenset[str]:
    return frozenset(char for char, targets in conversions(table).items() if char not in targets)
