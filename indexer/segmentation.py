"""Folded Chinese text cut into words: jieba's dictionary and ours, no guessing of unknown words."""

import re
import warnings
from collections.abc import Iterable
from functools import lru_cache

from indexer.dictionary import TOTAL_FREQUENCY, WordFrequencies
from indexer.folding import folded_text

with warnings.catch_warnings():
    # jieba's sources hold invalid escapes, which Python reports when it first compiles them.
    warnings.simplefilter("ignore")
    import jieba

_WORD_WITH_HAN = re.compile(r"(?=[^\W_]*[\u4e00-\u9fd5])[\u4e00-\u9fd5a-z0-9]{2,}")


class Segmenter:
    """Cuts text along the likeliest path through the dictionary (jieba without its hidden Markov model).

    ``user_words`` are kept whole. They are folded, cut at punctuation, and taken in sorted order, so that
    the same words always give the same cuts. Unchanging once made; safe to use from several threads.
    """

    def __init__(self, user_words: Iterable[str] = ()) -> None:
        self._jieba = jieba.Tokenizer()
        # Set from here, jieba neither parses its dictionary, nor logs, nor writes to the temporary folder.
        self._jieba.FREQ = WordFrequencies()
        self._jieba.total = TOTAL_FREQUENCY
        self._jieba.initialized = True
        parts = {part for text in user_words for part in _WORD_WITH_HAN.findall(folded_text(text))}
        for word in sorted(parts):
            self._jieba.add_word(word)

    def words(self, folded: str) -> list[str]:
        """The words of a folded text in order, without punctuation; a run of ASCII letters is one word."""
        return [word for word in self._jieba.cut(folded, HMM=False) if any(map(str.isalnum, word))]


@lru_cache(maxsize=2)
def shared_segmenter(user_words: tuple[str, ...]) -> Segmenter:
    """One segmenter for all who use the same words: a new generation seldom brings new ones."""
    return Segmenter(user_words)
