"""Folding, cutting and counting a batch of entries, by arrays where Python would take every character."""

import re
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.stored.counts import Counted, Counts, Ints, changes, distinct, packed
from indexer.stored.fields import Entry
from indexer.stored.keys import Keys, KeysByWord, key_of, pair_keys
from indexer.text.folding import folded_text
from indexer.text.sentences import sentences
from indexer.text.terms import HAN, HAN_RANGES

Cut = Callable[[str], list[str]]
_Owners = NDArray[np.int64]
_Found = tuple[Keys, _Owners]

_WORD_WITHOUT_HAN = re.compile(rf"[^\W_{HAN}]+")


def counted(entries: Sequence[Entry], cut: Cut) -> Counts:
    """The terms and shingles of ``entries``; ``cut`` parts a folded text into words and punctuation."""
    words = KeysByWord()
    variants = [[folded_text(variant) for variant in entry.variants] for entry in entries]
    rows = [variant for own in variants for variant in own]
    numbers = np.array([len(own) for own in variants], np.int64)
    by_row = _terms(rows, cut, words)
    found = {
        "title": (_terms([folded_text(entry.title) for entry in entries], cut, words), len(entries)),
        "body": (_terms([folded_text(entry.body) for entry in entries], cut, words), len(entries)),
        "variants": ((by_row[0], np.repeat(np.arange(len(entries)), numbers)[by_row[1]]), len(entries)),
        "each_variant": (by_row, len(rows)),
    }
    spans = [_sentences(entry) for entry in entries]
    parts = [part for own in spans for part in own]
    shingles = _shingles(parts)
    keys = distinct(np.concatenate([shingles[0], *(keys for (keys, _), _ in found.values())]))
    held, shingle_ids = _different(keys, shingles, len(parts))
    return Counts(
        keys,
        {name: _counted(keys, terms, texts) for name, (terms, texts) in found.items()},
        numbers.astype(np.int32),
        np.array([len(own) for own in spans], np.int32),
        held,
        shingle_ids,
    )


def _sentences(entry: Entry) -> list[str]:
    text = f"{entry.title}\n{entry.body}"
    return [folded_text(text[start:end]) for start, end in sentences(text)]


def _terms(texts: Sequence[str], cut: Cut, words: KeysByWord) -> _Found:
    """Words and bigrams of folded ``texts``, each with the text it stands in."""
    found = [list(map(words.__getitem__, cut(text))) for text in texts]
    owners = np.repeat(np.arange(len(texts)), [len(keys) for keys in found])
    keys = np.fromiter((key for own in found for key in own), np.uint64, len(owners))
    pairs, pair_owners = _pairs(texts)
    real = keys != 0
    return np.concatenate([keys[real], pairs]), np.concatenate([owners[real], pair_owners])


def _shingles(texts: Sequence[str]) -> _Found:
    """Bigrams, and words without Han characters, of folded ``texts``: what ``terms.shingles`` finds."""
    pairs, owners = _pairs(texts)
    others = [(key_of(word), at) for at, text in enumerate(texts) for word in _WORD_WITHOUT_HAN.findall(text)]
    return (
        np.concatenate([pairs, np.array([key for key, _ in others], np.uint64)]),
        np.concatenate([owners, np.array([at for _, at in others], np.int64)]),
    )


def _pairs(texts: Sequence[str]) -> _Found:
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32)
    owners = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    han = np.zeros(len(codes), bool)
    for first, last in HAN_RANGES:
        han |= (codes >= first) & (codes <= last)
    starts = np.flatnonzero(han[:-1] & han[1:] & (owners[:-1] == owners[1:]))
    wide = codes.astype(np.uint64)
    return pair_keys(wide[starts], wide[starts + 1]), owners[starts]


def _counted(keys: Keys, found: _Found, texts: int) -> Counted:
    postings = np.sort(_postings(keys, found))
    first = np.flatnonzero(changes(postings))
    times = np.diff(first, append=len(postings))
    lengths = np.bincount(found[1], minlength=texts).astype(np.int32)
    owners, ids = np.divmod(postings[first], max(len(keys), 1))
    return Counted(packed(ids, owners, times), lengths)


def _different(keys: Keys, found: _Found, texts: int) -> tuple[Ints, Ints]:
    """How many different terms each text has, and which, text by text."""
    owners, ids = np.divmod(distinct(_postings(keys, found)), max(len(keys), 1))
    return np.bincount(owners, minlength=texts).astype(np.int32), ids.astype(np.int32)


def _postings(keys: Keys, found: _Found) -> NDArray[np.int64]:
    postings: NDArray[np.int64] = found[1] * len(keys) + np.searchsorted(keys, found[0])
    return postings
