"""The open question set: floors under what was measured, exact script parity, no invented word."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot.answer import Answer, Status
from bot.conversation import converse
from bot.desk.shared import Desk
from bot.question.sorts.particulars import particulars
from bot.words.wording import wordings
from indexer.text.folding import fold
from indexer.text.script import Script, to_script
from kb.corpus.folder import load_corpus
from kb.store.db import Session, session_factory
from kb.tickets.ticket_states import TicketState
from tests.databases import LOADED, NOW, SqliteDatabases, open_engine
from tests.open_set import PLAN, needs_open_set, open_set
from tests.plans import CORPUS

pytestmark = needs_open_set

Answers = dict[str, list[Answer]]

_EDGES = re.compile(r"^\(\d+\)|^\d+\. ")
_GAP = re.compile(r"\{\w+\}")


@pytest.fixture(scope="module")
def session(sqlite_databases: SqliteDatabases) -> Iterator[Session]:
    with open_engine(sqlite_databases.copy(LOADED)) as engine, session_factory(engine)() as opened:
        yield opened


@pytest.fixture(scope="module")
def desk(index_root: Path) -> Desk:
    return Desk.open(index_root, b"0" * 32)


def dialogue(session: Session, desk: Desk, turns: list[str]) -> list[Answer]:
    answers: list[Answer] = []
    for turn in turns:
        conversation_id = answers[-1].conversation_id if answers else None
        answers.append(converse(session, desk, turn, conversation_id=conversation_id, now=NOW))
        session.flush()
    return answers


def asked_in(session: Session, desk: Desk, script: Script | None) -> Answers:
    return {
        question["id"]: dialogue(
            session, desk, [to_script(turn, script) if script else turn for turn in question["turns"]]
        )
        for question in open_set()
    }


@pytest.fixture(scope="module")
def answers(session: Session, desk: Desk) -> Answers:
    return asked_in(session, desk, None)


def plan_questions(answerable: str) -> list[dict[str, Any]]:
    return [one for one in open_set() if one["answerable"] == answerable and one["measures"]]


def first_citation_is_right(question: dict[str, Any], answer: Answer) -> bool:
    return bool(answer.citations) and answer.citations[0].passage.id in {
        f"{PLAN}/{section}" for section in question["measures"]
    }


def test_the_first_citation_is_right_in_nine_of_ten_plan_questions(answers: Answers) -> None:
    questions = [one for one in plan_questions("full") if one["kind"] != "list"]
    right = [first_citation_is_right(one, answers[one["id"]][-1]) for one in questions]

    assert sum(right) / len(right) >= 0.90


def test_what_is_not_stated_is_said_to_be_partial_and_kept(answers: Answers) -> None:
    last = [answers[one["id"]][-1] for one in plan_questions("partial")]
    right = [answer.status is Status.PARTIAL and answer.ticket is not None for answer in last]

    assert sum(right) / len(right) >= 0.90


def test_what_no_document_answers_gets_no_confident_answer(answers: Answers) -> None:
    last = [answers[one["id"]][-1] for one in open_set() if one["answerable"] == "none"]
    right = [answer.status not in (Status.ANSWERED, Status.PARTIAL) for answer in last]

    assert sum(right) / len(right) >= 0.97


def test_what_is_kept_is_what_a_person_should_answer(answers: Answers) -> None:
    questions = [one for one in open_set() if one["answerable"] == "none"]
    right = [(answers[one["id"]][-1].ticket is not None) == one["log"] for one in questions]

    assert sum(right) / len(right) >= 0.95


def test_both_scripts_get_the_same_citations_and_the_same_scores(session: Session, desk: Desk) -> None:
    simplified, traditional = asked_in(session, desk, "hans"), asked_in(session, desk, "hant")

    assert {key: _shape(turns) for key, turns in simplified.items()} == {
        key: _shape(turns) for key, turns in traditional.items()
    }


def _shape(turns: list[Answer]) -> list[tuple[str, float, list[tuple[str, int, int]]]]:
    return [
        (
            answer.status,
            answer.confidence,
            [(one.passage.id, one.start, one.end) for one in answer.citations],
        )
        for answer in turns
    ]


def test_every_line_of_every_answer_is_a_verified_span_or_one_of_our_own_sentences(answers: Answers) -> None:
    said = {one["id"]: one["turns"] for one in open_set()}
    invented = [
        (key, line)
        for key, turns in answers.items()
        for message, answer in zip(said[key], turns, strict=True)
        for line in answer.text.splitlines()
        if not is_accounted_for(without_part_named(line, message), answer)
    ]

    assert not invented


def without_part_named(line: str, message: str) -> str:
    """``line`` without the part of ``message`` that it begins with, where it names one in its own words."""
    named = re.match(r"(?:（\d+）)?“(.+?)”：", line)
    return line[named.end() :] if named and named[1] in message else line


def is_accounted_for(line: str, answer: Answer) -> bool:
    """Whether ``line`` is a quote, a title of a cited passage, or a wording whose gaps hold only names."""
    plain = _EDGES.sub("", _EDGES.sub("", fold(line).text))
    spans = {
        _EDGES.sub("", _EDGES.sub("", fold(part).text))
        for one in answer.citations
        for part in f"「{one.quote}」".splitlines()
    }
    titles = {
        fold(f"{one.passage.label} {one.passage.heading or ''}".strip()).text for one in answer.citations
    }
    return plain in spans | titles or any(_fills(template, plain, answer) for template in _templates())


def _templates() -> list[str]:
    return [fold(sentence["zh"]).text for sentence in wordings().values()]


@cache
def _words_of_laws() -> list[str]:
    """Titles and headings of the laws, and what is said of an edition: they stand before a quoted article."""
    laws = [one for one in load_corpus(CORPUS).documents if one.meta.kind == "law"]
    headings = [f"{node.label} {node.heading}" for law in laws for node in law.nodes if node.heading]
    editions = [
        part
        for key, sentence in wordings().items()
        if key.startswith("edition_")
        for part in _GAP.split(sentence["zh"])
    ]
    return [*headings, *editions, *(law.meta.title for law in laws)]


@cache
def _words_of_conditions() -> list[str]:
    """What the conditions of a reckoning are worded with, around the names in them."""
    return [
        part
        for key, sentence in wordings().items()
        if key.startswith("condition_")
        for part in _GAP.split(sentence["zh"])
    ]


@cache
def _words_of_hotlines() -> list[str]:
    """The names of the public numbers and what each takes, as the corpus holds them."""
    return [words for one in load_corpus(CORPUS).hotlines for words in (one.name_hans, one.takes_hans)]


def _fills(template: str, line: str, answer: Answer) -> bool:
    pattern = "(.+?)".join(re.escape(part) for part in _GAP.split(template))
    match = re.fullmatch(pattern, line)
    return bool(match) and all(_is_a_name(gap, answer) for gap in match.groups())


def _is_a_name(gap: str, answer: Answer) -> bool:
    """Whether a gap holds agencies, a document or clause, a number, a date, what is missing or understood."""
    if answer.understood and all(term in fold(answer.understood.question).text for term in gap.split("”、“")):
        return True
    known = [agency.name for agency in answer.agencies] + [kind.name_zh for kind in particulars()]
    known += [state.zh for state in TicketState]
    for citation in answer.citations:
        passage = citation.passage
        known += [passage.document.title, passage.label, passage.heading or "", passage.document.issuer]
        known += [mention.name for mention in passage.agencies]
    known += _words_of_laws() + _words_of_hotlines() + _words_of_conditions()
    rest = gap
    for name in sorted((fold(one).text for one in known if one), key=len, reverse=True):
        rest = rest.replace(name, "")
    return not re.search("[㐀-鿿]", rest)
