"""The served product under load: real ``guanwen serve``, eight clients, every answer written."""

import http.client
import itertools
import json
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import psutil

from benchmarks.state_folder import GUANWEN, by_words

_CLIENTS = 8
_START_SECONDS = 30


def measure_served(home: Path, questions: Sequence[str], seconds: int) -> dict[str, float]:
    """Answers a second over HTTP, how many failed, and the memory of the largest worker in MB."""
    port = free_port()
    server = subprocess.Popen(
        [GUANWEN, "serve"],
        env=by_words(home) | {"GUANWEN_PORT": str(port), "GUANWEN_LOG_LEVEL": "warning"},
        stderr=sys.stderr,
    )
    try:
        wait_for(port)
        _load(port, questions, 1)
        began = time.perf_counter()
        answered, failed = _load(port, questions, seconds)
        took = time.perf_counter() - began
        memory = max(worker.memory_info().rss for worker in psutil.Process(server.pid).children())
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=20)
    return {
        "answers a second over HTTP, 8 clients": answered / took,
        "errors over HTTP": float(failed),
        "memory of one worker, MB": memory / 1e6,
    }


def _load(port: int, questions: Sequence[str], seconds: int) -> tuple[int, int]:
    stop_at = time.monotonic() + seconds
    results: list[bool] = []
    clients = [
        threading.Thread(
            target=_ask_until, args=(port, questions[number:] + questions[:number], stop_at, results)
        )
        for number in range(_CLIENTS)
    ]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    return results.count(True), results.count(False)


def _ask_until(port: int, questions: Sequence[str], stop_at: float, results: list[bool]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    for question in itertools.cycle(questions):
        if time.monotonic() > stop_at:
            break
        body = json.dumps({"message": question})
        connection.request("POST", "/api/v1/chat", body, {"Content-Type": "application/json"})
        response = connection.getresponse()
        response.read()
        results.append(response.status == 200)
    connection.close()


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def wait_for(port: int) -> None:
    """Wait until the server on ``port`` is ready."""
    for _ in range(_START_SECONDS * 10):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=1)
            connection.request("GET", "/healthz/ready")
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise SystemExit("the server did not become ready")
