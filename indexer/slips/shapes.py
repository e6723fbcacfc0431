"""Characters that look alike (末 and 未, 贷 and 货), from ``data/near_shapes.txt``."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from indexer.text.folding import folded_text


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
