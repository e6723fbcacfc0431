"""Who answers for a measure, name by name."""

import pytest

from kb.text.responsible import find_clause
from tests.plans import BINHAI, FEW_AGENCIES, XIAMEN, parsed

# From the plan, by hand: one measure a line, as its closing bracket names them.
XIAMEN_RESPONSIBLE = """
2.1.1 廈門海關
2.1.2 廈門海關 廈門港口局
2.1.3 廈門海關 自貿委
2.1.4 廈門海關 自貿委 港務集團 遠海碼頭
2.1.5 廈門港口局 港務集團 廈門海關 自貿委
2.2.1 廈門海關 自貿委 市商務局
2.2.2 廈門海關 自貿委
2.2.3 廈門海關 港務集團 遠海碼頭
2.2.4 市發改委 市市場監管局 市生態環境局 市工信局 市住建局 市數據管理局 廈門產權交易中心
2.2.5 自貿委 廈門海關 市商務局 港務集團 海投集團
2.2.6 市商務局(口岸辦) 廈門海關 港務集團 象嶼集團
2.2.7 自貿委 廈門海關 市商務局 港務集團
2.2.8 廈門海事局 自貿委 廈門港口局
2.2.9 市鐵路建設指揮部 廈門港口局 港口高質量發展指揮部 港務集團 遠海碼頭
2.3.1 廈門海關 市商務局 自貿委
2.3.2 市商務局 自貿委
2.3.3 市商務局 廈門海關 市市場監管局 電子口岸公司
2.3.4 自貿委 國家金融監督管理總局廈門監管局
2.3.5 自貿委 國家金融監督管理總局廈門監管局 港務集團
2.3.6 廈門港口局 港務集團 象嶼集團
2.3.7 廈門港口局 市地方金融管理局
2.4.1 自貿委 廈門港口局 市交通局 港務集團 遠海碼頭
2.4.2 自貿委 廈門海關
2.4.3 自貿委 市商務局(口岸辦) 金磚辦 廈門海關
2.4.4 廈門海事局 自貿委
2.4.5 廈門港口局 港務集團
2.4.6 廈門海關 自貿委 市商務局
2.4.7 廈門海關 自貿委
2.4.8 廈門邊檢總站 市商務局(口岸辦) 翔業集團
2.5.1 市商務局(口岸辦) 廈門港口局 市交通局 廈門海關 自貿委 市市場監管局
2.5.2 市商務局(口岸辦)
2.5.3 自貿委 廈門港口局 市發改委 港務集團
2.6.1 廈門海關 市商務局 自貿委
2.6.2 各成員單位
2.6.3 廈門海事局 廈門海關 自貿委
2.6.4 廈門海事局
2.6.5 市交通局 市財政局
2.6.6 市商務局(口岸辦) 廈門邊檢總站 廈門海關 廈門航空 翔業集團
2.6.7 廈門海關 自貿委 廈門報關協會
"""
# The second city names leaders; a star marks one.
BINHAI_RESPONSIBLE = """
2.1.1 *滨海海关 市商务局（口岸办） 滨海港集团
2.1.2 滨海海关
2.1.3 *滨海海关 滨海港集团 各县（区）人民政府
2.2.4 市发展改革委 市市场监管局 市商务局（口岸办）
2.2.5 *市交通运输局 滨海港集团
2.2.6 市交通运输局 滨海港集团
3.1.7 *市商务局（口岸办）
3.1.8 市数据局 滨海海关 市商务局（口岸办）
3.2.9 滨海海关
3.2.10 各成员单位
"""


def responsible_in(text: str) -> list[str]:
    """As in the tables above, from the parsed document."""
    return [
        " ".join([node.section or "", *(f"{'*' * (one.role == 'lead')}{one.name}" for one in node.agencies)])
        for node in parsed(text).root.walk()
        if node.agencies
    ]


def names_in(text: str) -> list[str]:
    """The names in the closing clause of ``text``; a star marks leaders."""
    clause = find_clause(text, 0, len(text), lambda name: FEW_AGENCIES.resolve(name) is not None)
    names = clause.names if clause else ()

    assert all(text[one.start : one.end] == one.name for one in names)
    return [f"{'*' * one.leads}{one.name}" for one in names]


