"""Fixtures for tests through the front doors: an initialised state folder, and a server on it."""

import io
import os
import shutil
import sys
from subprocess import CompletedProcess

import pytest

from tests.served import environment, run, serving
from web.cli import program


@pytest.fixture(scope="session")
def initialised_home(tmp_path_factory):
    """A state folder as ``guanwen init`` leaves it. Shared, so only read: others write to copies of it."""
    path = tmp_path_factory.mktemp("initialised") / "var"
    ended = run(path, "init")
    assert ended.returncode == 0, ended.stderr
    return path


@pytest.fixture
def home(initialised_home, tmp_path):
    """An initialised state folder of one's own."""
    return shutil.copytree(initialised_home, tmp_path / "var")


@pytest.fixture(scope="module")
def module_home(initialised_home, tmp_path_factory):
    """An initialised state folder for the tests of one module to write into."""
    return shutil.copytree(initialised_home, tmp_path_factory.mktemp("module") / "var")


@pytest.fixture(scope="module")
def server(module_home):
    """A running server for the tests of one module, without a rate limit."""
    with serving(module_home, module_home.with_name("log"), rate_per_minute=0) as running:
        yield running


@pytest.fixture
def guanwen(monkeypatch, capsys):
    """Runs a command line like ``tests.served.run``, but in this process: quick, always in English."""

    def run_here(home, *arguments, stdin="", **settings):
        with monkeypatch.context() as patch:
            for name in [name for name in os.environ if name.startswith("GUANWEN_")]:
                patch.delenv(name)
            for name, value in environment(home, **settings).items():
                patch.setenv(name, value)
            patch.setattr(
                sys,
                "stdin",
                io.TextIOWrapper(io.BytesIO(stdin if isinstance(stdin, bytes) else stdin.encode())),
            )
            capsys.readouterr()
            code = program.run(list(arguments))
        return CompletedProcess(arguments, int(code), *capsys.readouterr())

    return run_here
