"""An encoder behind an OpenAI-compatible address: ``POST …/v1/embeddings``."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

import httpx
import numpy as np

from indexer.meaning.encoders import EncoderFailed, Vectors, normalised

_BATCH = 64
_REST_SECONDS = 30.0
_WORTH_ANOTHER_TRY = frozenset((408, 409, 429, 500, 502, 503, 504))


@dataclass(frozen=True)
class Endpoint:
    """Where to ask and how long to wait.

    ``url`` ends before ``/embeddings`` (``https://host/v1``). ``timeout`` is in seconds for one request,
    ``retries`` how often more it is sent. ``prefixes`` stand before every question and every passage, for
    models that were trained with them.
    """

    url: str
    model: str
    key: str | None = None
    timeout: float = 2.0
    retries: int = 1
    prefixes: tuple[str, str] = ("", "")


class RemoteEncoder:
    """Asks an endpoint, and after a failure leaves it alone for ``_REST_SECONDS``.

    Otherwise every question would wait for the time-out of a machine that is down. Safe to use from several
    threads.
    """

    def __init__(self, endpoint: Endpoint, clock: Callable[[], float] = time.monotonic) -> None:
        self._endpoint = endpoint
        self._clock = clock
        self._resting_until = 0.0
        self._lock = Lock()
        self._client: httpx.Client | None = None

    @property
    def name(self) -> str:
        return f"{self._endpoint.model} {'|'.join(self._endpoint.prefixes)}".strip(" |")

    def questions(self, texts: Sequence[str]) -> Vectors:
        return self._encoded([self._endpoint.prefixes[0] + text for text in texts])

    def passages(self, texts: Sequence[str]) -> Vectors:
        return self._encoded([self._endpoint.prefixes[1] + text for text in texts])

    def _encoded(self, texts: Sequence[str]) -> Vectors:
        if self._clock() < self._resting_until:
            raise EncoderFailed(f"{self._endpoint.url} failed a moment ago and is left alone")
        try:
            batches = [self._asked(texts[at : at + _BATCH]) for at in range(0, len(texts), _BATCH)]
            return normalised(np.concatenate(batches)) if batches else np.zeros((0, 0), np.float32)
        except EncoderFailed:
            self._resting_until = self._clock() + _REST_SECONDS
            raise

    def _asked(self, texts: Sequence[str]) -> Vectors:
        body = {"model": self._endpoint.model, "input": list(texts), "encoding_format": "float"}
        failure: object = None
        for _ in range(self._endpoint.retries + 1):
            try:
                response = self._connection().post("/embeddings", json=body)
            except httpx.HTTPError as error:
                failure = type(error).__name__
                continue
            if response.is_success:
                return self._rows(response, len(texts))
            failure = f"HTTP {response.status_code}"
            if response.status_code not in _WORTH_ANOTHER_TRY:
                break
        raise EncoderFailed(f"{self._endpoint.url}: {failure}")

    def _rows(self, response: httpx.Response, wanted: int) -> Vectors:
        try:
            data: list[dict[str, Any]] = response.json()["data"]
            ordered = sorted(data, key=lambda row: int(row["index"]))
            rows = np.array([row["embedding"] for row in ordered], dtype=np.float32)
        except (ValueError, KeyError, TypeError) as error:
            raise EncoderFailed(f"{self._endpoint.url}: not a list of embeddings ({error})") from error
        if rows.ndim != 2 or len(rows) != wanted or not np.isfinite(rows).all():
            raise EncoderFailed(f"{self._endpoint.url}: {rows.shape} numbers for {wanted} texts")
        return rows

    def _connection(self) -> httpx.Client:
        """Made at first use, so that it is never shared by processes that forked after."""
        with self._lock:
            if self._client is None:
                headers = {"Authorization": f"Bearer {self._endpoint.key}"} if self._endpoint.key else {}
                self._client = httpx.Client(
                    base_url=self._endpoint.url,
                    headers=headers,
                    timeout=self._endpoint.timeout,
                    trust_env=False,
                )
            return self._client
