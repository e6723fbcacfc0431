"""Exported tickets open in a spreadsheet as text, and read back whole as JSON."""

import csv
import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer import Reason
from kb.tickets.ticket_export import ENCODING, as_csv, as_json_lines
from kb.tickets.ticket_states import TicketState
from kb.tickets.ticket_views import EventView, NearPassage, TicketAgencyView, TicketView

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
TICKET = TicketView(
    number="WT-20261123-0001",
    state=TicketState.NEW,
    version=1,
    question='提前申报，要"收费"吗？\n多少',
    script="hans",
    reason="not_stated",
    conversation_id="c-1",
    created_at=NOW,
    due_at=datetime(2026, 11, 26, 9, 30, tzinfo=UTC),
    calendar_known=True,
    passages=(
        NearPassage("plan/2.2.3", "二、(二)3", "推广提前申报", "原文", "p" * 64),
        NearPassage("plan/3", "三", None, "原文", "q" * 64),
    ),
    agencies=(
        TicketAgencyView("xiamen-customs", "厦门海关", "plan/2.2.3", "proposed"),
        TicketAgencyView("xiamen-port", "市港口局", "plan/2.2.3", "proposed"),
    ),
    events=(EventView(1, NOW, "asker", None, TicketState.NEW, None, {}),),
    contact="138****1234",
)


def rows(table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(table.splitlines(keepends=True)))


def test_the_table_has_chinese_headings_and_times_in_china() -> None:
    assert rows(as_csv([TICKET])) == [
        {
            "工单号": "WT-20261123-0001",
            "状态": "待受理",
            "提问": '提前申报，要"收费"吗？\n多少',
            "未答原因": "原文没有写明",
            "建议责任单位": "厦门海关、市港口局",
            "相近条款": "二、(二)3 推广提前申报、三",
            "提交时间": "2026-11-23 10:00",
            "答复期限": "2026-11-26 17:30",
            "联系方式": "138****1234",
        }
    ]


@pytest.mark.parametrize("reason", sorted(set(Reason) - {Reason.PERSONAL_DATA, Reason.INPUT_REJECTED}))
def test_the_table_gives_every_reason_for_a_ticket_in_chinese_and_json_its_code(reason: Reason) -> None:
    ticket = replace(TICKET, reason=reason.value)

    assert not rows(as_csv([ticket]))[0]["未答原因"].isascii()
    assert json.loads(as_json_lines([ticket]))["reason"] == reason


def test_the_file_begins_with_the_mark_that_excel_looks_for() -> None:
    assert as_csv([TICKET]).encode(ENCODING).startswith(b"\xef\xbb\xbf")


def test_no_tickets_give_the_headings_alone() -> None:
    assert as_csv([]).split(",")[0] == "工单号"
    assert rows(as_csv([])) == []
    assert as_json_lines([]) == ""


@pytest.mark.parametrize("question", ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1+1", " =1+1", "＝1+1", "\r\n@x"])
def test_no_cell_is_taken_for_a_formula(question: str) -> None:
    assert rows(as_csv([replace(TICKET, question=question)]))[0]["提问"] == f"'{question}"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40))
def test_every_cell_reads_back_as_written_or_with_a_quote_before_it(question: str) -> None:
    cell = rows(as_csv([replace(TICKET, question=question)]))[0]["提问"]

    assert cell in (question, f"'{question}")
    assert not cell.lstrip().startswith(("=", "+", "-", "@"))


def test_json_lines_hold_the_whole_ticket_one_a_line_in_readable_chinese() -> None:
    lines = as_json_lines([TICKET, TICKET]).splitlines()

    assert len(lines) == 2
    assert "提前申报" in lines[0]
    read = json.loads(lines[0])
    assert (read["number"], read["state"], read["due_at"]) == (
        "WT-20261123-0001",
        "new",
        "2026-11-26T09:30:00+00:00",
    )
    assert read["passages"][0]["quote"] == "原文"
    assert read["events"][0]["to_state"] == "new"
