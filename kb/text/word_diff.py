"""Two wordings of one text laid over each other: what stayed, what went, what came."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

# Fewer characters in common between two changes are chance: 的 and 、 would make shreds of a sentence.
_MEANT = 3

Fate = Literal["kept", "gone", "new"]


@dataclass(frozen=True)
class Run:
    """Words that share one fate."""

    fate: Fate
    text: str


def word_diff(before: str, after: str) -> list[Run]:
    """The runs of both texts in the order to read them, what went before what came in its place.

    Runs that are not new, joined, are ``before``; those that are not gone are ``after``.

    >>> [(run.fate, run.text) for run in word_diff("处五百元以上罚款", "处二千元以上罚款")]
    [('kept', '处'), ('gone', '五百'), ('new', '二千'), ('kept', '元以上罚款')]
    """
    runs: list[Run] = []
    for old, new in _spans(before, after):
        if old == new:
            runs.append(Run("kept", old))
        else:
            runs += [run for run in (Run("gone", old), Run("new", new)) if run.text]
    return runs


def _spans(before: str, after: str) -> Iterator[tuple[str, str]]:
    """Pieces of both texts side by side, equal or not, no two unequal ones in a row."""
    old = new = 0
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    last = blocks[-1]
    for block in blocks:
        at_border = block.a == block.b == 0 or (
            block.a + block.size == last.a and block.b + block.size == last.b
        )
        if block.size and not (at_border or block.size >= _MEANT):
            continue
        if before[old : block.a] or after[new : block.b]:
            yield before[old : block.a], after[new : block.b]
        if block.size:
            yield before[block.a : block.a + block.size], after[block.b : block.b + block.size]
        old, new = block.a + block.size, block.b + block.size
