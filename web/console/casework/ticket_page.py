"""A ticket as page data, for staff: conversation, clauses, clocks, history, and what may be done."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files

from flask import url_for

from indexer.text.script import detect_script
from kb.casework.access import Act
from kb.casework.drafts import DraftView
from kb.casework.joining import Similar
from kb.casework.routing import Proposal
from kb.conversations import Exchange
from kb.documents.knowledge import AgencyView, PassageView
from kb.replies.replies_in_force import ReplyView
from kb.store.tables.tickets import Ticket
from kb.tickets.clocks import Clock, ClockKind, clocks
from kb.tickets.ticket_rows import LEAD, ROUTED
from kb.tickets.ticket_views import EventView, TicketView
from web.console.casework.citation_picker import Picker
from web.console.messages import translate_console
from web.locale import Locale, in_locale
from web.portal.addresses import document_address
from web.portal.dates import moment_words
from web.portal.reading import LANGUAGES, agency_name, readable

ACTIONS: Mapping[str, str] = {
    "kept": "登记",
    "moved": "变更状态",
    "joined": "提问人并入",
    "extended": "延期",
    "reopened": "重新办理",
    "supplement": "提问人补充",
    "withdrawn": "提问人撤回",
    "erased": "删除内容",
    Act.ACCEPT: "受理",
    Act.ROUTE: "派单",
    Act.DECLINE: "不予受理",
    Act.MERGE: "并单",
    Act.SPLIT: "拆单",
    Act.CLOSE: "办结",
    Act.TAKE: "接办",
    Act.RETURN: "退回",
    Act.AWAIT: "请提问人补充",
    Act.RESUME: "继续办理",
    Act.DRAFT: "保存草稿",
    Act.SUBMIT: "提交审核",
    Act.PUBLISH: "审核并发布",
    Act.SEND_BACK: "退回修改",
    Act.NOTE: "备注",
}
CLOCK_WORDS: Mapping[ClockKind, str] = {
    ClockKind.ACCEPTANCE: "受理",
    ClockKind.RESPONSE: "着手办理",
    ClockKind.ANSWER: "答复",
}
CLOCK_STATES = ("按时完成", "逾期完成", "暂停计时", "已逾期", "计时中")


@dataclass(frozen=True)
class TicketSources:
    """What the page is made from."""

    view: TicketView
    acts: tuple[Act, ...]
    draft: DraftView | None
    proposals: Sequence[Proposal]
    similar: Sequence[Similar]
    reply: ReplyView | None
    askers: Sequence[Ticket]
    agencies: Sequence[AgencyView]
    picker: Picker
    talk: Sequence[Exchange]
    earlier: Sequence[PassageView]


@dataclass(frozen=True)
class Happening:
    """One event of the history."""

    sequence: int
    at: str
    when: str
    actor: str
    words: str
    state: str
    reason: str
    difference: tuple[str, ...]


@dataclass(frozen=True)
class ClockLine:
    """One clock: what it is for, how it stands, how much of it is used."""

    words: str
    state: str
    tone: str
    due_at: str
    due: str
    percent: int
    extended: bool
    calendar_known: bool


@dataclass(frozen=True)
class AgencyChoice:
    """An agency in the routing form."""

    id: str
    name: str
    role: str
    reason: str


@dataclass(frozen=True)
class Earlier:
    """A reply that stands near the question."""

    heading: str
    body: str
    issuer: str
    url: str


@dataclass(frozen=True)
class Said:
    """A question and its answer, as they were."""

    question: str
    answer: str
    lang: str


@dataclass(frozen=True)
class Asker:
    """One of those who asked: number, words, masked contact."""

    number: str
    url: str
    question: str
    lang: str
    script: str
    contact: str


@dataclass(frozen=True)
class TicketPage:
    """Everything the template of a ticket needs."""

    number: str
    version: int
    state: str
    question: str
    lang: str
    kept: str
    escalated: bool
    parent: str | None
    talk: tuple[Said, ...]
    askers: tuple[Asker, ...]
    agencies: tuple[AgencyChoice, ...]
    proposals: tuple[AgencyChoice, ...]
    choices: tuple[AgencyChoice, ...]
    clocks: tuple[ClockLine, ...]
    similar: tuple[tuple[str, str, str], ...]
    history: tuple[Happening, ...]
    picker: Picker
    phrases: tuple[str, ...]
    acts: frozenset[str]
    draft: DraftView | None
    reply: ReplyView | None
    earlier: tuple[Earlier, ...]


def ticket_page(sources: TicketSources, locale: Locale, now: datetime) -> TicketPage:
    """The page of a ticket that whoever reads may see."""
    view = sources.view
    routed = [agency for agency in view.agencies if agency.role in ROUTED]
    return TicketPage(
        number=view.number,
        version=view.version,
        state=in_locale(locale, view.state.zh, view.state.en),
        question=view.question,
        lang=LANGUAGES[detect_script(view.question)],
        kept=moment_words(view.created_at, locale),
        escalated=view.escalated,
        parent=view.parent,
        talk=tuple(_talk(view, sources.talk)),
        askers=tuple(_asker(one) for one in sources.askers),
        agencies=tuple(
            AgencyChoice(one.id, readable(one.name, locale), _role(one.role, locale), "") for one in routed
        ),
        proposals=tuple(_proposal(one, view, locale) for one in sources.proposals),
        choices=tuple(
            AgencyChoice(one.id, agency_name(one, locale), "", "")
            for one in sources.agencies
            if not one.collective
        ),
        clocks=tuple(_clock(one, locale) for one in clocks(view.events, now)),
        similar=tuple(
            (
                one.number,
                url_for("console.ticket", number=one.number),
                in_locale(locale, one.state.zh, one.state.en),
            )
            for one in sources.similar
        ),
        history=tuple(_happening(event, locale) for event in reversed(view.events)),
        picker=sources.picker,
        phrases=canned_phrases(),
        acts=frozenset(map(str, sources.acts)),
        draft=sources.draft,
        reply=sources.reply,
        earlier=tuple(
            Earlier(one.heading or "", one.body, one.document.issuer, document_address(one.document.id))
            for one in sources.earlier
        ),
    )


def _talk(view: TicketView, exchanges: Sequence[Exchange]) -> Iterator[Said]:
    """The conversation up to this question: what came before helps to understand it."""
    for exchange in exchanges:
        lang = LANGUAGES[detect_script(exchange.question)]
        yield Said(exchange.question, str(exchange.payload["answer"]), lang)
        ticket = exchange.payload["ticket"]
        if ticket and ticket["number"] == view.number:
            return


def _asker(ticket: Ticket) -> Asker:
    return Asker(
        ticket.number,
        url_for("console.ticket", number=ticket.number),
        ticket.question,
        LANGUAGES[detect_script(ticket.question)],
        ticket.script,
        ticket.contact.masked if ticket.contact else "",
    )


def _role(role: str, locale: Locale) -> str:
    return translate_console(locale, "主办" if role == LEAD else "共同办理")


def _proposal(proposal: Proposal, view: TicketView, locale: Locale) -> AgencyChoice:
    near = next((one for one in view.passages if one.id == proposal.basis), None)
    basis = readable(f"{near.label} {near.heading or ''}".strip(), locale) if near else proposal.basis
    reason = translate_console(locale, "最接近的条款 {basis} 写明由它负责", basis=basis)
    if proposal.times:
        reason = translate_console(
            locale,
            "与 {basis} 相近的问题转给过它 {times} 次，最近是 {number}",
            basis=basis,
            times=proposal.times,
            number=proposal.last_number,
        )
    return AgencyChoice(proposal.agency_id, readable(proposal.name, locale), proposal.role, reason)


def _clock(clock: Clock, locale: Locale) -> ClockLine:
    words, tone = _standing(clock)
    return ClockLine(
        words=translate_console(locale, CLOCK_WORDS[clock.kind]),
        state=translate_console(locale, words),
        tone=tone,
        due_at=clock.due_at.isoformat(),
        due=moment_words(clock.due_at, locale),
        percent=min(100, round(clock.share * 100)),
        extended=clock.extended,
        calendar_known=clock.calendar_known,
    )


def _standing(clock: Clock) -> tuple[str, str]:
    if clock.stopped_at is not None:
        return ("按时完成", "done") if clock.kept else ("逾期完成", "late")
    if clock.paused:
        return "暂停计时", "paused"
    if clock.share > 1:
        return "已逾期", "overdue"
    return "计时中", "soon" if clock.share >= 0.8 else "later"


def _happening(event: EventView, locale: Locale) -> Happening:
    moved = event.from_state is not event.to_state
    return Happening(
        sequence=event.sequence,
        at=event.at.isoformat(),
        when=moment_words(event.at, locale),
        actor=translate_console(locale, "提问人") if event.actor == "asker" else event.actor,
        words=translate_console(locale, ACTIONS[event.action]),
        state=in_locale(locale, event.to_state.zh, event.to_state.en) if moved else "",
        reason=readable(event.reason or "", locale),
        difference=tuple(event.detail.get("difference", ())),
    )


@cache
def canned_phrases() -> tuple[str, ...]:
    """The phrases, in the order of the file."""
    content = (files("web.console") / "phrases.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(content)["phrases"])
