"""The figures of ``guanwen eval`` are the referee's."""

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from web.cli.measuring.evaluation import PLAN_TITLE, judge, score

REFEREE = Path(__file__).resolve().parents[2] / "shared" / "eval" / "score.py"
QUESTIONS = REFEREE.with_name("questions_dev.jsonl")

FULL = {
    "id": "Q1",
    "script": "hans",
    "kind": "fact",
    "turns": ["活虾能预约通关吗"],
    "answerable": "full",
    "measures": ["2.1.1"],
    "law": [],
    "agencies": ["厦门海关"],
    "must_contain": ["预约通关"],
    "log": False,
}


def citation(section, title=PLAN_TITLE, quote=""):
    return {"document": {"title": title}, "section": section, "quote": quote}


def answered(**changes):
    response = {
        "status": "answered",
        "answer": "可以",
        "citations": [citation("2.1.1", quote="落實7×24小時預約通關")],
        "agencies": [{"name": "廈門海關"}],
        "ticket": None,
    }
    return {**response, **changes}


def passed(question, response):
    return {verdict.measure: verdict.passed for verdict in judge(question, response)}


def test_an_answer_in_traditional_characters_is_right_where_the_simplified_one_is():
    assert all(passed(FULL, answered()).values())


def test_a_right_text_under_another_first_citation_is_not_correct():
    verdicts = passed(FULL, answered(citations=[citation("2.1.2"), *answered()["citations"]]))

    assert (verdicts["cite@1"], verdicts["cite@3"], verdicts["correct"]) == (False, True, False)


def test_a_law_is_found_with_and_without_the_country_in_its_name():
    question = {
        **FULL,
        "measures": [],
        "law": [["中华人民共和国海关法", 86]],
        "agencies": [],
        "must_contain": [],
    }

    assert passed(question, answered(citations=[citation("86", "海关法")]))["cite@1"]


def test_a_list_needs_both_nearly_all_and_nearly_nothing_else():
    question = {**FULL, "kind": "list", "measures": ["2.1.1", "2.1.2"], "agencies": [], "must_contain": []}
    half = passed(question, answered())
    padded = passed(question, answered(citations=[citation(f"2.1.{n}") for n in range(1, 6)]))

    assert (half["list recall>=0.8"], half["list precision>=0.8"]) == (False, True)
    assert (padded["list recall>=0.8"], padded["list precision>=0.8"]) == (True, False)


def test_a_partial_answer_counts_only_with_its_ticket():
    question = {**FULL, "answerable": "partial", "log": True, "must_contain": []}

    assert not passed(question, answered(status="partial"))["partial correct"]
    assert passed(question, answered(status="partial", ticket={"number": "WT-1"}))["partial correct"]


def test_a_missing_response_fails_and_never_counts_as_abstention():
    card = score([FULL, {**FULL, "id": "Q2", "answerable": "none"}], {})

    assert all(figure.passed == 0 for name, figure in card.figures.items() if name != "log right")


@pytest.mark.skipif(not REFEREE.exists(), reason="the referee is not here")
def test_every_figure_equals_the_referees_on_answers_of_every_quality(tmp_path):
    questions = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    responses = {question["id"]: invented(question) for question in questions[:-3]}
    answers = tmp_path / "answers.jsonl"
    answers.write_text(
        "".join(
            json.dumps({"id": name, "responses": [{}, response]}) + "\n"
            for name, response in responses.items()
        )
    )

    referee = subprocess.run(
        [sys.executable, REFEREE, QUESTIONS, answers, "--json"], capture_output=True, text=True, check=True
    )

    theirs, ours = json.loads(referee.stdout), score(questions, responses).as_dict()
    assert theirs == {name: list(ours[name]) for name in theirs}
    assert {name.partition(":")[0] for name in ours.keys() - theirs.keys()} == {"cite@1", "list both"}


def invented(question):
    """An answer that is right in some respects and wrong in others, the same in every run."""
    dice = random.Random(question["id"])  # noqa: S311 - reproducible, not secret
    right = [citation(section, quote="。".join(question["must_contain"])) for section in question["measures"]]
    right += [
        citation(str(article), title.removeprefix("中华人民共和国")) for title, article in question["law"]
    ]
    wrong = [citation(section) for section in ("1.1", "2.6.7", "3")]
    return {
        "status": dice.choice(["answered", "partial", "unanswered", "smalltalk", "clarify"]),
        "answer": dice.choice(["", "见下。", "".join(question["agencies"])]),
        "citations": dice.sample(right + wrong, dice.randint(0, len(right) + 2)),
        "agencies": [{"name": name} for name in question["agencies"] if dice.random() < 0.7],
        "ticket": dice.choice([None, {"number": "WT-20261123-0001"}]),
    }
