"""The questions on a plan's structure: many, different, always the same, and checked as a person would."""

from itertools import islice
from typing import Any

import pytest
from sqlalchemy import Engine

from kb.corpus.folder import load_corpus
from kb.documents.ingest import ingest
from kb.store.db import session_factory
from tests.databases import NOW
from tests.plans import SECOND_CITY
from tests.structure_check import fault, unseen_questions
from tests.structure_questions import Expected, PlanFacts, StructureQuestion, plan_facts, structure_questions

PLAN = "binhai-2025-plan"


@pytest.fixture
def facts(sqlite_engine: Engine) -> PlanFacts:
    """The second city's plan."""
    with session_factory(sqlite_engine).begin() as session:
        ingest(session, load_corpus(SECOND_CITY), NOW)
        return plan_facts(session, PLAN)


def answer(text: str, *cited: str, related: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    """An answer that cites these sections, and those beside it."""
    citations = [{"passage_id": f"{PLAN}/{one}"} for one in cited]
    citations += [{"passage_id": f"{PLAN}/{one}", "related": True} for one in related]
    return {"status": "answered", "answer": text, "citations": citations, "agencies": [], **more}


def question(kind: str, asked: str, expected: Expected) -> StructureQuestion:
    return StructureQuestion("1", kind, (asked,), expected)


def measures(*sections: str) -> Expected:
    return Expected(measures=frozenset(f"{PLAN}/{one}" for one in sections))


class TestQuestions:
    def test_are_different_and_always_the_same(self, facts: PlanFacts) -> None:
        first = list(structure_questions(facts, 2000))

        assert len({one.turns for one in first}) == 2000
        assert len({one.kind for one in first}) > 60
        assert list(islice(structure_questions(facts), 50)) == first[:50]

    def test_kept_back_are_of_two_plans_and_none_is_made(self, facts: PlanFacts) -> None:
        kept = unseen_questions()
        made = {one.turns for one in structure_questions(facts)}

        assert len({one.turns for _, one in kept}) == len(kept) == 600
        assert {plan for plan, _ in kept} == {PLAN, "xiamen-2024-plan"}
        assert [one.turns for _, one in kept if one.turns in made] == []


class TestChecking:
    def test_measures_are_those_cited_and_not_beside(self, facts: PlanFacts) -> None:
        asked = question("both", "海关和市数据局都参与的有哪些", measures("3.1.8"))

        assert fault(asked, answer("共 1 项", "3.1.8", related=("2.1.1",)), facts) is None
        assert fault(asked, answer("共 2 项", "3.1.8", "2.1.1"), facts) == "missing none, not asked for 2.1.1"
        assert fault(asked, answer("共 1 项", "3.1.8", status="partial"), facts)

    def test_none_must_be_said(self, facts: PlanFacts) -> None:
        asked = question("nobody", "没写单位的措施有哪些", measures())

        assert fault(asked, answer("没有这样的措施。"), facts) is None
        assert fault(asked, answer("有关的措施如下。"), facts)

    @pytest.mark.parametrize(
        "text", ["共 5 条：\n1. 二、(一)1", "海关参与的措施共五项。", "海關參與的有 5 項"]
    )
    def test_a_number_counts_in_digits_or_numerals(self, facts: PlanFacts, text: str) -> None:
        asked = question("named_count", "海关参与的有几条", Expected(count=5))

        assert fault(asked, answer(text), facts) is None

    @pytest.mark.parametrize("text", ["共 6 条。", "见第5条。", "二、(二)5 里有。", "共 15 条"])
    def test_another_number_or_a_place_does_not(self, facts: PlanFacts, text: str) -> None:
        asked = question("named_count", "海关参与的有几条", Expected(count=5))

        assert fault(asked, answer(text), facts)

    def test_agencies_are_named_in_words(self, facts: PlanFacts) -> None:
        asked = question("partners", "跟海关一起的有谁", Expected(agencies=frozenset({"port-office"})))

        assert fault(asked, answer("与滨海海关一起的有：市商务局（口岸办）。"), facts) is None
        assert fault(asked, answer("与濱海海關一起的有市商務局(口岸辦)，還有各成員單位"), facts) is None
        assert fault(asked, answer("有滨海港集团、口岸办。"), facts)

    def test_each_section_has_its_number(self, facts: PlanFacts) -> None:
        asked = question("per_section", "各节几条", Expected(per_section={"2.1": 3, "2.2": 3, "3.1": 0}))

        assert fault(asked, answer("二、(一)压缩通关时间 3 条；二、（二）3 项"), facts) is None
        assert fault(asked, answer("二、(一)压缩通关时间 3 条；二、（二）4 项"), facts)

    def test_either_reading_is_right(self, facts: PlanFacts) -> None:
        asked = question("named_count", "海关参与的有几条", Expected(count=5, other=Expected(count=6)))

        assert fault(asked, answer("共 6 条"), facts) is None
