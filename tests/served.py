"""A real ``guanwen`` in a folder of its own: the command line, and the served process on a free port."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
_START_SECONDS = 30
_STOP_SECONDS = 15


@dataclass
class Reply:
    """An HTTP response, whatever its status."""

    status: int
    headers: dict[str, str]
    text: str

    def json(self):
        """The body, decoded."""
        return json.loads(self.text)


@dataclass
class Served:
    """A running server: where it is, its process, and the file its stderr goes to."""

    url: str
    process: subprocess.Popen
    log: Path
    home: Path

    def request(self, path, body=None, headers=None, method=None):
        """The reply to a GET, or to a POST of ``body`` as JSON (or as it is, when bytes)."""
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        sent = {"Content-Type": "application/json"} if data is not None else {}
        request = urllib.request.Request(
            self.url + path, data, {**sent, **(headers or {})}, method=method or ("POST" if data else "GET")
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return Reply(response.status, dict(response.headers), response.read().decode())
        except urllib.error.HTTPError as error:
            return Reply(error.code, dict(error.headers), error.read().decode())

    def ask(self, message, **fields):
        """The reply of ``POST /api/v1/chat``."""
        return self.request("/api/v1/chat", {"message": message, **fields})

    def log_lines(self):
        """The structured log lines written so far."""
        return [json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{")]

    def stop(self, sent=signal.SIGINT):
        """Ask the server to end and give its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(sent)
        return self.process.wait(_STOP_SECONDS)


def environment(home, **settings):
    """This environment without settings of ours, then ``home`` and ``settings`` (by field name)."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GUANWEN_")}
    ours = {f"GUANWEN_{name.upper()}": str(value) for name, value in settings.items()}
    return {**kept, "LC_ALL": "C.UTF-8", "GUANWEN_HOME": str(home), **ours}


def run(home, *arguments, stdin=None, language="C.UTF-8", patience=120, **settings):
    """The ended process of ``guanwen <arguments>``; it may take ``patience`` seconds."""
    return subprocess.run(
        [sys.executable, "-m", "web.cli", *arguments],
        env={**environment(home, **settings), "LC_ALL": language},
        cwd=PROJECT,
        input=stdin,
        capture_output=True,
        text=True,
        timeout=patience,
        check=False,
    )


def free_port():
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(home, log, **settings) -> Iterator[Served]:
    """A server on an initialised ``home``, ready to answer; stopped at the end."""
    port = settings.pop("port", None) or free_port()
    settings = {"workers": 1, "threads": 8, "log_format": "json", **settings, "port": port}
    with log.open("w") as stderr:
        process = subprocess.Popen(
            [sys.executable, "-m", "web.cli", "serve"],
            env=environment(home, **settings),
            cwd=PROJECT,
            stderr=stderr,
        )
    server = Served(f"http://127.0.0.1:{port}", process, log, home)
    try:
        _wait_until_ready(server)
        yield server
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(_STOP_SECONDS)


def _wait_until_ready(server):
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if server.process.poll() is not None:
            raise AssertionError(
                f"the server ended with {server.process.returncode}: {server.log.read_text()}"
            )
        try:
            if server.request("/healthz/ready").status == 200:
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"not ready after {_START_SECONDS} s: {server.log.read_text()}")
