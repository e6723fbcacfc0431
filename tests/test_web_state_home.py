"""The state folder keeps its secrets to itself, makes them once and says plainly when it cannot."""

import os
import stat
from base64 import urlsafe_b64decode
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from web.exits import ExitCode, Refusal
from web.state.home import SECRET_NAMES, open_home


def _mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def _client_key(path):
    return open_home(path).secrets.client


def test_the_folder_and_its_secrets_are_readable_by_their_owner_only(tmp_path):
    home = open_home(tmp_path / "state")

    assert _mode(home.path) == 0o700
    assert _mode(home.path / "secrets") == 0o700
    for name in SECRET_NAMES:
        assert _mode(home.path / "secrets" / name) == 0o600


def test_secrets_stay_the_same_from_start_to_start(tmp_path):
    assert open_home(tmp_path).secrets == open_home(tmp_path).secrets


def test_no_two_purposes_share_a_key_and_each_has_256_bits(tmp_path):
    secrets = open_home(tmp_path).secrets
    keys = {secrets.flask, secrets.contact, secrets.ticket_code, secrets.client}

    assert len(keys) == 4
    assert all(len(urlsafe_b64decode(key)) == 32 for key in keys)


def test_secrets_do_not_show_when_printed(tmp_path):
    home = open_home(tmp_path)

    assert home.secrets.client.decode() not in repr(home)


def test_processes_that_start_at_once_agree_on_the_secrets(tmp_path):
    with ProcessPoolExecutor(4, mp_context=get_context("spawn")) as pool:
        keys = set(pool.map(_client_key, [tmp_path / "state"] * 12))

    assert len(keys) == 1


def test_a_secret_that_others_can_read_is_closed_again(tmp_path):
    open_home(tmp_path)
    exposed = tmp_path / "secrets" / "flask"
    exposed.chmod(0o644)

    open_home(tmp_path)

    assert _mode(exposed) == 0o600


def test_a_damaged_secret_is_refused_by_name_and_not_replaced(tmp_path):
    open_home(tmp_path)
    damaged = tmp_path / "secrets" / "contact"
    damaged.write_text("half a k")

    with pytest.raises(Refusal) as refusal:
        open_home(tmp_path)

    assert str(damaged) in refusal.value.en
    assert damaged.read_text() == "half a k"


def test_a_file_in_the_folders_place_is_refused_in_one_line(tmp_path):
    (tmp_path / "state").write_text("")

    with pytest.raises(Refusal) as refusal:
        open_home(tmp_path / "state")

    assert refusal.value.code == ExitCode.CANNOT_WRITE
    assert str(tmp_path / "state") in refusal.value.zh


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_write_permission_is_refused(tmp_path):
    tmp_path.chmod(0o500)

    with pytest.raises(Refusal, match="cannot be written"):
        open_home(tmp_path / "state")
