"""``guanwen tickets``: the kept questions, for programs and for a look without a browser."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click
from cryptography.fernet import InvalidToken

from kb.store.db import Session
from kb.tickets.ticket_export import ENCODING, as_csv, as_json_lines
from kb.tickets.ticket_states import TicketState
from kb.tickets.ticket_views import TicketView
from kb.tickets.tickets import contact_of, get, list_tickets
from web.cli.columns import pad
from web.cli.front_desk_opening import with_front_desk
from web.cli.grammar import Command, Group
from web.clock import CHINA
from web.exits import ExitCode, Refusal
from web.speech import say
from web.state.front_desk import FrontDesk

_EVERY = 1_000_000
_WIDEST_STATE = 22

_state = click.option(
    "--state",
    type=click.Choice([state.value for state in TicketState]),
    help=say("只要这一状态的", "Only tickets in this state."),
)
_agency = click.option(
    "--agency", metavar="ID", help=say("只要给这个单位的", "Only tickets for this agency.")
)

tickets = Group(
    name="tickets",
    help=say("查看和导出工单。", "See and export the kept questions."),
    places={
        "list": "web.cli.casework.tickets:listing",
        "show": "web.cli.casework.tickets:show",
        "export": "web.cli.casework.tickets:export",
    },
    example="guanwen tickets list --state new\nguanwen tickets export --format csv tickets.csv",
)


@click.command(
    "list",
    cls=Command,
    help=say("列出工单，新的在前。", "List tickets, newest first."),
    example="guanwen tickets list --state new --limit 20",
)
@_state
@_agency
@click.option(
    "--limit", default=50, metavar="N", help=say("最多几张，默认 50", "At most so many; 50 by default.")
)
@with_front_desk
def listing(desk: FrontDesk, state: str | None, agency: str | None, limit: int) -> None:
    """One line a ticket."""
    for ticket in _find(desk, state, agency, limit):
        label = pad(_label(ticket.state), _WIDEST_STATE)
        click.echo(f"{ticket.number}  {label}  {_local(ticket.due_at)}  {ticket.question}")


@click.command(
    cls=Command,
    help=say("一张工单的全部内容。", "Everything about one ticket."),
    example="guanwen tickets show WT-20261123-0007",
)
@click.argument("number")
@click.option("--json", "as_json", is_flag=True, help=say("输出 JSON", "Print JSON."))
@click.option(
    "--contact", is_flag=True, help=say("显示完整的联系方式", "Show the asker's contact in the clear.")
)
@with_front_desk
def show(desk: FrontDesk, number: str, as_json: bool, contact: bool) -> None:
    """One ticket."""
    with desk.transaction() as session:
        ticket = get(session, number)
        if contact:
            ticket = replace(ticket, contact=_contact(desk, session, number))
    click.echo(as_json_lines([ticket]).rstrip("\n") if as_json else "\n".join(_lines(ticket)))


@click.command(
    cls=Command,
    help=say(
        "导出工单到文件或标准输出：csv 供表格软件，jsonl 供程序。",
        "Export tickets to a file or stdout: csv for spreadsheets, jsonl for programs.",
    ),
    example="guanwen tickets export --format csv tickets.csv",
)
@click.argument("file", required=False)
@click.option(
    "--format", "form", type=click.Choice(["csv", "jsonl"]), default="jsonl", help=say("格式", "Format.")
)
@_state
@_agency
@with_front_desk
def export(desk: FrontDesk, file: str | None, form: str, state: str | None, agency: str | None) -> None:
    """Write the tickets."""
    found = _find(desk, state, agency, _EVERY)
    if form == "csv":
        _write(file, as_csv(found).encode(ENCODING))
    else:
        _write(file, as_json_lines(found).encode())


def _find(desk: FrontDesk, state: str | None, agency: str | None, limit: int) -> list[TicketView]:
    wanted = TicketState(state) if state else None
    with desk.transaction() as session:
        return list_tickets(session, state=wanted, agency=agency, limit=limit)


def _contact(desk: FrontDesk, session: Session, number: str) -> str | None:
    try:
        return contact_of(session, number, keys=[desk.home.secrets.contact])
    except InvalidToken as error:
        raise Refusal(
            ExitCode.FAILED,
            f"{number}：联系方式不是用 secrets/contact 里的密钥加密的，请恢复当时的密钥",
            f"{number}: the contact was sealed with another key than secrets/contact; restore that key",
        ) from error


def _lines(ticket: TicketView) -> Iterator[str]:
    yield click.style(f"{ticket.number}  {_label(ticket.state)}", bold=True)
    yield ticket.question
    yield f"{say('收到', 'kept')} {_local(ticket.created_at)}  {say('期限', 'due')} {_local(ticket.due_at)}"
    yield f"{say('联系方式', 'contact')} {ticket.contact or say('没有留', 'none left')}"
    for agency in ticket.agencies:
        yield f"  {agency.name}  {agency.role}  {agency.basis}"
    for near in ticket.passages:
        yield f"  {near.label} {near.heading or ''}  {near.id}"
    for event in ticket.events:
        reason = f"  {event.reason}" if event.reason else ""
        yield f"  {_local(event.at)}  {_label(event.to_state)}  {event.actor}{reason}"


def _label(state: TicketState) -> str:
    return say(state.zh, state.en)


def _local(moment: datetime) -> str:
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M}"


def _write(name: str | None, content: bytes) -> None:
    if name is None:
        sys.stdout.buffer.write(content)
        return
    try:
        Path(name).write_bytes(content)
    except OSError as error:
        raise Refusal(
            ExitCode.CANNOT_WRITE,
            f"{name}：不能写入（{error.strerror}）",
            f"{name}: cannot be written ({error.strerror})",
        ) from error
