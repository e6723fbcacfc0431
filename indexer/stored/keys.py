"""Terms as numbers, so that arrays can hold them: short terms packed, longer ones digested."""

from collections.abc import Iterable
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]

_BITS = 21  # of a code point
_PACKED = 3  # characters that fit beside one another
_DIGESTED = 1 << 63


def key_of(term: str) -> int:
    """The number of ``term``, never 0: two terms of up to three characters never share one.

    Longer terms share one as often as 63 bits of a digest do: among a million of them, once in 18 million
    indexes.
    """
    if len(term) > _PACKED:
        digest = blake2b(term.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        return int.from_bytes(digest, "big") | _DIGESTED
    key = 0
    for char in term:
        key = key << _BITS | ord(char)
    return key


def keys_of(terms: Iterable[str]) -> Keys:
    """The numbers of ``terms``, in order."""
    return np.fromiter(map(key_of, terms), np.uint64)


def pair_keys(first: Keys, second: Keys) -> Keys:
    """The numbers of the bigrams of code points ``first`` and ``second``."""
    return first << np.uint64(_BITS) | second


def is_pair(keys: Keys) -> NDArray[np.bool_]:
    """Which are the numbers of two characters."""
    found: NDArray[np.bool_] = (keys >> np.uint64(_BITS) > 0) & (keys >> np.uint64(2 * _BITS) == 0)
    return found


def pair_of(keys: Keys) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The code points that the numbers of pairs were made of."""
    second = keys & np.uint64((1 << _BITS) - 1)
    return (keys >> np.uint64(_BITS)).astype(np.int64), second.astype(np.int64)


class KeysByWord(dict[str, int]):
    """The number of every word that holds a letter or digit, and 0 for punctuation; each worked out once."""

    def __missing__(self, word: str) -> int:
        key = self[word] = key_of(word) if any(map(str.isalnum, word)) else 0
        return key
