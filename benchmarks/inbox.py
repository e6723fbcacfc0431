"""The console's inbox over many tickets: whole pages, as staff get them."""

import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from indexer.text.folding import folded_text
from kb.documents import knowledge
from kb.staff.actors import Role
from kb.staff.sign_ins import start
from kb.staff.users import add, by_name
from kb.store.bulk_insert import insert_rows
from kb.store.db import Session
from kb.store.tables.tickets import Ticket, TicketAgency
from kb.tickets.ticket_states import TicketState
from web.app import create_app
from web.request.visit import front_desk_of
from web.settings import Settings

_TICKETS = 50_000
_FIRST = 1_000_000
_ROUNDS = 20
_PAGES = {
    "curator": ("/console", "/console?place=unrouted", "/console?place=all&page=500", "/console?q=冻虾"),
    "clerk": ("/console", "/console?place=all&q=7777"),
}


def measure_inbox(home: Path) -> dict[str, float]:
    """Milliseconds of the slowest kind of inbox page over 50,000 tickets, each kind's median."""
    with tempfile.TemporaryDirectory(prefix="guanwen-bench-") as folder:
        return _measure(shutil.copytree(home, Path(folder) / "var"))


def _measure(home: Path) -> dict[str, float]:
    app = create_app(Settings(home=home, rate_per_minute=0, log_level="error"))
    desk = front_desk_of(app)
    moment = datetime.now(UTC)
    with desk.transaction() as session:
        _fill(session, moment)
        tokens = {role: _staff(session, role, moment) for role in (Role.CURATOR, Role.CLERK)}
    medians = []
    for role, token in tokens.items():
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie["sign_in"] = token
        medians += [_median(client, page) for page in _PAGES[role]]
    desk.close()
    return {"inbox page over 50,000 tickets, ms": max(medians)}


def _median(client: Any, page: str) -> float:
    took = []
    for _ in range(_ROUNDS):
        began = time.perf_counter()
        response = client.get(page)
        took.append((time.perf_counter() - began) * 1000)
        assert response.status_code == 200, (page, response.status_code)
    return statistics.median(took)


def _staff(session: Session, role: Role, moment: datetime) -> str:
    agency = knowledge.agencies(session)[0].id if role.of_agency else None
    add(session, role.value, display_name="", role=role, agency_id=agency, email=None, now=moment)
    user = by_name(session, role.value)
    user.must_change = False
    return start(session, user, moment)


def _fill(session: Session, moment: datetime) -> None:
    chance = random.Random(5)  # noqa: S311
    rows = list(_tickets(chance, moment))
    insert_rows(session, Ticket, rows)
    names = [agency.id for agency in knowledge.agencies(session)][:4]
    insert_rows(
        session,
        TicketAgency,
        [
            {
                "ticket_id": row["id"],
                "agency_id": chance.choice(names),
                "position": 0,
                "name": "单位",
                "basis": "",
                "role": "lead",
            }
            for row in rows
        ],
    )


def _tickets(chance: random.Random, moment: datetime) -> Iterator[dict[str, Any]]:
    """One in ten is open, as on a desk that does its work."""
    open_states = [state for state in TicketState if state not in (TicketState.CLOSED, TicketState.MERGED)]
    for number in range(1, _TICKETS + 1):
        asked = moment - timedelta(minutes=10 * number)
        state = chance.choice(open_states) if number % 10 == 0 else TicketState.CLOSED
        question = f"第{number}批{chance.choice(('冻虾', '活鱼', '锂电池', '石材'))}查验要等几天，费用怎么算"
        yield {
            "id": _FIRST + number,  # other measurements have left tickets of their own
            "number": f"WT-{asked:%Y%m%d}-{number:05}",
            "access_code_hash": "",
            "conversation_id": None,
            "question": question,
            "script": "hans",
            "reason": "not_stated",
            "state": state,
            "version": 1,
            "created_at": asked,
            "due_at": asked + timedelta(days=chance.randrange(2, 9)),
            "calendar_known": True,
            "folded": folded_text(question),
            "head": "",
            "escalated": number % 5000 == 0,
            "remind_at": None,
            "parent_id": None,
            "erased_at": None,
        }
