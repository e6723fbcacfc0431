"""Logistic regression on the head's features: many yes-or-no decisions at once, or one among many."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, hstack

from bot.question.sorts.head_features import SPACE, places
from indexer.text.folding import folded_text

Array = NDArray[np.float64]
_STEPS = 50


def matrix(texts: Sequence[str], vectors: Array | None = None) -> csr_matrix:
    """A row a text: its features, each row of length 1; with ``vectors`` these stand behind them."""
    found = [places(folded_text(text)) for text in texts]
    ends = np.cumsum([0, *map(len, found)])
    values = np.concatenate([np.full(len(row), 1 / np.sqrt(max(len(row), 1))) for row in found])
    columns = np.fromiter((place for row in found for place in row), dtype=np.int32)
    rows = csr_matrix((values.astype(np.float32), columns, ends), shape=(len(texts), SPACE))
    return rows if vectors is None else csr_matrix(_beside(rows, vectors))


def _beside(rows: csr_matrix, vectors: Array) -> csr_matrix:
    return hstack([rows, csr_matrix(vectors.astype(np.float32))], format="csr")


def fit(rows: csr_matrix, right: Array, counts: Array, penalty: float, *, one_of: bool) -> Array:
    """The likeliest weights, a column a decision, the biases in the last row.

    ``right`` says which hold and ``counts`` how much each telling counts, 0 where it is not known;
    ``one_of``: exactly one holds.
    """
    turned = rows.T.tocsr()
    shape = (rows.shape[1] + 1, right.shape[1])
    right, counts = right.astype(np.float32), counts.astype(np.float32)

    def loss(flat: Array) -> tuple[float, Array]:
        weights = flat.reshape(shape).astype(np.float32)
        totals = rows @ weights[:-1] + weights[-1]
        chances, lost = _softmax(totals, right) if one_of else _logistic(totals, right)
        wrong = counts * (chances - right)
        slope = np.vstack([turned @ wrong + penalty * weights[:-1], wrong.sum(axis=0)])
        value = float((counts * lost).sum(dtype=np.float64)) + penalty / 2 * float((weights[:-1] ** 2).sum())
        return value, slope.ravel().astype(np.float64)

    start = np.zeros(shape[0] * shape[1])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": _STEPS, "maxcor": 6})
    return found.x.reshape(shape)


def _logistic(totals: Array, right: Array) -> tuple[Array, Array]:
    return 1 / (1 + np.exp(-totals)), np.logaddexp(0, totals) - right * totals


def _softmax(totals: Array, right: Array) -> tuple[Array, Array]:
    totals = totals - totals.max(axis=1, keepdims=True)
    sums = np.exp(totals).sum(axis=1, keepdims=True)
    return np.exp(totals) / sums, (np.log(sums) - totals) * right
