"""Cutting and counting very much text gives what cutting and counting a little gives."""

import random
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.build import bulk_counting
from indexer.build.bulk_counting import count_entries
from indexer.stored.counts import Counts, joined, terms_of, texts_of, times_of
from indexer.stored.fields import Entry
from indexer.stored.keys import key_of
from indexer.text import bulk_segmentation
from indexer.text.bulk_segmentation import bulk_cutter
from indexer.text.folding import folded_text
from indexer.text.segmentation import Segmenter
from indexer.text.sentences import sentences
from indexer.text.terms import shingles, terms

REPOSITORY = Path(__file__).resolve().parent.parent
USER_WORDS = ("港航貿一體化", "單一窗口", "中国", "B/L", "rcep原产地")
# What a cutter could trip over: rare planes, both scripts, digits, joiners, controls, surrogates.
STRANGE = (
    "〇㐀㑇龥鿖鿿豈A1b.%_-+#&。, \t\r\n\u3000①²𠀀😀é\x00\ud800\u200f中国海关總署廈門港航貿一體化單一窗口rcep"
)


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter(USER_WORDS)


@pytest.fixture(scope="module")
def fast(segmenter: Segmenter) -> Callable[[str], list[str]]:
    pytest.importorskip("rjieba", reason="no wheel of rjieba for this machine; jieba does its work")
    return bulk_cutter(segmenter.frequencies, characters=10**9)


def corpus_texts() -> list[str]:
    files = sorted((REPOSITORY / "corpus").rglob("*.md")) + sorted((REPOSITORY / "corpus").rglob("*.jsonl"))
    return [line for file in files for line in file.read_text(encoding="utf-8").splitlines() if line]


def test_rjieba_cuts_every_text_of_the_corpus_as_jieba_does(
    segmenter: Segmenter, fast: Callable[[str], list[str]]
) -> None:
    texts = [folded_text(text) for text in corpus_texts()[::3]]
    assert len(texts) > 500
    assert [text for text in texts if fast(text) != segmenter.pieces(text)] == []


def test_rjieba_cuts_strange_characters_as_jieba_does(
    segmenter: Segmenter, fast: Callable[[str], list[str]]
) -> None:
    chance = random.Random(7)  # noqa: S311
    without = STRANGE.replace("\ud800", "")  # Rust has no strings with lone surrogates: see the next test
    for _ in range(5_000):
        text = folded_text("".join(chance.choices(without, k=chance.randint(1, 14))))
        assert fast(text) == segmenter.pieces(text), repr(text)


def test_a_lone_surrogate_is_cut_by_jieba_itself(
    segmenter: Segmenter, fast: Callable[[str], list[str]]
) -> None:
    assert fast("海关\ud800总署") == segmenter.pieces("海关\ud800总署")


def test_without_rjieba_jieba_does_its_work(monkeypatch: pytest.MonkeyPatch, segmenter: Segmenter) -> None:
    monkeypatch.setattr(bulk_segmentation, "rjieba", None)
    cut = bulk_cutter(segmenter.frequencies, characters=10**9)
    assert cut("厦门港航贸一体化") == segmenter.pieces("厦门港航贸一体化")


def postings(counts: Counts, field: str) -> list[dict[int, int]]:
    """How often each text holds each term, by the term's number."""
    found: list[dict[int, int]] = [{} for _ in counts.fields[field].lengths]
    packed = counts.fields[field].postings
    rows = zip(terms_of(packed), texts_of(packed), times_of(packed), strict=True)
    for term, text, times in rows:
        found[text][int(counts.keys[term])] = int(times)
    return found


def naive(text: str, segmenter: Segmenter) -> dict[int, int]:
    return dict(Counter(map(key_of, terms(folded_text(text), segmenter))))


texts = st.text(st.sampled_from(STRANGE) | st.characters(), max_size=30)


@given(st.lists(st.builds(Entry, texts, texts, texts, texts, st.tuples(texts, texts)), max_size=4))
@settings(deadline=None, max_examples=60)
def test_counts_are_those_of_cutting_text_by_text(entries: list[Entry]) -> None:
    segmenter = Segmenter()
    counts = count_entries(entries, ())
    assert postings(counts, "title") == [naive(entry.title, segmenter) for entry in entries]
    assert postings(counts, "body") == [naive(entry.body, segmenter) for entry in entries]
    rows = [variant for entry in entries for variant in entry.variants]
    assert postings(counts, "each_variant") == [naive(row, segmenter) for row in rows]
    together = [
        dict(Counter(key for row in entry.variants for key in Counter(naive(row, segmenter)).elements()))
        for entry in entries
    ]
    assert postings(counts, "variants") == together
    for field in ("title", "body"):
        lengths = [sum(naive(getattr(entry, field), segmenter).values()) for entry in entries]
        assert counts.fields[field].lengths.tolist() == lengths


@given(st.lists(st.builds(Entry, texts, texts, texts, texts), max_size=4))
@settings(deadline=None, max_examples=60)
def test_the_shingles_of_sentences_are_those_of_cutting_text_by_text(entries: list[Entry]) -> None:
    counts = count_entries(entries, ())
    wanted = []
    for entry in entries:
        text = f"{entry.title}\n{entry.body}"
        spans = [folded_text(text[start:end]) for start, end in sentences(text)]
        wanted += [{key_of(shingle) for shingle in shingles(span)} for span in spans]
    ends = np.cumsum(counts.held)
    found = [
        {int(key) for key in counts.keys[counts.shingles[end - held : end]]}
        for end, held in zip(ends, counts.held, strict=True)
    ]
    assert found == wanted


def test_a_joined_count_is_the_count_of_all_together() -> None:
    entries = [
        Entry(f"p/{n}", "", f"通關{n}", f"第{n}條 鋰電池出口。船員{n % 3}。", (f"怎么报关{n}",))
        for n in range(9)
    ]
    parts = [count_entries(entries[at : at + 4], ()) for at in (0, 4, 8)]
    together, all_at_once = joined(parts), count_entries(entries, ())
    assert together.keys.tolist() == all_at_once.keys.tolist()
    for field in together.fields:
        assert postings(together, field) == postings(all_at_once, field)
    assert together.shingles.tolist() == all_at_once.shingles.tolist()


def test_other_processes_count_as_this_one_does(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = [Entry(f"p/{n}", "", f"通關{n}", f"第{n}條 單一窗口出口。") for n in range(7)]
    frequencies = tuple(Segmenter(USER_WORDS).frequencies.items())
    here = count_entries(entries, frequencies)
    monkeypatch.setattr(bulk_counting, "_BATCH", 2)
    monkeypatch.setattr(bulk_counting, "_PROCESSES_PAY_FROM", 0)
    monkeypatch.setattr(bulk_counting.os, "cpu_count", lambda: 2)
    told: list[int] = []
    elsewhere = count_entries(entries, frequencies, told.append)
    assert told == [2, 4, 6, 7]
    for field in here.fields:
        assert postings(elsewhere, field) == postings(here, field)


def test_a_process_that_dies_while_counting_is_an_error_and_no_hang(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk_counting, "_BATCH", 1)
    monkeypatch.setattr(bulk_counting, "_PROCESSES_PAY_FROM", 0)
    monkeypatch.setattr(bulk_counting.os, "cpu_count", lambda: 2)
    monkeypatch.setattr(sys, "path", ["/nowhere"])
    with pytest.raises(RuntimeError, match="ended early"):
        count_entries([Entry("a", "", "", "甲"), Entry("b", "", "", "乙")], ())
