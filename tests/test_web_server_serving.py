"""The served process starts with one line, ends cleanly, and says in one line why it cannot start."""

import json
import re
import signal
import socket
import threading
import time

import psutil
import pytest

from tests.served import free_port, run, serving


def test_the_start_line_names_the_address(server):
    assert server.url in server.log.read_text()


def test_it_is_gunicorn_with_threads_and_not_the_development_server(server):
    assert server.request("/healthz/live").headers["Server"].startswith("gunicorn")
    assert "WARNING: This is a development server" not in server.log.read_text()


def test_readiness_counts_what_can_be_found(server):
    ready = server.request("/healthz/ready").json()

    assert ready["status"] == ready["database"] == ready["index"] == "ok"
    assert ready["passages"] >= 42


def test_an_answer_comes_over_http(server):
    answer = server.ask("活鱼凌晨到港能预约通关吗").json()

    assert answer["status"] == "answered"
    assert answer["citations"][0]["section"] == "2.1.1"


def test_plain_requests_are_answered_while_slow_clients_hold_connections(server):
    held = [socket.create_connection(server.url.removeprefix("http://").split(":")) for _ in range(4)]
    for connection in held:
        connection.sendall(b"POST /api/v1/chat HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n")

    assert server.request("/healthz/live").status == 200

    for connection in held:
        connection.close()


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_interrupt_termination_and_hang_up_end_it_with_code_0_and_no_traceback(home, tmp_path, sent):
    with serving(home, tmp_path / "log") as running:
        code = running.stop(sent)

    assert code == 0
    assert "Traceback" not in running.log.read_text()


def test_a_request_under_way_is_answered_before_a_terminated_server_ends(home, tmp_path):
    with serving(home, tmp_path / "log") as running:
        replies = []
        asking = threading.Thread(target=lambda: replies.append(running.ask("离港确认模式归谁管")))
        asking.start()
        time.sleep(0.02)
        running.stop(signal.SIGTERM)
        asking.join()

    assert [reply.status for reply in replies] == [200]


def test_two_workers_serve_the_same_index_and_read_it_once(home, tmp_path):
    with serving(home, tmp_path / "log", workers=2) as running:
        names = {running.request("/healthz/ready").json()["generation"] for _ in range(8)}

    assert len(names) == 1


def test_a_port_in_use_is_one_clear_line(home):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ended = run(home, "serve", port=taken.getsockname()[1])

    assert ended.returncode == 69
    assert ended.stderr.count("\n") == 1
    assert "GUANWEN_PORT" in ended.stderr


def test_an_address_of_another_machine_is_one_clear_line(home):
    ended = run(home, "serve", host="203.0.113.1", port=free_port())

    assert (ended.returncode, ended.stderr.count("\n")) == (69, 1)
    assert "GUANWEN_HOST" in ended.stderr


def test_a_folder_that_cannot_be_written_is_one_clear_line(tmp_path):
    (tmp_path / "file").touch()
    ended = run(tmp_path / "file" / "var", "serve", port=free_port())

    assert (ended.returncode, ended.stderr.count("\n")) == (73, 1)
    assert "GUANWEN_HOME" in ended.stderr


def test_an_empty_folder_is_sent_to_init_in_one_line(tmp_path):
    ended = run(tmp_path / "new", "serve", port=free_port())

    assert (ended.returncode, ended.stderr.count("\n")) == (69, 1)
    assert "guanwen init" in ended.stderr


def test_a_missing_index_is_one_line_that_names_the_remedy(home):
    (home / "index" / "CURRENT").unlink()
    ended = run(home, "serve", port=free_port())

    assert (ended.returncode, ended.stderr.count("\n")) == (69, 1)
    assert "guanwen publish" in ended.stderr


def test_a_worker_that_dies_is_replaced(home, tmp_path):
    with serving(home, tmp_path / "log") as running:
        master = psutil.Process(running.process.pid)
        (worker,) = [child for child in master.children() if child.cmdline()[-1] == "serve"]
        worker.kill()
        worker.wait(10)
        status = _patiently(lambda: running.request("/healthz/ready").status)
        replaced = worker.pid not in {child.pid for child in master.children()}

    assert replaced
    assert status == 200


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        (b"GET /13800005678" + b"a" * 9000 + b" HTTP/1.1\r\n\r\n", 414, "address_too_long"),
        (b"GET / HTTP/1.1\r\nX: 13800005678" + b"a" * 20_000 + b"\r\n\r\n", 431, "headers_too_large"),
        (b"13800005678\r\n\r\n", 400, "bad_request"),
    ],
    ids=["address", "headers", "request line"],
)
def test_what_is_not_http_gets_a_problem_document_and_leaves_nothing_private_in_the_log(
    server, sent, status, code
):
    head, headers, body = _exchange(server, sent)
    (line,) = [line for line in server.log_lines() if line.get("request_id") == headers["X-Request-ID"]]

    assert head.startswith(f"HTTP/1.1 {status} ")
    assert headers["Content-Type"] == "application/problem+json"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert (body["status"], body["code"], body["request_id"]) == (status, code, headers["X-Request-ID"])
    assert (line["level"], line["status"]) == ("warning", status)
    assert "13800005678" not in server.log.read_text()
    assert "ip=" not in server.log.read_text()


@pytest.mark.parametrize(
    ("path", "chunks", "status"),
    [
        ("/api/v1/chat", b"zz\r\nabc\r\n0\r\n\r\n", 400),
        ("/api/v1/chat", b"3\r\nabcXX0\r\n\r\n", 400),
        ("/ask", b"zz\r\nabc\r\n0\r\n\r\n", 400),
        ("/api/v1/chat", (b"2000\r\n" + b"x" * 0x2000 + b"\r\n") * 9 + b"0\r\n\r\n", 413),
    ],
    ids=["no chunk size", "no chunk end", "form", "too large"],
)
def test_a_broken_or_endless_chunked_body_is_the_clients_fault(server, path, chunks, status):
    kind = "application/json" if path.startswith("/api") else "application/x-www-form-urlencoded"
    head = (
        f"POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
        f"Content-Type: {kind}\r\nTransfer-Encoding: chunked\r\n\r\n"
    )

    assert _sent(server, head.encode() + chunks).startswith(f"HTTP/1.1 {status} ")


def test_a_chunked_question_is_answered(server):
    body = json.dumps({"message": "你好"}).encode()
    head = b"POST /api/v1/chat HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n"
    chunk = b"Content-Type: application/json\r\n\r\n%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)

    assert _sent(server, head + chunk).startswith("HTTP/1.1 200 ")


def _exchange(server, sent):
    """Status line, headers and decoded JSON body of the reply to raw bytes."""
    head, _, body = _sent(server, sent).partition("\r\n\r\n")
    status, *lines = head.split("\r\n")
    return status, dict(line.split(": ", 1) for line in lines), json.loads(body)


def _sent(server, content):
    """All that comes back for raw bytes."""
    received = b""
    with socket.create_connection(server.url.removeprefix("http://").split(":"), timeout=10) as connection:
        connection.sendall(content)
        while piece := connection.recv(65536):
            received += piece
    return received.decode()


def _patiently(request, seconds=10):
    """What ``request`` gives, once the connection is no longer refused."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            return request()
        except OSError:
            time.sleep(0.1)
    return None


def test_log_lines_have_no_colour_codes(server):
    assert not re.search("\x1b", server.log.read_text())
