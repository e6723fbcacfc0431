"""Tickets as files: a table for a spreadsheet, and JSON lines for programs."""

import csv
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from io import StringIO
from typing import Any

from kb.tickets.ticket_views import TicketView
from kb.working_time import CHINA

ENCODING = "utf-8-sig"
"""For the table: without the mark Excel takes UTF-8 for the local code page."""

# What a spreadsheet would run as a formula, also after it has trimmed the cell or narrowed its characters.
_FORMULA_STARTS = tuple("=+-@＝＋－＠")


def as_csv(tickets: Iterable[TicketView]) -> str:
    """One row a ticket under Chinese headings, times in China's; no cell can be run as a formula."""
    table = StringIO()
    writer = csv.writer(table)
    writer.writerow(_COLUMNS)
    writer.writerows([_inert(cell(ticket)) for cell in _COLUMNS.values()] for ticket in tickets)
    return table.getvalue()


def as_json_lines(tickets: Iterable[TicketView]) -> str:
    """One object a line with everything in the view; times in ISO 8601, UTC."""
    return "".join(f"{json.dumps(asdict(ticket), ensure_ascii=False, default=_iso)}\n" for ticket in tickets)


def _china(moment: datetime) -> str:
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M}"


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.lstrip().startswith(_FORMULA_STARTS) else cell


def _iso(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in an export")


# The reasons for which a question is kept; the codes are bot.answer.Reason's.
_REASONS: Mapping[str, str] = {
    "not_stated": "原文没有写明",
    "no_match": "没有相关条款",
    "low_confidence": "没有把握的条款",
    "out_of_scope": "不在文件范围内",
    "superseded_source": "原文刚有变动",
}

_COLUMNS: Mapping[str, Callable[[TicketView], str]] = {
    "工单号": lambda ticket: ticket.number,
    "状态": lambda ticket: ticket.state.zh,
    "提问": lambda ticket: ticket.question,
    "未答原因": lambda ticket: _REASONS.get(ticket.reason, ticket.reason),
    "建议责任单位": lambda ticket: "、".join(agency.name for agency in ticket.agencies),
    "相近条款": lambda ticket: "、".join(
        f"{near.label} {near.heading or ''}".rstrip() for near in ticket.passages
    ),
    "提交时间": lambda ticket: _china(ticket.created_at),
    "答复期限": lambda ticket: _china(ticket.due_at),
    "联系方式": lambda ticket: ticket.contact or "",
}
