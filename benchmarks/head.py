"""Fit the head (bot/question/sorts/head.py), and tell how good it is on authors that were held out.

python -m benchmarks.head            print the figures
python -m benchmarks.head --write    also write bot/data/head.npz and tests/data/head/figures.json
"""

import argparse
import json
from collections.abc import Mapping
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from benchmarks.head_fitting import fit, matrix
from benchmarks.head_lines import FILES, FOLDER, ROOT, Lines, asks, details, sorts

Array = NDArray[np.float64]
WEIGHTS = ROOT / "bot" / "data" / "head.npz"
FIGURES = FOLDER / "figures.json"
_FOLDS = 3
# Who wrote lines for the head alone, of every kind: dealt line by line, as no other wrote of some kinds.
_OF_EVERY_KIND = "w"
_CURVE = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


def main() -> None:
    """Print, and write where asked to."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--write", action="store_true")
    families = {"sorts": sorts(), "asks": asks(), "details": details()}
    figures, columns = {}, []
    wanted = options.parse_args()
    for name, lines in families.items():
        rows = matrix(lines.texts)
        held_out = _held_out(rows, lines)
        slope, shift = _calibrated(held_out, lines)
        figures[name] = _told(name, held_out * slope + shift, lines)
        weights = fit(rows, lines.right(), lines.counts(), lines.penalty, one_of=lines.one_of) * slope
        weights[-1] += shift
        columns.append(weights)
    if wanted.write:
        _write(np.hstack(columns), {name: lines.names for name, lines in families.items()}, figures)


def folds_of(lines: Lines) -> NDArray[np.int64]:
    """The fold of each line: an author's are all in one. The largest authors are dealt first."""
    names, counts = np.unique(lines.authors, return_counts=True)
    order = [str(names[at]) for at in np.argsort(-counts, kind="stable")]
    return np.array(
        [
            (number if author == _OF_EVERY_KIND else order.index(author)) % _FOLDS
            for number, author in enumerate(lines.authors)
        ]
    )


def _held_out(rows, lines: Lines) -> Array:
    """The totals of each line by weights that saw no line of its author."""
    folds, right, counts = folds_of(lines), lines.right(), lines.counts()
    totals = np.zeros(right.shape)
    for one in range(_FOLDS):
        seen = folds != one
        weights = fit(rows[seen], right[seen], counts[seen], lines.penalty, one_of=lines.one_of)
        totals[~seen] = rows[~seen] @ weights[:-1] + weights[-1]
    return totals


def _calibrated(totals: Array, lines: Lines) -> tuple[Array, Array]:
    """What to multiply totals by and to add, so that chances come true on held-out lines (Platt's scaling).

    Of one among many: one factor for all. Of decisions by themselves: one pair for all, as few lines are of
    the rare ones.
    """
    right, counts = lines.right(), lines.counts()
    factors = np.linspace(0.2, 4.0, 77)
    shifts = [0.0] if lines.one_of else np.linspace(-2, 2, 41)
    tried = [
        (_loss(totals * f + s, right, counts, one_of=lines.one_of), f, s) for f in factors for s in shifts
    ]
    _, factor, shift = min(tried)
    return np.full(right.shape[1], factor), np.full(right.shape[1], shift)


def _loss(totals: Array, right: Array, counts: Array, *, one_of: bool) -> float:
    if one_of:
        totals = totals - totals.max(axis=1, keepdims=True)
        lost = (np.log(np.exp(totals).sum(axis=1, keepdims=True)) - totals) * right
    else:
        lost = np.logaddexp(0, totals) - right * totals
    return float((lost * counts).sum())


def chances(totals: Array, *, one_of: bool) -> Array:
    """Chances of totals, a row a line."""
    if not one_of:
        return 1 / (1 + np.exp(-totals))
    raised = np.exp(totals - totals.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)


def _told(name: str, totals: Array, lines: Lines) -> dict[str, float]:
    """Print a family's figures, on lines that a person labelled, and give those that tests hold to floors."""
    surely = np.array([line.weight == 1.0 for line in lines.lines])
    right, counts = lines.right()[surely] > 0, lines.counts()[surely] > 0
    told = chances(totals, one_of=lines.one_of)[surely]
    print(f"\n{name}: {surely.sum()} lines by a person, {len(surely) - surely.sum()} others")
    figures = {}
    if lines.one_of:
        taken = told.argmax(axis=1)
        figures["right"] = float((taken == right.argmax(axis=1)).mean())
        commonest = right.sum(axis=0).max() / len(right)
        print(f"the likeliest is right: {figures['right']:.3f} (always the commonest: {commonest:.3f})")
    for threshold in _CURVE:
        found = (told >= threshold) & counts
        precision, recall, f1 = _prf(found, right & counts)
        print(f"  at {threshold:.1f}: precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f}")
        figures[f"f1 at {threshold:.1f}"] = f1
    at = 0.5 if lines.one_of else 0.3
    for column, one in enumerate(lines.names):
        known = (counts if counts.shape[1] == 1 else counts[:, column : column + 1])[:, 0]
        found, true = (told[:, column] >= at) & known, right[:, column] & known
        precision, recall, f1 = _prf(found, true)
        print(f"  {one:14s} {true.sum():5d} precision {precision:.2f} recall {recall:.2f} F1 {f1:.2f}")
    return {key: round(value, 4) for key, value in figures.items()}


def _prf(found: NDArray[np.bool_], true: NDArray[np.bool_]) -> tuple[float, float, float]:
    both = float((found & true).sum())
    precision, recall = both / max(found.sum(), 1), both / max(true.sum(), 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def _write(weights: Array, names: Mapping[str, tuple[str, ...]], figures: Mapping[str, object]) -> None:
    """Weights as whole numbers of one byte, a unit a column, and the figures with what they were made of."""
    units = np.abs(weights[:-1]).max(axis=0) / 127
    whole = np.rint(weights[:-1] / units).astype(np.int8)
    np.savez_compressed(
        WEIGHTS,
        weights=whole,
        units=units.astype(np.float32),
        biases=weights[-1].astype(np.float32),
        **{family: np.array(row) for family, row in names.items()},
    )
    digests = {name: sha256((FOLDER / name).read_bytes()).hexdigest() for name in FILES}
    digests["head.npz"] = sha256(WEIGHTS.read_bytes()).hexdigest()
    FIGURES.write_text(
        json.dumps({"held out": figures, "made of": digests}, indent=1) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
