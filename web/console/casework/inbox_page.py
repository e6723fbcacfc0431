"""The inbox as page data: lines with their colours, piles with their counts, and where each filter leads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from flask import url_for

from indexer.text.script import detect_script
from kb.casework.inbox import STATES_OF, Due, Filter, Inbox, Line, Place
from kb.documents.knowledge import AgencyView
from kb.staff.actors import Actor, Role
from kb.tickets.ticket_states import TicketState
from web.clock import CHINA
from web.console.messages import translate_console
from web.locale import Locale, in_locale
from web.portal.reading import LANGUAGES, agency_name, readable

PLACES: Mapping[Place, str] = {
    Place.OPEN: "在办",
    Place.UNROUTED: "待派单",
    Place.FITS_NOWHERE: "无对应单位",
    Place.ESCALATED: "需协调",
    Place.APPROVAL: "待审核",
    Place.ALL: "全部",
}
DUES: Mapping[Due, str] = {
    Due.OVERDUE: "已逾期",
    Due.SOON: "一天内到期",
    Due.LATER: "未到期",
    Due.PAUSED: "暂停计时",
    Due.DONE: "已办",
}
_FOR_AGENCIES = (Place.OPEN, Place.APPROVAL, Place.ALL)


@dataclass(frozen=True)
class Tab:
    """A pile: its name, how many tickets it holds (None where that is not counted), where it is."""

    words: str
    count: int | None
    url: str
    current: bool


@dataclass(frozen=True)
class Option:
    """One choice of a list."""

    value: str
    words: str
    chosen: bool = False


@dataclass(frozen=True)
class Row:
    """One ticket of the list."""

    key: str
    number: str
    url: str
    question: str
    lang: str
    state: str
    due: str
    due_at: str
    due_kind: str
    due_words: str
    escalated: bool
    agencies: str
    followers: int


@dataclass(frozen=True)
class InboxPage:
    """Everything the template of the inbox needs."""

    tabs: tuple[Tab, ...]
    rows: tuple[Row, ...]
    total: int
    number: int
    pages: int
    earlier: str | None
    later: str | None
    place: str
    words: str
    states: tuple[Option, ...]
    dues: tuple[Option, ...]
    agencies: tuple[Option, ...]
    may_assign: bool


def inbox_page(
    found: Inbox,
    wanted: Filter,
    agencies: Sequence[AgencyView],
    actor: Actor,
    locale: Locale,
    now: datetime,
) -> InboxPage:
    """The page of ``found`` for ``actor``."""
    return InboxPage(
        tabs=_tabs(found, wanted, actor, locale),
        rows=tuple(_row(line, locale, now) for line in found.lines),
        total=found.total,
        number=found.page,
        pages=found.pages,
        earlier=_url(wanted, page=found.page - 1) if found.page > 1 else None,
        later=_url(wanted, page=found.page + 1) if found.page < found.pages else None,
        place=wanted.place,
        words=wanted.words,
        states=tuple(
            Option(
                state,
                f"{in_locale(locale, state.zh, state.en)} ({found.states.get(state, 0)})",
                state is wanted.state,
            )
            for state in TicketState
        ),
        dues=tuple(
            Option(due, translate_console(locale, words), due is wanted.due) for due, words in DUES.items()
        ),
        agencies=tuple(
            Option(agency.id, agency_name(agency, locale), agency.id == wanted.agency) for agency in agencies
        ),
        may_assign=actor.role is Role.CURATOR,
    )


def _tabs(found: Inbox, wanted: Filter, actor: Actor, locale: Locale) -> tuple[Tab, ...]:
    places = _FOR_AGENCIES if actor.role.of_agency else tuple(PLACES)
    return tuple(
        Tab(
            translate_console(locale, PLACES[place]),
            _count(found, place),
            _url(Filter(place=place)),
            place is wanted.place and wanted.state is None,
        )
        for place in places
    )


def _count(found: Inbox, place: Place) -> int:
    if place in found.places:
        return found.places[place]
    return sum(found.states.get(state, 0) for state in STATES_OF[place])


def _row(line: Line, locale: Locale, now: datetime) -> Row:
    due = line.due_at.astimezone(CHINA)
    same_year = due.year == now.astimezone(CHINA).year
    return Row(
        key=f"{line.number}:{line.version}",
        number=line.number,
        url=url_for("console.ticket", number=line.number),
        question=line.question,
        lang=LANGUAGES[detect_script(line.question)],
        state=in_locale(locale, line.state.zh, line.state.en),
        due=f"{due:%m-%d %H:%M}" if same_year else f"{due:%Y-%m-%d}",
        due_at=line.due_at.isoformat(),
        due_kind=line.due,
        due_words=translate_console(locale, DUES[line.due]),
        escalated=line.escalated,
        agencies="、".join(readable(name, locale) for name in line.agencies),
        followers=line.followers,
    )


def _url(wanted: Filter, page: int = 1) -> str:
    """The inbox with this filter: everything that differs from its start stands in the address."""
    given = {
        "place": wanted.place if wanted.place is not Place.OPEN else "",
        "state": wanted.state or "",
        "agency": wanted.agency or "",
        "due": wanted.due or "",
        "q": wanted.words,
        "page": page if page > 1 else "",
    }
    asked = urlencode({name: value for name, value in given.items() if value})
    return f"{url_for('console.inbox')}?{asked}" if asked else url_for("console.inbox")
