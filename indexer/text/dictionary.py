"""jieba's word frequencies under folding, read a first character at a time.

Reading all 349,046 words takes most of a second and 70 MB in every process; the words that start with the
few hundred characters of a corpus and its questions take neither.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from importlib.resources import files

from indexer.text.folding import folded_text

# What all frequencies in the dictionary of jieba 0.42.1 add up to; jieba's probabilities are shares of it.
TOTAL_FREQUENCY = 60_101_967
# Room left in the total for the user words. While they fit, a new one changes no share of any other word,
# and so can only change how texts are cut that hold it.
_ROOM = 500_000
_SAME_FIRST_CHARACTER = re.compile(r"^(.).*\n(?:\1.*\n)*", re.MULTILINE)


def total_frequency(user_words: Mapping[str, int]) -> int:
    """What all frequencies are taken to add up to, in steps so large that a new word seldom changes it."""
    steps = max(1, -(-sum(user_words.values()) // _ROOM))
    return TOTAL_FREQUENCY + steps * _ROOM


def all_frequencies(user_words: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """Every word of the folded dictionary and of ``user_words`` (folded) once, with its frequency."""
    grouped = _by_first_character(user_words)
    chunks = _chunks_by_first_character()
    for first in chunks.keys() | grouped.keys():
        words = _frequencies(chunks.get(first, "")) | grouped.get(first, {})
        yield from ((word, frequency) for word, frequency in words.items() if frequency)


class WordFrequencies(dict[str, int]):
    """Every folded word with its frequency, and every beginning of a word with 0 unless it is a word itself.

    ``user_words`` (folded) have the frequency given. This is what ``jieba.Tokenizer.FREQ`` has to be.
    Membership reads the words in; jieba tests membership of what it looks up before it looks it up. Several
    threads may read at once: both store the same words.
    """

    def __init__(self, user_words: Mapping[str, int] | None = None) -> None:
        super().__init__()
        self._user_words = _by_first_character(user_words or {})

    @cached_property
    def _unread(self) -> dict[str, str]:
        """What is not read yet, by first character. Only found when asked: opening an index asks nothing."""
        return dict.fromkeys(self._user_words, "") | dict(_chunks_by_first_character())

    def __contains__(self, word: object) -> bool:
        if isinstance(word, str) and (chunk := self._unread.get(word[:1])) is not None:
            self.update(_frequencies(chunk) | self._user_words.get(word[:1], {}))
            for user_word in self._user_words.get(word[:1], ()):
                self._add_beginnings(user_word)
            self._unread.pop(word[:1], None)  # only now: until the words are in, others read them too
        return super().__contains__(word)

    def _add_beginnings(self, word: str) -> None:
        for end in range(1, len(word)):
            self.setdefault(word[:end], 0)


def _by_first_character(words: Mapping[str, int]) -> dict[str, dict[str, int]]:
    grouped: dict[str, dict[str, int]] = defaultdict(dict)
    for word, frequency in words.items():
        grouped[word[0]][word] = frequency
    return dict(grouped)


@cache
def _chunks_by_first_character() -> Mapping[str, str]:
    """The dictionary's lines, not yet folded, by the folded first character of their word."""
    text = files("jieba").joinpath("dict.txt").read_text(encoding="utf-8")
    chunks: dict[str, list[str]] = defaultdict(list)
    for match in _SAME_FIRST_CHARACTER.finditer(text):
        chunks[folded_text(match[1])[:1]].append(match[0])
    return {first: "".join(lines) for first, lines in chunks.items()}


def _frequencies(chunk: str) -> dict[str, int]:
    """Words that fold to one are one word, as frequent as all of them together."""
    frequencies: dict[str, int] = {}
    for line in folded_text(chunk).splitlines():
        word, frequency, _part_of_speech = line.split(" ")
        frequencies[word] = frequencies.get(word, 0) + int(frequency)
        for end in range(1, len(word)):
            frequencies.setdefault(word[:end], 0)
    return frequencies
