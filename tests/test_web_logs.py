"""Logs say what happened, under the request's id, and nothing of what people wrote."""

import json
import logging

import pytest

from tests.served import serving
from web import logs
from web.logs import mask_personal_data
from web.settings import Settings

QUESTION = "我是张三，手机13800005678，离港确认模式归谁管"


@pytest.fixture(scope="module")
def talked(module_home):
    """A server that was asked, refused and disturbed; stopped, so that its log is whole."""
    with serving(module_home, module_home.with_name("log"), rate_per_minute=0) as running:
        running.ask(QUESTION)
        running.request("/api/v1/documents?q=13800005678", headers={"X-Request-ID": "trace-me-please"})
        running.request("/api/v1/tickets/WT-20261123-0001", headers={"X-Access-Code": "SECR-ETCD"})
        running.request("/api/v1/chat", b"{")
        running.request("/api/v1/chat", {"message": "离港确认模式归谁管"}, {"Accept": "text/event-stream"})
        running.stop()
        yield running


def test_every_request_is_one_line_with_who_what_and_how_long(talked):
    lines = [line for line in talked.log_lines() if line["event"] == "request" and "/api/" in line["path"]]

    assert sorted(line["status"] for line in lines) == [200, 200, 200, 400, 404]
    for line in lines:
        assert {"timestamp", "level", "request_id", "client", "method", "path", "ms"} <= set(line)
        assert line["ms"] >= 0


def test_a_line_carries_the_id_that_the_client_gave(talked):
    (line,) = [line for line in talked.log_lines() if line["request_id"] == "trace-me-please"]

    assert line["path"] == "/api/v1/documents"


def test_no_question_number_code_or_address_is_in_the_log(talked):
    text = talked.log.read_text()

    for private in ("离港确认", "张三", "13800005678", "SECR-ETCD", '127.0.0.1"'):
        assert private not in text


def test_apart_from_the_lines_there_is_only_the_start_and_the_end(talked):
    others = [line for line in talked.log.read_text().splitlines() if not line.startswith("{")]

    assert len(others) == 2
    assert talked.url in others[0]


def test_personal_data_in_any_text_is_masked_and_ids_are_left_alone():
    event = {"event": "x", "note": "电话13800005678", "request_id": "13800005678", "count": 3}

    assert mask_personal_data(None, "info", event) == {
        "event": "x",
        "note": "电话〔手机号〕",
        "request_id": "13800005678",
        "count": 3,
    }


@pytest.fixture
def _restored_logging():
    root = logging.getLogger()
    before = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = before


@pytest.mark.usefixtures("_restored_logging")
def test_a_library_that_logs_personal_data_is_masked_too(capsys, tmp_path):
    logs.configure(Settings(home=tmp_path, log_format="json"))

    logging.getLogger("some.library").warning("sent to %s", "a.person@example.com")

    line = json.loads(capsys.readouterr().err)
    assert line["event"] == "sent to 〔邮箱〕"
    assert line["level"] == "warning"


@pytest.mark.usefixtures("_restored_logging")
def test_an_exception_is_one_json_line_with_its_place(capsys, tmp_path):
    logs.configure(Settings(home=tmp_path, log_format="json"))

    try:
        int("bad 13800005678")
    except ValueError:
        logging.getLogger("web").exception("failed")

    (written,) = capsys.readouterr().err.splitlines()
    assert "test_web_logs.py" in json.loads(written)["exception"]
    assert "13800005678" not in written


@pytest.mark.usefixtures("_restored_logging")
def test_text_for_people_has_no_braces_and_levels_below_are_silent(capsys, tmp_path):
    logs.configure(Settings(home=tmp_path, log_format="text", log_level="warning"))

    logging.getLogger("web").info("quiet")
    logging.getLogger("web").warning("loud")

    written = capsys.readouterr().err
    assert "loud" in written
    assert "quiet" not in written
    assert "{" not in written
