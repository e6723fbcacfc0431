"""Few answers are made at once in one process, however many ask: more would only take turns."""
# ruff: noqa: F811 - fixtures are imported under the names they are asked for by

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.app_fixtures import Visitor, app  # noqa: F401 - fixtures
from web.api.asking import chat as api_chat
from web.portal.asking import chat as portal_chat
from web.settings import Settings
from web.state.front_desk import open_front_desk

ASKERS = 8


class Counted:
    """Stands before the real ``converse`` and counts how many are inside at once."""

    def __init__(self, converse):
        self.converse, self.inside, self.most, self.lock = converse, 0, 0, threading.Lock()

    def __call__(self, *given, **named):
        with self.lock:
            self.inside += 1
            self.most = max(self.most, self.inside)
        time.sleep(0.02)  # long enough for all others to come in, if they may
        try:
            return self.converse(*given, **named)
        finally:
            with self.lock:
                self.inside -= 1


def ask_by_api(app):
    return app.test_client().post("/api/v1/chat", json={"message": "离港确认归谁管"}).status_code


def ask_by_form(app):
    return Visitor(app).ask("离港确认归谁管").status


@pytest.mark.parametrize(
    ("door", "ask"), [(api_chat, ask_by_api), (portal_chat, ask_by_form)], ids=["api", "form"]
)
def test_all_who_ask_at_once_are_answered_two_at_a_time(app, monkeypatch, door, ask):
    counted = Counted(door.converse)
    monkeypatch.setattr(door, "converse", counted)
    with ThreadPoolExecutor(ASKERS) as askers:
        answered = list(askers.map(lambda _: ask(app), range(ASKERS)))

    assert answered == [200] * ASKERS
    assert counted.most == 2


def test_who_asks_an_address_for_vectors_waits_for_it_and_not_for_the_others(initialised_home):
    address = Settings(home=initialised_home, threads=5, embeddings_url="http://127.0.0.1:9/v1")
    front = open_front_desk(address)
    try:
        assert [front.answering.acquire(blocking=False) for _ in range(6)] == [True] * 5 + [False]
    finally:
        front.close()
