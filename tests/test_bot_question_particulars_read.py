"""How well particulars are read: several authors' questions, each with the passage it is put to."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.finding import Evidence
from bot.question.sorts.particulars import not_stated
from indexer.text.script import Script, to_script
from kb.documents import knowledge
from kb.store.db import Session
from tests.databases import NOW
from tests.open_set import PLAN

Line = Mapping[str, str | None]

LINES: list[Line] = [
    json.loads(line)
    for line in (Path(__file__).parent / "data" / "particulars.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
ASKING = [line for line in LINES if line["kind"]]
LOOK_ALIKE = [line for line in LINES if not line["kind"]]


@pytest.fixture
def bodies(loaded_session: Session) -> dict[str, str]:
    """Section → what its passage says, without number, heading and agencies."""
    passages = knowledge.passages_in_force(loaded_session, on=NOW.date())
    return {one.section: Evidence.body(one).quote for one in passages if one.document.id == PLAN}


def missing(bodies: Mapping[str, str], line: Line, script: Script | None = None) -> list[str]:
    text = str(line["text"])
    asked = to_script(text, script) if script else text
    return [kind.id for kind in not_stated(asked, bodies[str(line["passage"])])]


def test_the_fixture_is_broad() -> None:
    assert len(LINES) >= 1200
    assert len(LOOK_ALIKE) >= 400
    assert len({line["kind"] for line in ASKING}) >= 18


def test_what_a_passage_does_not_state_is_noticed(bodies: Mapping[str, str]) -> None:
    noticed = [bool(missing(bodies, line)) for line in ASKING]

    assert sum(noticed) / len(noticed) >= 0.97


def test_what_only_looks_like_asking_for_a_particular_misses_nothing(bodies: Mapping[str, str]) -> None:
    taken_for_one = [line["text"] for line in LOOK_ALIKE if missing(bodies, line)]

    assert len(taken_for_one) / len(LOOK_ALIKE) <= 0.02, taken_for_one


def test_what_is_missing_is_named_by_its_kind(bodies: Mapping[str, str]) -> None:
    named = [line["kind"] in found for line in ASKING if (found := missing(bodies, line)[:2])]

    assert sum(named) / len(named) >= 0.88


def test_both_scripts_miss_the_same(bodies: Mapping[str, str]) -> None:
    simplified = [missing(bodies, line, "hans") for line in LINES]
    traditional = [missing(bodies, line, "hant") for line in LINES]

    differing = [
        line["text"] for line, one, other in zip(LINES, simplified, traditional, strict=True) if one != other
    ]
    assert differing == []


def test_no_variant_of_the_corpus_floods_the_desk(bodies: Mapping[str, str], loaded_session: Session) -> None:
    variants = [
        (section, text)
        for section in bodies
        for text in knowledge.variants_of(loaded_session, f"{PLAN}/{section}")[::5]
    ]
    partial = [text for section, text in variants if not_stated(text, bodies[section])]

    assert len(partial) / len(variants) <= 0.12
