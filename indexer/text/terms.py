"""What is counted: words and character bigrams, in one namespace.

Measured on 11,238 questions: words without the hidden Markov model plus bigrams find the right paragraph
first in 92.3 % (DRCD) and 97.0 % (CMRC); words alone in 90.0 and 96.9, bigrams alone in 90.7 and 95.7. A
bigram that is also a word counts twice on purpose: taking the second count away costs half a point or more.
"""

import re

from indexer.text.segmentation import Segmenter

TERMS_VERSION = "1"

HAN_RANGES = ((0x3007, 0x3007), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0x20000, 0x323AF))
HAN = "".join(f"{chr(first)}-{chr(last)}" for first, last in HAN_RANGES)
HAN_RUN = re.compile(rf"[{HAN}]+")
_RUN = re.compile(rf"([{HAN}]+)|[^\W_{HAN}]+")


def terms(folded: str, segmenter: Segmenter) -> list[str]:
    """The terms of a folded text: its words, then its bigrams; duplicates are kept, for they are counted.

    ``terms("厦门港rcep", …)`` is ``["厦门港", "rcep", "厦门", "门港"]``.
    """
    return segmenter.words(folded) + [pair for run in HAN_RUN.findall(folded) for pair in _pairs(run)]


def shingles(folded: str) -> list[str]:
    """Bigrams of Chinese runs and all other words whole: terms that need no dictionary."""
    found: list[str] = []
    for match in _RUN.finditer(folded):
        found.extend(_pairs(match[0]) if match[1] else (match[0],))
    return found


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)]
