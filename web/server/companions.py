"""Processes that live beside the server: started with it, ended with it."""

import subprocess
import sys

from web.settings import Settings
from web.state.encoder_choice import encoder_for

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
