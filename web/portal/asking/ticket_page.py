"""A ticket as page data, for the asker: where it stands, what was asked, what is near, what happened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.answer import Script
from indexer.text.script import detect_script, to_script
from kb.casework.asker_acts import Standing
from kb.casework.ratings import Level
from kb.documents.knowledge import PassageView
from kb.tickets.ticket_rows import ROUTED
from kb.tickets.ticket_states import TicketState
from kb.tickets.ticket_views import EventView, NearPassage, TicketAgencyView, TicketView
from web.locale import Locale, in_locale
from web.portal.addresses import agency_address, document_address
from web.portal.clauses import Chip
from web.portal.dates import due_words, moment_words
from web.portal.reading import LANGUAGES, SCRIPTS, readable

WAY: tuple[TicketState, ...] = (
    TicketState.NEW,
    TicketState.TRIAGED,
    TicketState.ASSIGNED,
    TicketState.IN_PROGRESS,
    TicketState.PENDING_APPROVAL,
    TicketState.ANSWERED,
    TicketState.CLOSED,
)
"""The usual way of a ticket; every other state is a stop beside it."""

_TOLD = (TicketState.DECLINED, TicketState.WAITING_ASKER)
"""States whose reason was written for the asker; the others are between colleagues."""


@dataclass(frozen=True)
class Step:
    """One step of the usual way: behind the ticket, where it stands, or ahead."""

    words: str
    done: bool
    current: bool


@dataclass(frozen=True)
class Near:
    """A passage that stood near the question; without ``url`` when it is no longer in force.

    ``quote`` is in the reader's script, ``lang``; ``verbatim`` is None unless the source reads otherwise.
    """

    label: str
    heading: str
    quote: str
    lang: str
    verbatim: str | None
    verbatim_lang: str
    url: str | None


@dataclass(frozen=True)
class Happening:
    """A line of the history."""

    at: str
    when: str
    words: str
    reason: str


@dataclass(frozen=True)
class Reply:
    """The published reply, in the reader's script; ``rating``: how the asker rated it, in words."""

    heading: str
    body: str
    issuer: str
    lang: str
    url: str
    rating: str


@dataclass(frozen=True)
class TicketPage:
    """Everything the template of a ticket needs. ``aside``: the state, when it lies beside the usual way.

    ``wanted``: what the asker was asked for. ``levels``: the ratings to choose from, while one may be given.
    """

    number: str
    question: str
    question_lang: str
    conversation_id: str | None
    steps: tuple[Step, ...]
    aside: str
    settled: bool
    kept: str
    due_at: str
    due: str
    agencies: tuple[Chip, ...]
    nearest: tuple[Near, ...]
    history: tuple[Happening, ...]
    contact: str | None
    followed: str
    similar: tuple[str, str] | None
    reply: Reply | None
    levels: tuple[tuple[int, str], ...]
    wanted: str
    erased: bool


def ticket_page(
    ticket: TicketView,
    standing: Standing,
    passages: Mapping[str, PassageView],
    *,
    locale: Locale,
    now: datetime,
) -> TicketPage:
    """The page of ``ticket``. ``passages``: those near it that are in force, by id.

    One that follows another is shown where that one stands.
    """
    leading = standing.followed or ticket
    script = SCRIPTS.get(locale) or detect_script(ticket.question)
    return TicketPage(
        number=ticket.number,
        question=ticket.question,
        question_lang=LANGUAGES[detect_script(ticket.question)],
        conversation_id=ticket.conversation_id,
        steps=_steps(leading, locale),
        aside="" if leading.state in WAY else _state_words(leading.state, locale),
        settled=leading.state in (TicketState.ANSWERED, TicketState.CLOSED, TicketState.DECLINED),
        kept=moment_words(ticket.created_at, locale),
        due_at=leading.due_at.isoformat(),
        due=due_words(leading.due_at, now, locale),
        agencies=tuple(_chip(agency, locale) for agency in _agencies(leading)),
        nearest=tuple(_near(near, passages, script) for near in ticket.passages),
        history=tuple(_happening(event, locale) for event in _turns(ticket.events)),
        contact=ticket.contact,
        followed=leading.number if standing.followed else "",
        similar=_similar(standing, locale),
        reply=_reply(standing, script, locale),
        levels=_levels(standing, locale),
        wanted=_wanted(ticket, locale),
        erased=ticket.erased,
    )


def _agencies(ticket: TicketView) -> list[TicketAgencyView]:
    """Those that have the ticket; before that, those proposed."""
    routed = [agency for agency in ticket.agencies if agency.role in ROUTED]
    return routed or list(ticket.agencies)


def _similar(standing: Standing, locale: Locale) -> tuple[str, str] | None:
    similar = standing.similar
    return (similar.number, _state_words(similar.state, locale)) if similar else None


def _reply(standing: Standing, script: Script, locale: Locale) -> Reply | None:
    reply = standing.reply
    if reply is None:
        return None
    return Reply(
        heading=to_script(reply.heading, script),
        body=to_script(reply.body, script),
        issuer=readable(reply.issuer, locale),
        lang=LANGUAGES[script],
        url=document_address(*reply.passage_key.split("/", 1)),
        rating=in_locale(locale, standing.rating.zh, standing.rating.en) if standing.rating else "",
    )


def _levels(standing: Standing, locale: Locale) -> tuple[tuple[int, str], ...]:
    if not standing.may_rate:
        return ()
    return tuple((level.value, in_locale(locale, level.zh, level.en)) for level in Level)


def _wanted(ticket: TicketView, locale: Locale) -> str:
    """What was asked of the asker, while the ticket waits for it."""
    if ticket.state is not TicketState.WAITING_ASKER:
        return ""
    asked = next(event for event in reversed(ticket.events) if event.to_state is ticket.state)
    return readable(asked.reason or "", locale)


def _steps(ticket: TicketView, locale: Locale) -> tuple[Step, ...]:
    reached = [event.to_state for event in ticket.events if event.to_state in WAY]
    furthest = WAY.index(reached[-1]) if reached else 0
    return tuple(
        Step(_state_words(state, locale), done=place < furthest, current=place == furthest)
        for place, state in enumerate(WAY)
    )


def _turns(events: Sequence[EventView]) -> list[EventView]:
    """Changes of state, newest first; a note that changes nothing is the agency's own business."""
    return [event for event in reversed(events) if event.from_state != event.to_state]


def _happening(event: EventView, locale: Locale) -> Happening:
    return Happening(
        at=event.at.isoformat(),
        when=moment_words(event.at, locale),
        words=_state_words(event.to_state, locale),
        reason=readable(event.reason or "", locale) if event.to_state in _TOLD else "",
    )


def _near(near: NearPassage, passages: Mapping[str, PassageView], script: Script) -> Near:
    document_id, _, section = near.id.partition("/")
    passage = passages.get(near.id)
    source_script = passage.document.script if passage else detect_script(near.quote)
    quote = near.quote if source_script == script else to_script(near.quote, script)
    return Near(
        label=to_script(near.label, script),
        heading=to_script(near.heading or "", script),
        quote=quote,
        lang=LANGUAGES[script],
        verbatim=near.quote if near.quote != quote else None,
        verbatim_lang=LANGUAGES[source_script],
        url=document_address(document_id, section) if passage else None,
    )


def _chip(agency: TicketAgencyView, locale: Locale) -> Chip:
    return Chip(readable(agency.name, locale), agency_address(agency.id))


def _state_words(state: TicketState, locale: Locale) -> str:
    return in_locale(locale, state.zh, state.en)