def roles_of(clause: str) -> list[str]:
    document = parsed(f"---\n---\n一、甲\n1.乙。丙。{clause}\n")
    return [mention.role for node in document.root.walk() for mention in node.agencies]


def test_every_measure_of_the_plan_has_exactly_the_agencies_it_names() -> None:
    assert responsible_in(XIAMEN) == XIAMEN_RESPONSIBLE.strip().splitlines()


def test_every_measure_of_another_citys_plan_has_exactly_the_agencies_it_names() -> None:
    assert responsible_in(BINHAI) == BINHAI_RESPONSIBLE.strip().splitlines()


@pytest.mark.parametrize(
    "clause",
    [
        "(海關,港口局按職責分工負責)",
        "（海关、港口局按职责分工负责）",
        "〔海关，港口局〕",
        "【海关；港口局按照各自职责分工负责】",
        "（海关、港口局等有关单位按职责分别负责）",
        "（海关、港口局等部门依职责落实）",
        "( 海关 ， 港口局 )",
        "（责任单位：海关、港口局）",
        "（责任单位:海关;配合单位:港口局。）",
        "\n　　责任单位：海关、港口局",
        "\n责任单位：海关\n配合单位：港口局。",
        "\n责任部门：海关；参与单位：港口局",
        "责任单位：海关，港口局。",
    ],
)
def test_a_closing_clause_is_read_in_each_of_its_forms(clause: str) -> None:
    names = [FEW_AGENCIES.resolve(name) for name in names_in(f"开放口岸。{clause}")]

    assert [agency.id if agency else None for agency in names] == ["customs", "harbour"]


@pytest.mark.parametrize(
    "clause",
    [
        "\n牵头单位：海关\n责任单位：港口局",
        "\n牽頭單位：海关；配合單位：港口局。",
        "（牵头单位：海关；配合单位：港口局）",
        "（牵头单位：海关。配合单位：港口局）",
        "（海关牵头，港口局配合）",
        "（海关牵头负责，港口局按职责分工负责）",
    ],
)
def test_a_leader_is_told_where_the_text_names_one(clause: str) -> None:
    assert names_in(f"开放口岸。{clause}") == ["*海关", "港口局"]


def test_several_may_lead() -> None:
    assert names_in("开放口岸。（海关、港口局牵头，各成员单位配合）") == ["*海关", "*港口局", "各成员单位"]


def test_an_office_in_brackets_belongs_to_its_name() -> None:
    text = "开放口岸。〔海关，市商务局（口岸办）、港口局按职责分工负责〕"

    assert names_in(text) == ["海关", "市商务局（口岸办）", "港口局"]


@pytest.mark.parametrize(
    "text",
    [
        "实现开放（海关，港口局按职责分工负责）。",
        "实现开放（海关、港口局）",
        "实现开放（责任单位：海关、港口局）；",
    ],
)
def test_a_bracket_counts_before_the_full_stop_or_without_one(text: str) -> None:
    assert names_in(text) == ["海关", "港口局"]


@pytest.mark.parametrize(
    "text",
    [
        "使用ERP(企業管理系統)",
        "对64个贸易对象国(地区)全覆盖。",
        "推广操作系统(ITOS)。",
        "落实责任单位：海关的要求。再做别的。",
        "开放口岸。",
        "开放口岸。()",
        "开放口岸。)",
        "",
    ],
)
def test_a_bracket_inside_the_text_names_nobody(text: str) -> None:
    assert names_in(text) == []


@pytest.mark.parametrize(
    ("clause", "roles"),
    [
        ("(海关)", ["sole"]),
        ("(海关、港口局)", ["joint", "joint"]),
        ("(各成员单位按职责分工负责)", ["collective"]),
        ("(海关、各成员单位)", ["joint", "collective"]),
        ("(海关、海關)", ["sole"]),
        ("\n牵头单位：海关", ["lead"]),
        ("\n牵头单位：海关\n责任单位：海关、港口局", ["lead", "joint"]),
    ],
)
def test_roles_follow_from_the_text_and_each_agency_counts_once(clause: str, roles: list[str]) -> None:
    assert roles_of(clause) == roles
