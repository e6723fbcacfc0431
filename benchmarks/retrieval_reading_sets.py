"""What each part of the lexical recipe gains on public reading sets: each question must find its paragraph.

Usage: python -m benchmarks.retrieval_reading_sets FOLDER [--questions 1000]

FOLDER holds DRCD_dev.json.xz (traditional) and cmrc2018_trial.json.xz (simplified), in SQuAD form. The
questions are worded after their paragraphs: compare the rows with one another, and take none for a forecast.
"""

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from benchmarks.reading_sets import SETS, read_set
from indexer.search.bm25 import Bm25
from indexer.search.windows import best_window
from indexer.text.folding import folded_text
from indexer.text.phrases import cut_question_phrases
from indexer.text.segmentation import Segmenter
from indexer.text.terms import shingles, terms

RERANKED = 50
Tokens = Callable[[str], list[str]]


def main() -> None:
    """Print a table for each set in the folder."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--questions", type=int, default=1000, help="how many of each set, evenly spread")
    arguments = parser.parse_args()
    for name in SETS.values():
        paragraphs, asked = read_set(arguments.folder / name)
        asked = asked[:: max(1, len(asked) // arguments.questions)]
        print(f"\n{name}: {len(paragraphs)} paragraphs, {len(asked)} questions")
        print(f"{'recipe':<32} {'R@1':>6} {'R@10':>6} {'MRR@10':>6}")
        for recipe, ranks in recipes(paragraphs, asked):
            print(f"{recipe:<32} {figures(ranks)}")


def recipes(paragraphs: list[str], asked: list[tuple[str, int]]) -> Iterator[tuple[str, list[int]]]:
    """Each recipe's name and the rank, from 0, that it gives to every question's own paragraph."""
    segmenter = Segmenter()
    folded = [folded_text(paragraph) for paragraph in paragraphs]
    plain = [(folded_text(question), own) for question, own in asked]
    cut = [(cut_question_phrases(question), own) for question, own in plain]

    def both(text: str) -> list[str]:
        return terms(text, segmenter)

    for name, tokens, questions in (
        ("words", segmenter.words, plain),
        ("bigrams", shingles, plain),
        ("words + bigrams", both, plain),
        ("words + bigrams, phrases cut", both, cut),
    ):
        bm25 = Bm25(list(map(tokens, folded)))
        yield name, [rank(bm25.scores(tokens(question)), own) for question, own in questions]
    yield "the same + window", [rank(windowed(bm25, both, paragraphs, text), own) for text, own in cut]


def windowed(bm25: Bm25, tokens: Tokens, paragraphs: list[str], question: str) -> np.ndarray:
    """BM25 as a share of the best, plus half the best window's share for the first fifty."""
    scores = bm25.scores(tokens(question))
    scores /= scores.max() or 1
    wanted = frozenset(shingles(question))
    for position in np.argsort(-scores)[:RERANKED]:
        scores[position] += 0.5 * best_window(wanted, paragraphs[position], bm25.idf).share
    return scores


def rank(scores: np.ndarray, own: int) -> int:
    """How many paragraphs score above the question's own; equal ones before it count too."""
    return int((scores > scores[own]).sum() + (scores[:own] == scores[own]).sum())


def figures(ranks: list[int]) -> str:
    """R@1 and R@10 in per cent, and the mean reciprocal rank of the first ten, times 100."""
    reciprocal = sum(1 / (rank + 1) for rank in ranks if rank < 10)
    counts = sum(rank < 1 for rank in ranks), sum(rank < 10 for rank in ranks), reciprocal
    return " ".join(f"{100 * count / len(ranks):6.1f}" for count in counts)


if __name__ == "__main__":
    main()
