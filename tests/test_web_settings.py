"""Settings come from the environment alone, and a bad one is named in one line."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from web import settings as settings_module
from web.exits import ExitCode, Refusal
from web.settings import PREFIX, Settings, read_settings, terminal_locale, variable


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch):
    for name in list(os.environ):
        if name.startswith(PREFIX) or name in settings_module.TERMINAL_VARIABLES:
            monkeypatch.delenv(name)


def test_without_any_variable_the_state_lives_in_var_under_the_project():
    settings = read_settings()

    assert settings.home == Path(__file__).resolve().parent.parent / "var"
    assert (settings.host, settings.port, settings.workers, settings.threads) == ("127.0.0.1", 8000, 2, 16)
    assert settings.max_chars == 500


def test_a_variable_changes_its_setting_and_an_empty_one_does_not(monkeypatch, tmp_path):
    monkeypatch.setenv("GUANWEN_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("GUANWEN_PORT", "")

    settings = read_settings()

    assert settings.home == tmp_path / "state"
    assert settings.port == 8000


def test_a_relative_home_becomes_absolute_before_anybody_changes_folder(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GUANWEN_HOME", "state")

    assert read_settings().home == tmp_path / "state"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GUANWEN_PORT", "eighty"),
        ("GUANWEN_PORT", "70000"),
        ("GUANWEN_WORKERS", "0"),
        ("GUANWEN_MAX_CHARS", "100000"),
        ("GUANWEN_LOCALE", "fr"),
        ("GUANWEN_LOG_LEVEL", "loud"),
        ("GUANWEN_BASE_URL", "guanwen.example"),
        ("GUANWEN_DATABASE_URL", "mysql://localhost/guanwen"),
        ("GUANWEN_DATABASE_URL", "postgresql://u:p@host:notaport/x"),
        ("GUANWEN_DATABASE_URL", "sqlite://"),
    ],
)
def test_a_bad_value_is_refused_by_the_name_of_its_variable(monkeypatch, name, value):
    monkeypatch.setenv(name, value)

    with pytest.raises(Refusal) as refusal:
        read_settings()

    assert refusal.value.code == ExitCode.BAD_SETTING == 78
    for line in (refusal.value.zh, refusal.value.en):
        assert name in line
        assert "\n" not in line
    reason = refusal.value.zh.split("（", 1)[1].split("）。它是", 1)[0]
    assert re.search("[\u4e00-\u9fff]", reason)
    assert not re.search(r"should|must|Input|\bor\b", reason)


def test_the_refusal_of_a_database_address_does_not_repeat_its_password(monkeypatch):
    monkeypatch.setenv("GUANWEN_DATABASE_URL", "mysql://guanwen:hunter2@localhost/guanwen")

    with pytest.raises(Refusal) as refusal:
        read_settings()

    assert "hunter2" not in refusal.value.zh + refusal.value.en


def test_a_misspelt_variable_is_refused_with_the_one_that_was_meant(monkeypatch):
    monkeypatch.setenv("GUANWEN_PROT", "9000")

    with pytest.raises(Refusal) as refusal:
        read_settings()

    assert "GUANWEN_PROT" in refusal.value.en
    assert "GUANWEN_PORT" in refusal.value.en


def test_settings_cannot_be_changed_once_read():
    settings = read_settings()

    with pytest.raises(ValidationError):
        settings.port = 9000


def test_every_setting_is_explained_in_both_languages():
    for name, field in Settings.model_fields.items():
        assert field.description, name
        assert isinstance(field.json_schema_extra, dict), name
        assert any("\u4e00" <= char <= "\u9fff" for char in field.json_schema_extra["zh"]), name


def test_the_database_address_is_not_shown_where_settings_are_printed(monkeypatch):
    monkeypatch.setenv("GUANWEN_DATABASE_URL", "postgresql://guanwen:hunter2@localhost/guanwen")

    assert "hunter2" not in repr(read_settings())


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh-Hans"),
        ({"LANG": "zh_TW.UTF-8"}, "zh-Hant"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "GUANWEN_LOCALE": "en"}, "en"),
        ({"LC_MESSAGES": "zh_HK", "LANG": "en_US.UTF-8"}, "zh-Hant"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_the_terminal_speaks_the_language_of_the_first_variable_that_is_set(monkeypatch, variables, expected):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    assert terminal_locale() == expected


def test_a_bad_setting_ends_any_command_with_one_line_and_its_own_exit_code():
    environment = {**os.environ, "GUANWEN_PORT": "eighty", "LC_ALL": "C.UTF-8"}

    ended = subprocess.run(
        [sys.executable, "-m", "web.cli", "serve"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 78
    assert ended.stdout == ""
    assert ended.stderr.count("\n") == 1
    assert variable("port") in ended.stderr
