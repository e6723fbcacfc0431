"""An encoder behind an address, well and unwell."""

import numpy as np
import pytest

from indexer.meaning.encoders import EncoderFailed
from indexer.meaning.remote_encoder import Endpoint, RemoteEncoder
from tests.embedding_service import Service


def test_asks_with_key_model_and_prefixes_and_keeps_the_order(embeddings: Service) -> None:
    encoder = RemoteEncoder(Endpoint(embeddings.url, "e5", key="secret", prefixes=("query: ", "passage: ")))
    rows = encoder.questions(["鱼", "锂电池"])

    (path, key, body), *_ = embeddings.asked
    assert (path, key, body["model"]) == ("/v1/embeddings", "Bearer secret", "e5")
    assert body["input"] == ["query: 鱼", "query: 锂电池"]
    assert np.allclose(np.linalg.norm(rows, axis=1), 1)
    assert rows[0][1] > rows[1][1]


def test_tries_again_where_that_may_help(embeddings: Service) -> None:
    embeddings.status = [503, 200]

    assert len(RemoteEncoder(Endpoint(embeddings.url, "m")).questions(["鱼"])) == 1
    assert len(embeddings.asked) == 2


def test_a_refused_key_is_not_tried_again(embeddings: Service) -> None:
    embeddings.status = [401]

    with pytest.raises(EncoderFailed, match="401"):
        RemoteEncoder(Endpoint(embeddings.url, "m", retries=3)).questions(["鱼"])
    assert len(embeddings.asked) == 1


def test_an_address_that_failed_is_left_alone_for_a_while(embeddings: Service) -> None:
    clock = [0.0]
    embeddings.status = [500]
    encoder = RemoteEncoder(Endpoint(embeddings.url, "m", retries=0), lambda: clock[0])
    for _ in range(3):
        with pytest.raises(EncoderFailed):
            encoder.questions(["鱼"])
    asked_while_away = len(embeddings.asked)
    embeddings.status, clock[0] = [200], 31.0

    assert asked_while_away == 1
    assert len(encoder.questions(["鱼"])) == 1


@pytest.mark.parametrize(
    "body", [b"no json", b'{"data": []}', b'{"data": [{"index": 0, "embedding": ["x"]}]}']
)
def test_what_is_no_list_of_embeddings_is_a_failure_and_no_crash(embeddings: Service, body: bytes) -> None:
    embeddings.body = body

    with pytest.raises(EncoderFailed):
        RemoteEncoder(Endpoint(embeddings.url, "m")).questions(["鱼"])


def test_a_dead_address_is_a_failure_that_names_it() -> None:
    with pytest.raises(EncoderFailed, match=r"127\.0\.0\.1"):
        RemoteEncoder(Endpoint("http://127.0.0.1:9/v1", "m", timeout=0.5, retries=0)).questions(["鱼"])
