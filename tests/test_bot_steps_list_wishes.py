"""What a list is wanted of: agencies, words that are written, subjects beside or within each other."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from bot.answer import Answer
from bot.conversation import converse
from bot.desk.shared import Desk
from bot.steps.structure.subject_members import members, names_several
from indexer.text.folding import fold
from kb.store.db import Session
from tests.plans import SUBJECTS, XIAMEN, parsed

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
TEXTS = {f"xiamen-2024-plan/{node.section}": "" for node in parsed(XIAMEN).root.outline() if node.citable}
Ask = Callable[[str], Answer]


@pytest.fixture
def ask(turns_session: Session, words_desk: Desk) -> Ask:
    return lambda message: converse(turns_session, words_desk, message, now=NOW)


def sections(answer: Answer) -> list[str]:
    return [citation.passage.section for citation in answer.citations]


def on(question: str) -> set[str]:
    """The sections that the subjects of a question come to."""
    return {key.partition("/")[2] for key in members(fold(question).text, SUBJECTS, TEXTS)}


class TestOfAgencies:
    @pytest.mark.parametrize(
        ("question", "expected"),
        [
            ("只由海关和自贸委两家负责、没有别人的有哪几条", ["2.1.3", "2.2.2", "2.4.2", "2.4.7"]),
            ("市商务局（没有带口岸办的）负责的全列出来", None),
            (
                "口岸办（市商务局括号里那个）负责哪几条",
                ["2.2.6", "2.4.3", "2.4.8", "2.5.1", "2.5.2", "2.6.6"],
            ),
            ("哪些措施只有一家单位负责", ["2.1.1", "2.5.2", "2.6.4"]),
            ("报关协会和厦门航空这两家分别参与的有哪几条", ["2.6.6", "2.6.7"]),
            ("港务集团出现在哪几条的责任单位里", None),
        ],
    )
    def test_the_condition_decides(self, ask: Ask, question: str, expected: list[str] | None) -> None:
        answer = ask(question)
        named = {
            section: {mention.agency.id for mention in citation.passage.agencies}
            for section, citation in zip(sections(answer), answer.citations, strict=True)
        }

        if expected:
            assert sorted(sections(answer)) == expected
        elif "港务" in question:
            assert len(named) == 12
            assert all("port-group" in agencies for agencies in named.values())
        else:
            assert len(named) == 8
            assert all("commerce-bureau" in own and "port-office" not in own for own in named.values())

    def test_a_part_of_the_plan_keeps_those_of_the_agency_named(self, ask: Ask) -> None:
        assert sections(ask("第六部分里面，海事局挂名的有哪几条")) == ["2.6.3", "2.6.4"]

    def test_agencies_left_out_are_left_out(self, ask: Ask) -> None:
        answer = ask("信息化智能化那一部分，海关不在里面的有哪几条")

        assert sections(answer) == ["2.4.1", "2.4.4", "2.4.5", "2.4.8"]


class TestOfWords:
    @pytest.mark.parametrize(
        ("question", "expected"),
        [
            ("哪几条写了“无纸化”三个字", ["2.1.3", "2.4.1"]),
            ("標題裡帶「智慧」的有哪幾條", ["2.4.5", "2.4.6"]),
            ("还停在“探索”阶段的一共几条", ["2.1.4", "2.1.5", "2.2.4", "2.2.9", "2.4.6"]),
            ("哪几条写明是试点", ["2.1.2", "2.2.1", "2.2.7", "2.3.5", "2.6.3"]),
            ("点名到专精特新、民营企业的有哪几条", None),
        ],
    )
    def test_what_writes_them_is_listed(self, ask: Ask, question: str, expected: list[str] | None) -> None:
        answer = ask(question)

        if expected:
            assert sections(answer) == expected
        else:
            assert {"2.6.1", "2.6.2"} <= set(sections(answer))

    def test_a_quoted_subject_stays_a_subject_where_no_writing_is_asked_for(self, ask: Ask) -> None:
        assert set(sections(ask("跟“碳”有关的有哪几条"))) == {"2.2.4", "2.3.6"}


class TestOfSubjects:
    @pytest.mark.parametrize(
        ("question", "expected"),
        [
            ("电商的退货", {"2.2.1", "2.2.5"}),
            ("绿色低碳、碳足迹", {"2.2.4", "2.3.6"}),
            ("我们做锂电池的，铁路有哪些", {"2.2.9", "2.3.5"}),
            ("出口欧美碰到技术壁垒跟碳足迹要求", {"2.2.4", "2.3.3", "2.3.6"}),
            ("修飞机、修机器这类维修业务", {"2.2.2", "2.4.6"}),
            ("整车出口（包含走铁路的）", {"2.2.3", "2.2.9"}),
            ("网上缴税、网上付运费", {"2.2.1", "2.3.4"}),
            ("除了目录清单，收费还有哪些", {"2.5.2", "2.5.3"}),
            ("电商的，除了电子缴税跟跨关区退货那一条，还有哪些", {"2.2.5", "2.2.7", "2.5.2"}),
        ],
    )
    def test_they_add_up_or_narrow_each_other_as_they_are_put(
        self, question: str, expected: set[str]
    ) -> None:
        assert on(question) == expected

    @pytest.mark.parametrize(
        ("question", "several"),
        [("收费和补贴有哪些", True), ("电商的退货有哪些", False), ("海沧的查验和海天的系统", True)],
    )
    def test_side_by_side_they_are_several(self, question: str, several: bool) -> None:
        assert names_several(fold(question).text, SUBJECTS) is several

    def test_the_particulars_of_one_measure_are_no_list(self, ask: Ask) -> None:
        assert sections(ask("海沧保税区非申报通道那条都有哪些动作"))[:1] == ["2.2.7"]
        assert len(ask("海沧保税区非申报通道那条都有哪些动作").citations) <= 2

    def test_a_part_told_by_its_matter_is_that_of_the_main_part(self, ask: Ask) -> None:
        answer = ask("第一部分讲通关效率的都有哪几条")

        assert sections(answer) == [f"2.1.{number}" for number in range(1, 6)]
