"""The real server: gunicorn as a library, with one clear line when it is ready and when it cannot be.

Processes that live beside the server are started with it and ended with it.
"""

import gc
import logging
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from web.app import create_app
from web.request.visit import front_desk_of
from web.server.gunicorn_worker import Worker
from web.server.listener import address, bind
from web.settings import Settings
from web.speech import say
from web.state.encoder_choice import encoder_for
from web.state.front_desk import FrontDesk

_PATIENCE_SECONDS = 5


class Companions:
    """What ``guanwen serve`` keeps running beside its workers; each is a ``guanwen`` command of its own.

    A companion also ends by itself when the server is gone, so that a killed server leaves nothing behind.
    """

    def __init__(self, settings: Settings) -> None:
        self._commands = [["vectors", "--follow"]] if encoder_for(settings) else []
        self._running: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        """Start all of them, with the environment and the log of this process."""
        for command in self._commands:
            self._running.append(subprocess.Popen([sys.executable, "-m", "web.cli", *command]))  # noqa: S603

    def stop(self) -> None:
        """End all of them, and wait until they have."""
        for process in self._running:
            process.terminate()
        for process in self._running:
            try:
                process.wait(_PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
        self._running.clear()


_GRACE_SECONDS = 10
_MEMORY_FOLDER = Path("/dev/shm")  # noqa: S108 - for heartbeat files without names, opened and unlinked at once


class QuietLogger(Logger):  # type: ignore[misc]
    """Gunicorn's voice in our own log: warnings and worse. Requests are logged by ``request_ids``."""

    def setup(self, cfg: Any) -> None:
        """Leave handlers and format to ``web.logs``; on disk there is nothing to reopen."""
        self.error_log = logging.getLogger("gunicorn.error")
        self.error_log.setLevel(logging.WARNING)
        self.error_log.handlers.clear()
        self.error_log.propagate = True

    def access(self, *_args: Any, **_kwargs: Any) -> None:
        """Nothing: one line per request is enough."""


class Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn with threads around an application that is loaded before the workers fork.

    Loaded before, because the dictionaries take a second and 120 MB: read once, they are shared by all
    workers, and whatever is wrong with them is said once instead of by every worker.
    """

    def __init__(self, app: Flask, listener: socket.socket, settings: Settings) -> None:
        self.application = app
        self.listener = listener
        self.settings = settings
        self.companions = Companions(settings)
        super().__init__()

    def load_config(self) -> None:
        """Only what differs from gunicorn's defaults."""
        for name, value in self._options().items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """The application that was made before the first fork."""
        return self.application

    def reload(self) -> None:
        """A hang-up ends the server like a termination: its options cannot be made twice from one socket."""
        raise StopIteration

    def _options(self) -> dict[str, Any]:
        return {
            # Bound here, so that a port in use is one line and not gunicorn's five attempts.
            "bind": f"fd://{self.listener.detach()}",
            "worker_class": Worker,
            "workers": self.settings.workers,
            "threads": self.settings.threads,
            "preload_app": True,
            "timeout": 60,
            "graceful_timeout": _GRACE_SECONDS,
            "logger_class": QuietLogger,
            "worker_tmp_dir": _heartbeat_folder(),
            "control_socket_disable": True,
            # Only trusted_proxies decides whose X-Forwarded-Proto counts.
            "forwarded_allow_ips": "",
            "when_ready": lambda _arbiter: self._opened(),
            "on_exit": lambda _arbiter: self._closed(),
        }

    def _opened(self) -> None:
        self.companions.start()
        _announce(self.settings)

    def _closed(self) -> None:
        self.companions.stop()
        click.echo(say("关问已停止", "Guanwen has stopped"), err=True)


def serve(settings: Settings) -> None:
    """Serve until interrupted; ends the process with code 0.

    Raises ``Refusal`` when the port is taken, the state folder unusable or nothing has been initialised.
    """
    listener = bind(settings.host, settings.port)
    app = create_app(settings)
    _prepare_fork(front_desk_of(app))
    Server(app, listener, settings).run()


def _prepare_fork(desk: FrontDesk) -> None:
    """A database connection must not be used on both sides of a fork; what has been loaded may be shared.

    Freezing keeps the garbage collector from touching, and thereby copying, the pages that workers share.
    """
    with desk.trial() as session:
        desk.desk.current_index(session)
    desk.close()
    gc.collect()
    gc.freeze()


def _announce(settings: Settings) -> None:
    url = address(settings.host, settings.port)
    click.echo(
        say(f"关问已开放：{url}（按 Ctrl-C 结束）", f"Guanwen is open at {url} (Ctrl-C to stop)"), err=True
    )


def _heartbeat_folder() -> str | None:
    """In memory where there is such a place: on a container's slow disk a heartbeat can block a worker."""
    return str(_MEMORY_FOLDER) if os.access(_MEMORY_FOLDER, os.W_OK | os.X_OK) else None
