"""OpenCC's own tables, read as data: which characters stand for one another in the two scripts."""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

TO_TRADITIONAL = "STCharacters.txt"
TO_SIMPLIFIED = "TSCharacters.txt"
_CHARACTERS = (TO_TRADITIONAL, TO_SIMPLIFIED, "TWVariants.txt", "HKVariants.txt")
_PHRASES = ("STPhrases.txt", "TSPhrases.txt")
# A few phrases join two characters that are both common (上鍊 is 上链, so 炼 and 链 are one class). These
# are the ones that trade texts use, where counting OpenCC's phrases would choose the other.
_PREFERRED = frozenset("链座待捆")


def conversions(table: str) -> dict[str, list[str]]:
    """What each entry of an OpenCC table may become, likeliest first, all in NFKC."""
    rows = (line.partition("\t") for line in _text(table).splitlines())
    return {source: targets.split(" ") for source, _, targets in rows}


@cache
def representatives() -> dict[int, str]:
    """For ``str.translate``: every convertible character to the one that stands for its class.

    A class is the closure over all that OpenCC may turn a character into, alone or inside a phrase. So a
    conversion in either direction never leaves the class, and two texts that differ only in script translate
    to one string, whichever reading (發 or 髮 for 发) the converter chose.
    """
    parents: dict[str, str] = {}
    for table in _CHARACTERS:
        _join(parents, ((source, to) for source, targets in conversions(table).items() for to in targets))
    for table in _PHRASES:
        _join(parents, _differing_characters(_text(table).translate(_by_code_point(parents))))
    return _by_code_point(_naturals(parents))


def _text(table: str) -> str:
    text = files("opencc").joinpath("dictionary", table).read_text(encoding="utf-8")
    return unicodedata.normalize("NFKC", text)


def _join(parents: dict[str, str], pairs: Iterable[tuple[str, str]]) -> None:
    """Union of the classes of both characters of each pair; afterwards every parent is its class's root."""
    for one, other in pairs:
        parents[_root(parents, one)] = _root(parents, other)
    for char in parents:
        parents[char] = _root(parents, char)


def _root(parents: dict[str, str], char: str) -> str:
    while (parent := parents.setdefault(char, char)) != char:
        char = parent
    return char


def _differing_characters(phrases: str) -> Iterator[tuple[str, str]]:
    """Aligned characters of the phrases that single characters alone do not explain: a few dozen."""
    for line in phrases.splitlines():
        source, _, targets = line.partition("\t")
        for target in targets.split(" "):
            if source != target and len(source) == len(target):
                yield from zip(source, target, strict=True)


def _naturals(parents: dict[str, str]) -> dict[str, str]:
    """Each character to the member of its class that simplified text uses most."""
    simpler = conversions(TO_SIMPLIFIED)
    uses = Counter("".join(conversions("STPhrases.txt")))
    classes = defaultdict(list)
    for char, root in parents.items():
        classes[root].append(char)

    def naturalness(char: str) -> tuple[bool, bool, int, int]:
        return char in _PREFERRED, simpler.get(char, [char])[0] == char, uses[char], -ord(char)

    chosen = {root: max(members, key=naturalness) for root, members in classes.items()}
    return {char: chosen[root] for char, root in parents.items()}


def _by_code_point(replacements: dict[str, str]) -> dict[int, str]:
    return {ord(char): to for char, to in replacements.items() if char != to}
