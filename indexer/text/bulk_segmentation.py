"""Cutting very much text: rjieba, which is jieba in Rust, with our dictionary. Both cut alike, by a test.

jieba is the contract and cuts every question. rjieba is fifteen times as fast, but needs most of a second to
take in the dictionary, so it only pays when an index is built of many texts. Where it is not installed,
jieba does its work.
"""

from collections.abc import Callable, Mapping

from indexer.text.dictionary import all_frequencies, total_frequency
from indexer.text.segmentation import shared_segmenter

try:
    import rjieba
except ImportError:  # no wheel for this machine
    rjieba = None  # type: ignore[assignment]

PAYS_FROM = 200_000  # characters
Cut = Callable[[str], list[str]]

# Stands in no folded text, and so only brings the sum of all frequencies to what jieba reckons with.
_NEVER_MET = "\x00\x00"


def bulk_cutter(user_words: Mapping[str, int], characters: int) -> Cut:
    """What cuts a folded text into pieces, punctuation among them, as ``Segmenter`` would."""
    jieba_cut = shared_segmenter(tuple(user_words.items())).pieces
    if rjieba is None or characters < PAYS_FROM:
        return jieba_cut
    tokenizer = rjieba.Jieba.empty()  # type: ignore[no-untyped-call]
    total = 0
    for word, frequency in all_frequencies(user_words):
        tokenizer.add_word(word, frequency, None)
        total += frequency
    tokenizer.add_word(_NEVER_MET, total_frequency(user_words) - total, None)

    def cut(folded: str) -> list[str]:
        try:
            pieces: list[str] = tokenizer.cut(folded, False)
        except UnicodeEncodeError:  # a lone surrogate, which Rust has no strings for
            return jieba_cut(folded)
        return pieces

    return cut
