"""An answer as a card for the terminal: text, citations, agencies, ticket, what to ask next."""

import shutil
from collections.abc import Iterator, Mapping
from datetime import datetime

import click

from bot.answer import Answer, Citation, Receipt, Status
from web.cli.columns import wrap
from web.clock import CHINA
from web.speech import say

_WIDEST = 88
_HEADLINES: Mapping[Status, tuple[str, str, str]] = {
    Status.ANSWERED: ("green", "已作答", "Answered"),
    Status.PARTIAL: ("yellow", "部分作答", "Answered in part"),
    Status.CLARIFY: ("cyan", "请再说明", "Please clarify"),
    Status.UNANSWERED: ("yellow", "未能作答", "Not answered"),
    Status.SMALLTALK: ("cyan", "闲谈", "Small talk"),
    Status.REFUSED: ("red", "不予作答", "Refused"),
}


def render(answer: Answer, *, kept: bool) -> str:
    """The card; ``kept`` says whether the ticket on it exists."""
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    return "\n".join(_lines(answer, width, kept=kept))


def _lines(answer: Answer, width: int, *, kept: bool) -> Iterator[str]:
    yield _headline(answer)
    yield from wrap(answer.text, width)
    for citation in answer.citations:
        yield ""
        yield from _citation(citation, answer.text, width)
    yield ""
    if answer.agencies:
        names = "、".join(agency.name for agency in answer.agencies)
        yield from _entry(say("责任单位", "Agencies"), names, width)
    if answer.ticket:
        yield from _entry(say("工单", "Ticket"), _ticket(answer.ticket, kept=kept), width)
    if answer.suggestions:
        yield from _entry(say("可接着问", "Ask next"), " · ".join(answer.suggestions), width)


def _headline(answer: Answer) -> str:
    colour, zh, en = _HEADLINES[answer.status]
    line = click.style(say(zh, en), fg=colour, bold=True)
    return f"{line}  {answer.confidence:.0%}" if answer.citations else line


def _citation(citation: Citation, text: str, width: int) -> Iterator[str]:
    """Where it stands; and word for word, unless the answer's text shows just that already."""
    passage = citation.passage
    yield click.style(f"{passage.label} {passage.heading or ''}".rstrip(), bold=True)
    if citation.quote not in text:
        yield from wrap(f"「{citation.quote}」", width, indent="  ")
    yield from wrap(f"《{passage.document.title}》{passage.id}", width, indent="  ")


def _entry(name: str, text: str, width: int) -> Iterator[str]:
    yield click.style(name, bold=True)
    yield from wrap(text, width, indent="  ")


def _ticket(ticket: Receipt, *, kept: bool) -> str:
    due = datetime.fromisoformat(ticket.due_at).astimezone(CHINA)
    parts = [ticket.number, say(f"{due:%Y-%m-%d %H:%M} 前答复", f"answer due {due:%Y-%m-%d %H:%M}")]
    if ticket.access_code:
        parts.append(say(f"查询码 {ticket.access_code}", f"access code {ticket.access_code}"))
    if not kept:
        parts.append(say("未保存，仅为预览", "not stored, preview only"))
    return say("，", ", ").join(parts)
