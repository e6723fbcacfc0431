"""One client may ask so often and no more, whichever process it reaches."""

from datetime import UTC, datetime

import pytest

from tests.served import serving
from web import clock
from web.app import create_app
from web.settings import Settings

LIMIT = 5


@pytest.fixture
def client(home):
    return create_app(Settings(home=home, rate_per_minute=LIMIT, trusted_proxies=1)).test_client()


def ask(client, address="192.0.2.1", message="你好"):
    return client.post("/api/v1/chat", json={"message": message}, headers={"X-Forwarded-For": address})


def statuses(client, count, **about):
    return [ask(client, **about).status_code for _ in range(count)]


@pytest.fixture(autouse=True)
def _one_minute(monkeypatch):
    """All requests of a test fall into one window, also when the clock's minute turns meanwhile."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 23, 12, 0, 30, tzinfo=UTC))


def test_the_request_after_the_last_allowed_is_told_when_to_come_back(client):
    assert statuses(client, LIMIT) == [200] * LIMIT

    refused = ask(client)

    assert refused.status_code == 429
    assert refused.json["code"] == "too_many_requests"
    assert 1 <= int(refused.headers["Retry-After"]) <= 60


def test_other_clients_are_not_held_up(client):
    statuses(client, LIMIT + 1)

    assert ask(client, address="192.0.2.2").status_code == 200


def test_a_refused_question_counts_too(client):
    assert statuses(client, LIMIT, message="") == [422] * LIMIT
    assert ask(client).status_code == 429


def test_addresses_of_one_ipv6_customer_are_one_client(client):
    for number in range(LIMIT):
        ask(client, address=f"2001:db8:1:1::{number + 1}")

    assert ask(client, address="2001:db8:1:1:ffff::1").status_code == 429
    assert ask(client, address="2001:db8:1:2::1").status_code == 200


def test_reading_is_not_limited(client):
    codes = {client.get("/api/v1/agencies").status_code for _ in range(LIMIT * 2)}

    assert codes == {200}


def test_trying_access_codes_is_limited(client):
    headers = {"X-Access-Code": "AAAA-AAAA"}
    codes = [
        client.get("/api/v1/tickets/WT-20261123-0001", headers=headers).status_code for _ in range(LIMIT + 1)
    ]

    assert codes == [404] * LIMIT + [429]


def test_no_address_is_stored(client, home):
    ask(client, address="203.0.113.77")
    stored = b"".join(path.read_bytes() for path in home.glob("guanwen.db*"))

    assert b"203.0.113.77" not in stored


def test_a_limit_of_0_is_no_limit(home):
    client = create_app(Settings(home=home, rate_per_minute=0)).test_client()

    assert {client.post("/api/v1/chat", json={"message": "你好"}).status_code for _ in range(40)} == {200}


def test_all_processes_count_together(home, tmp_path):
    with serving(home, tmp_path / "log", workers=2, rate_per_minute=10) as running:
        codes = [running.ask("你好").status for _ in range(24)]

    # The minute may turn while the test runs, and then the count begins anew.
    assert 10 <= codes.count(200) <= 20
    assert codes.count(429) == 24 - codes.count(200)
