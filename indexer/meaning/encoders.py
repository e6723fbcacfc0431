"""What turns a text into a vector, so that texts of one meaning lie close together."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class EncoderFailed(Exception):
    """An encoder gave no vectors; the message says why, for the operator. Never an asker's concern."""


class Encoder(Protocol):
    """Texts in, one row of length 1 a text out, in their order; ``EncoderFailed`` where that fails.

    Questions and passages may be encoded differently; their vectors compare with one another. ``name``
    changes whenever the vectors of a text would.
    """

    @property
    def name(self) -> str: ...

    def questions(self, texts: Sequence[str]) -> Vectors: ...

    def passages(self, texts: Sequence[str]) -> Vectors: ...


def normalised(vectors: Vectors) -> Vectors:
    """Rows of length 1; a row of nothing but zeros stays."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    rows: Vectors = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    return rows
