"""The one normaliser: ingest, index, query and highlight all fold text here, and so always alike."""

import unicodedata
from dataclasses import dataclass
from functools import cache

from indexer.text.characters import representatives

FOLDING_VERSION = "1"
_VARIATION_SELECTORS = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))


@dataclass(frozen=True)
class Folded:
    """A folded text and its way back: ``offsets[i]`` is where folded character ``i`` stood in the source.

    ``offsets`` has one element more than ``text``; the last is the length of the source.
    """

    text: str
    offsets: tuple[int, ...]

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """The whole source characters that ``text[start:end]`` came from; an empty span stays empty."""
        if start >= end:
            return self.offsets[start], self.offsets[start]
        return self.offsets[start], self.offsets[end - 1] + 1


def fold(text: str) -> Folded:
    """``text`` without differences of width, case, script and invisible characters.

    Every character is folded by itself: NFKC, case folding, then the representative of its script class.
    White space stays one character each. So both scripts give one string, folding twice changes nothing,
    and ``fold("㎡ 廈門").text == "m2 厦门"``.
    """
    table = _table()
    pieces = [table[ord(char)] for char in text]
    offsets = [at for at, piece in enumerate(pieces) for _ in piece]
    return Folded("".join(pieces), (*offsets, len(text)))


def folded_text(text: str) -> str:
    """``fold(text).text`` without the way back: for long texts that are only matched."""
    return text.translate(_table())


@cache
def _table() -> "_FoldingTable":
    return _FoldingTable()


class _FoldingTable(dict[int, str]):
    """Code point to folded piece, worked out when a character is first met."""

    def __missing__(self, code_point: int) -> str:
        piece = self[code_point] = _stable(chr(code_point))
        return piece


def _stable(piece: str) -> str:
    """Fold again until nothing changes: a case-folded character may have a compatibility form of its own."""
    folded = "".join(map(_folded_once, piece))
    return piece if folded == piece else _stable(folded)


def _folded_once(char: str) -> str:
    if unicodedata.category(char) == "Cf" or char in _VARIATION_SELECTORS:
        return ""  # zero-width marks come along when text is pasted, and would cut words in two
    return unicodedata.normalize("NFKC", char).casefold().translate(representatives())
