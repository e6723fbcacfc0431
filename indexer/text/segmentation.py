"""Folded Chinese text cut into words: jieba's dictionary and ours, no guessing of unknown words."""

import re
import warnings
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Self

from indexer.text.dictionary import WordFrequencies, total_frequency
from indexer.text.folding import folded_text

with warnings.catch_warnings():
    # jieba's sources hold invalid escapes, which Python reports when it first compiles them.
    warnings.simplefilter("ignore")
    import jieba

_WORD_WITH_HAN = re.compile(r"(?=[^\W_]*[\u4e00-\u9fd5])[\u4e00-\u9fd5a-z0-9]{2,}")


class Segmenter:
    """Cuts text along the likeliest path through the dictionary (jieba without its hidden Markov model).

    ``user_words`` are kept whole. They are folded, cut at punctuation, and taken in sorted order, so that
    the same words always give the same cuts; ``frequencies`` holds how often jieba takes each to occur.
    Unchanging once made; safe to use from several threads.
    """

    def __init__(self, user_words: Iterable[str] = ()) -> None:
        self._jieba = _tokenizer({})
        parts = sorted({part for text in user_words for part in _WORD_WITH_HAN.findall(folded_text(text))})
        for word in parts:
            self._jieba.add_word(word)
        self.frequencies = {word: self._jieba.FREQ[word] for word in parts}
        self._jieba.total = total_frequency(self.frequencies)

    @classmethod
    def restored(cls, frequencies: Mapping[str, int]) -> Self:
        """The segmenter that had these ``frequencies``, at once: finding them again takes half a second."""
        segmenter = cls()
        segmenter._jieba = _tokenizer(frequencies)
        segmenter.frequencies = dict(frequencies)
        return segmenter

    def words(self, folded: str) -> list[str]:
        """The words of a folded text in order, without punctuation; a run of ASCII letters is one word."""
        return [word for word in self.pieces(folded) if any(map(str.isalnum, word))]

    def pieces(self, folded: str) -> list[str]:
        """A folded text in words and punctuation: joined, they are the text again."""
        return list(self._jieba.cut(folded, HMM=False))


def _tokenizer(user_words: Mapping[str, int]) -> jieba.Tokenizer:
    """A tokenizer that neither parses its dictionary, nor logs, nor writes to the temporary folder."""
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ = WordFrequencies(user_words)
    tokenizer.total = total_frequency(user_words)
    tokenizer.initialized = True
    return tokenizer


@lru_cache(maxsize=2)
def shared_segmenter(frequencies: tuple[tuple[str, int], ...]) -> Segmenter:
    """One segmenter for all who use the same words: a new generation seldom brings new ones."""
    return Segmenter.restored(dict(frequencies))
