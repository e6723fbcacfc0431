"""What the head sees of a message: its character n-grams, what it mentions, and which words ask for it.

All are hashed into one space, so that nothing but the weights has to be kept.
"""

import re
from collections.abc import Iterator
from functools import cache
from zlib import crc32

from bot.question.patterns import data
from indexer.text.folding import fold

SPACE = 1 << 14
_LONGEST = 4
# How far from an asking word a pair of characters may stand to be asked for by it: before, and after.
_BEFORE, _AFTER = 8, 6
_MOST_CHARACTERS = 400
_CLAUSE = re.compile(r"[^\s,。?!;:、~…]+")
# A hash of the same characters begun with another of these is another feature.
_ANYWHERE, _IN_LAST, _ASKED, _MENTIONED = 0, 0x1A57, 0xA5CED, 0x3E4710

# A feature: its place in the hashed space, and where the characters it was read from start and end.
Feature = tuple[int, int, int]


def places(folded: str) -> list[int]:
    """The places in the hashed space of what stands in a folded message, each once, in order."""
    return sorted({place for place, _, _ in features(folded)})


def features(folded: str) -> Iterator[Feature]:
    """All that stands in a folded message; what is longer than a message may be is read from its end."""
    clauses = list(_CLAUSE.finditer(folded, max(0, len(folded) - _MOST_CHARACTERS)))
    for clause in clauses:
        yield from _grams(clause.group(), clause.start(), last=clause is clauses[-1])
        yield from _asked_for(clause.group(), clause.start())
        yield from _mentioned(clause.group(), clause.start())


def asking_words(folded: str) -> list[tuple[int, int]]:
    """Where words that ask stand in a folded message: starts and ends."""
    return [word.span() for word in _words("asking").finditer(folded)]


def mentioned_words(folded: str) -> list[tuple[int, int]]:
    """Where words for what is asked stand; not the single characters (家, 个), which as often are none."""
    return [word.span() for word in _words("mentions").finditer(folded) if len(word.group()) > 1]


def _grams(clause: str, offset: int, *, last: bool) -> Iterator[Feature]:
    """Runs of one to four characters, the edges of the clause among them; apart too for the last clause."""
    edged = f"\x02{clause}\x03"
    for start in range(len(edged)):
        for end in range(start + 1, min(start + _LONGEST, len(edged)) + 1):
            gram = edged[start:end].encode()
            yield crc32(gram) % SPACE, offset + start - 1, offset + end - 1
            if last:
                yield crc32(gram, _IN_LAST) % SPACE, offset + start - 1, offset + end - 1


def _asked_for(clause: str, offset: int) -> Iterator[Feature]:
    """Each asking word's class with the pairs of characters around it."""
    for word in _words("asking").finditer(clause):
        start, end = offset + word.start(), offset + word.end()
        before = range(max(0, word.start() - _BEFORE), word.start() - 1)
        after = range(word.end(), min(len(clause), word.end() + _AFTER) - 1)
        for name in _classes("asking")[word.group()]:
            for side, around in (("<", before), (">", after)):
                for at in around:
                    pair = f"{name}{side}{clause[at : at + 2]}".encode()
                    yield crc32(pair, _ASKED) % SPACE, start, end


def _mentioned(clause: str, offset: int) -> Iterator[Feature]:
    """The sorts of detail that words of the clause are for, alone and with each class of asking words."""
    found = [name for word in _words("asking").finditer(clause) for name in _classes("asking")[word.group()]]
    asking = sorted(set(found)) or ["nothing"]
    for word in _words("mentions").finditer(clause):
        for mention in _classes("mentions")[word.group()]:
            for told in (mention, *(f"{mention}&{name}" for name in asking)):
                yield crc32(told.encode(), _MENTIONED) % SPACE, offset + word.start(), offset + word.end()


@cache
def _words(table: str) -> re.Pattern[str]:
    """All words of a table; of those that begin at one place the longest is taken."""
    return re.compile("|".join(map(re.escape, sorted(_classes(table), key=len, reverse=True))))


@cache
def _classes(table: str) -> dict[str, tuple[str, ...]]:
    """Each word of a table with the classes it is of."""
    rows = [(fold(word).text, name) for name, row in data("head")[table].items() for word in row]
    return {word: tuple(name for one, name in rows if one == word) for word, _ in rows}
