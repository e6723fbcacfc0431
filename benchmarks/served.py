"""The served product: real ``guanwen serve``, and eight clients of it, every answer written."""

import http.client
import itertools
import json
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import psutil

from benchmarks.state_folder import GUANWEN

_CLIENTS = 8
_START_SECONDS = 30


@dataclass(frozen=True)
class Load:
    """What eight clients saw, and the memory of the largest worker after in MB."""

    answers_a_second: float
    errors: int
    memory: float


def measure_load(environment: Mapping[str, str], questions: Sequence[str], seconds: int) -> Load:
    """A server with this environment, asked for so many seconds."""
    with serving(environment) as (port, server):
        _load(port, questions, 1)
        began = time.perf_counter()
        answered, failed = _load(port, questions, seconds)
        took = time.perf_counter() - began
        memory = max(worker.memory_info().rss for worker in server.children())
    return Load(answered / took, failed, memory / 1e6)


@contextmanager
def serving(environment: Mapping[str, str]) -> Iterator[tuple[int, psutil.Process]]:
    """A ready server with this environment, by its port and process; it ends with the block."""
    port = free_port()
    server = subprocess.Popen(
        [GUANWEN, "serve"],
        env={**environment, "GUANWEN_PORT": str(port), "GUANWEN_LOG_LEVEL": "warning"},
        stderr=sys.stderr,
    )
    try:
        wait_for(port)
        yield port, psutil.Process(server.pid)
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=20)


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
