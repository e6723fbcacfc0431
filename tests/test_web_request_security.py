"""What protects visitors: headers on every response, form tokens, size limits, no inside information."""

import pytest

from web.api.asking import chat
from web.app import create_app
from web.settings import Settings
from web.state.home import open_home

PAGES = ["/", "/api/v1/docs", "/api/v1/documents", "/healthz/live", "/no-such-page", "/api/v1/none"]


@pytest.fixture(scope="module")
def app(module_home):
    return create_app(Settings(home=module_home, rate_per_minute=0))


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.mark.parametrize("path", PAGES)
def test_every_response_carries_the_headers(client, path):
    headers = client.get(path).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))

    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "Strict-Transport-Security" not in headers


def test_https_is_insisted_on_only_where_it_is_in_use(client):
    secure = client.get("/", base_url="https://guanwen.example")

    assert "max-age" in secure.headers["Strict-Transport-Security"]


@pytest.mark.parametrize("path", ["/", "/api/v1/docs", "/no-such-page"])
def test_no_page_has_an_inline_script_style_or_handler(client, path):
    page = client.get(path).text.lower()

    assert "<script>" not in page
    assert "<style" not in page
    assert ' style="' not in page
    assert ' onclick="' not in page


def test_a_form_without_its_token_is_refused_and_the_page_says_what_to_do(client):
    reply = client.post("/ask", data={"message": "离港确认模式归谁管"}, headers={"Accept-Language": "zh-CN"})

    assert reply.status_code == 400
    assert "刷新" in reply.text


def test_the_api_needs_no_token_because_it_takes_no_cookie(client):
    assert client.post("/api/v1/chat", json={"message": "你好"}).status_code == 200


def test_the_session_cookie_is_out_of_reach_for_scripts_and_other_sites(client):
    cookie = client.get("/").headers.get("Set-Cookie", "")

    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_the_session_cookie_travels_only_over_https_where_the_public_address_is_https(initialised_home):
    app = create_app(Settings(home=initialised_home, base_url="https://guanwen.example"))

    assert app.config["SESSION_COOKIE_SECURE"]


def test_a_request_beyond_the_limit_is_not_read(client):
    assert client.post("/api/v1/chat", data=b"x" * 70_000, content_type="application/json").status_code == 413


@pytest.mark.parametrize("given", ["5f0c2d9e", "trace-2026.11_23"])
def test_a_sane_request_id_is_taken_over(client, given):
    assert client.get("/healthz/live", headers={"X-Request-ID": given}).headers["X-Request-ID"] == given


@pytest.mark.parametrize(
    "given", ["", "short", "x" * 65, "a b c d e f", "<script>alert(1)", "５ｆ０ｃ２ｄ９ｅ"]
)
def test_any_other_request_id_is_replaced(client, given):
    headers = {"X-Request-ID": given.encode()} if given else {}
    received = client.get("/healthz/live", headers=headers).headers["X-Request-ID"]

    assert received != given
    assert len(received) == 32


@pytest.mark.parametrize("path", ["/api/v1/chat", "/api/v1/chat-stream"])
def test_a_defect_shows_a_number_to_report_and_nothing_of_the_inside(client, monkeypatch, path):
    def broken(*_args, **_kwargs):
        raise RuntimeError("secret detail")

    monkeypatch.setattr(chat, "converse", broken)
    accept = "text/event-stream" if path.endswith("stream") else "application/json"
    reply = client.post("/api/v1/chat", json={"message": "海关"}, headers={"Accept": accept})

    assert "secret detail" not in reply.text
    assert "Traceback" not in reply.text
    assert '"internal"' in reply.text
    assert reply.headers["X-Request-ID"] in reply.text


def test_forwarded_addresses_count_only_behind_trusted_proxies(initialised_home):
    forwarded = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "198.51.100.7"}
    direct = create_app(Settings(home=initialised_home))
    behind = create_app(Settings(home=initialised_home, trusted_proxies=1))

    assert "Strict-Transport-Security" not in direct.test_client().get("/", headers=forwarded).headers
    assert "Strict-Transport-Security" in behind.test_client().get("/", headers=forwarded).headers


def test_the_cookie_is_signed_with_the_secret_of_this_folder(app, module_home):
    assert app.config["SECRET_KEY"] == open_home(module_home).secrets.flask
