"""Fixtures for tests through the front doors: an initialised state folder, and a server on it."""

import shutil

import pytest

from tests.served import run, serving


@pytest.fixture(scope="session")
def initialised_home(tmp_path_factory):
    """A state folder as ``guanwen init`` leaves it. Shared: copy it before writing (``home``)."""
    path = tmp_path_factory.mktemp("initialised") / "var"
    ended = run(path, "init")
    assert ended.returncode == 0, ended.stderr
    return path


@pytest.fixture
def home(initialised_home, tmp_path):
    """An initialised state folder of one's own."""
    return shutil.copytree(initialised_home, tmp_path / "var")


@pytest.fixture(scope="module")
def server(initialised_home, tmp_path_factory):
    """A running server for the tests of one module, without a rate limit."""
    folder = tmp_path_factory.mktemp("served")
    state = shutil.copytree(initialised_home, folder / "var")
    with serving(state, folder / "log", rate_per_minute=0) as running:
        yield running
