"""The head of a document file: what it must say, and what is said when it does not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.problems import line_of
from kb.text.front_matter import FrontMatter, body_offset, read_front_matter

HEAD = """\
---
id: ferry-plan
title: 渡口方案
kind: plan
number: 007
issuer: 渡口办
issued_on: 2025-01-02
effective_on: null
status: in_force
script: hans
source: 渡口公报
---
"""
BODY = "一、任务\n"


def flaws_of(text: str) -> list[tuple[int, str]]:
    """Line and English reason of every flaw."""
    found, flaws = read_front_matter(text)

    assert found is None
    return [(line_of(text, flaw.at), flaw.reason_en) for flaw in flaws]


def test_every_field_is_read_as_it_is_written() -> None:
    found, flaws = read_front_matter(HEAD + BODY)

    assert flaws == []
    assert found == FrontMatter(
        id="ferry-plan",
        title="渡口方案",
        kind="plan",
        issuer="渡口办",
        status="in_force",
        script="hans",
        number="007",
        issued_on=date(2025, 1, 2),
        effective_on=None,
        expires_on=None,
        source="渡口公报",
    )


def test_the_verbatim_text_begins_behind_the_second_line_of_dashes() -> None:
    text = HEAD + "\n  " + BODY

    assert text[body_offset(text) :] == "\n  " + BODY


def test_windows_line_ends_and_a_byte_order_mark_change_nothing() -> None:
    text = "\ufeff" + (HEAD + BODY).replace("\n", "\r\n")

    assert read_front_matter(text) == read_front_matter(HEAD)
    assert text[body_offset(text) :] == BODY.replace("\n", "\r\n")


@pytest.mark.parametrize("text", ["", BODY, "--\nid: a\n--\n", "---\nid: a\n", "\n" + HEAD])
def test_a_file_without_front_matter_is_all_text(text: str) -> None:
    assert flaws_of(text) == [(1, "front matter is missing: YAML between two --- lines comes first")]
    assert body_offset(text) == 0


@pytest.mark.parametrize("field", ["id", "title", "kind", "issuer", "status", "script"])
def test_a_missing_field_is_named(field: str) -> None:
    lines = [line for line in HEAD.splitlines(keepends=True) if not line.startswith(f"{field}:")]

    assert flaws_of("".join(lines)) == [(1, f"front matter: {field} is missing")]


@pytest.mark.parametrize(
    ("line", "wrong", "number", "reason"),
    [
        ("id: ferry-plan", "id: Ferry Plan", 2, "id is blank or of a wrong form"),
        ("title: 渡口方案", 'title: " "', 3, "title is blank or of a wrong form"),
        ("title: 渡口方案", "title:", 3, "title must be text"),
        ("title: 渡口方案", "title: [渡口, 方案]", 3, "title must be text"),
        ("issued_on: 2025-01-02", "issued_on: 2025-13-02", 7, "issued_on must be a date, year-month-day"),
        ("issued_on: 2025-01-02", "issued_on: 去年", 7, "issued_on must be a date, year-month-day"),
        ("source: 渡口公报", "sauce: 渡口公报", 11, "sauce is not a known field"),
        ("script: hans", "script: latin", 10, "script must be 'hans' or 'hant'"),
    ],
)
def test_a_wrong_field_is_named_with_its_line(line: str, wrong: str, number: int, reason: str) -> None:
    assert flaws_of(HEAD.replace(line, wrong)) == [(number, f"front matter: {reason}")]


def test_several_wrong_fields_are_told_at_once() -> None:
    text = HEAD.replace("kind: plan", "kind: poem").replace("status: in_force", "status: fresh")

    assert [line for line, _ in flaws_of(text)] == [4, 9]


def test_a_document_that_could_never_be_in_force_is_refused() -> None:
    text = HEAD.replace("issued_on: 2025-01-02\n", "")

    assert flaws_of(text) == [(1, "front matter: issued_on or effective_on has to be given")]


def test_broken_yaml_is_refused_where_it_breaks() -> None:
    ((line, reason),) = flaws_of(HEAD.replace("kind: plan", "kind: [plan"))

    assert line == 5
    assert reason.startswith("front matter is not YAML")


@pytest.mark.parametrize("yaml", ["- a\n- b\n", "文字\n", ""])
def test_front_matter_that_is_no_mapping_is_refused(yaml: str) -> None:
    ((line, reason),) = flaws_of(f"---\n{yaml}---\n")

    assert (line, reason) == (2, "front matter is not YAML: fields with values were expected")


@given(st.text(alphabet="-: \n\r[]{}!&*#|>'\"%@`?~=,ab1\ufeff\t\x00", max_size=60))
def test_no_front_matter_makes_the_reader_fail(yaml: str) -> None:
    found, flaws = read_front_matter(f"---\n{yaml}\n---\n")

    assert found is None
    assert flaws
