"""An answer and its exchange as page data, made from the contract object that was stored."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.answer import Status
from kb.documents.knowledge import PassageView
from kb.tickets.ticket_states import TicketState
from web.locale import Locale, in_locale
from web.portal.asking.answer_blocks import Block, blocks_of
from web.portal.clauses import clauses_of
from web.portal.dates import due_words
from web.portal.messages import translate
from web.portal.reading import LANGUAGES

BADGES: Mapping[Status, tuple[str, str]] = {
    Status.ANSWERED: ("原文有答", "full"),
    Status.PARTIAL: ("原文没有写全", "part"),
    Status.CLARIFY: ("请选一项", "plain"),
    Status.UNANSWERED: ("原文没有答案", "kept"),
    Status.SMALLTALK: ("", "plain"),
    Status.REFUSED: ("不在回答范围", "plain"),
}
"""For each way a question ends: what the page calls it, and the tone it is shown in."""


@dataclass(frozen=True)
class Receipt:
    """The ticket of an answer. ``access_code`` only in the one response that may show it."""

    number: str
    state: str
    due_at: str
    due_words: str
    access_code: str | None
    similar: tuple[str, str] | None = None


@dataclass(frozen=True)
class Understood:
    """What a message was taken for, in the answer's own words, and the message to ask as it stands."""

    words: str
    undo: str


@dataclass(frozen=True)
class AnswerView:
    """Everything the template of an answer needs. ``as_of``: the day that what is asked next is about too."""

    message_id: str
    conversation_id: str
    status: str
    badge: str
    tone: str
    lang: str
    understood: Understood | None
    blocks: tuple[Block, ...]
    ticket: Receipt | None
    suggestions: tuple[str, ...]
    choosing: bool
    ratable: bool
    rating: str | None
    copy_text: str
    as_of: str | None = None


def answer_view(
    payload: Mapping[str, Any],
    passages: Mapping[str, PassageView],
    *,
    locale: Locale,
    now: datetime,
    rating: str | None = None,
    ticket_state: TicketState = TicketState.NEW,
    access_code: str | None = None,
) -> AnswerView:
    """The view of a stored contract object. ``passages``: what it cites and is in force, by id.

    ``ticket_state``: where its ticket stands now; the object holds where it stood when it was kept.
    """
    status, script = Status(payload["status"]), payload["script"]
    badge, tone = BADGES[status]
    clauses, ticket = clauses_of(payload, passages, script), payload["ticket"]
    understood, text = _understood(payload)
    return AnswerView(
        message_id=payload["message_id"],
        conversation_id=payload["conversation_id"],
        status=status.value,
        badge=translate(locale, badge) if badge and (clauses or status is not Status.ANSWERED) else "",
        tone=tone,
        lang=LANGUAGES[script] if locale != "en" else "",
        understood=understood,
        blocks=blocks_of(text, clauses, _numbers(ticket)),
        ticket=_receipt(ticket, ticket_state, locale, now, access_code),
        suggestions=tuple(payload["suggestions"]),
        choosing=status is Status.CLARIFY,
        ratable=status in (Status.ANSWERED, Status.PARTIAL, Status.UNANSWERED),
        rating=rating,
        copy_text=payload["answer"],
        as_of=payload.get("as_of"),
    )


def _understood(payload: Mapping[str, Any]) -> tuple[Understood | None, str]:
    """What the message was taken for, which an answer says in a line of its own, and the text without that.

    A correction is said first; what a follow-up was taken for is said last of all that names it.
    """
    if not (taken := payload.get("understood")):
        return None, payload["answer"]
    lines = payload["answer"].split("\n")
    naming = [at for at, line in enumerate(lines) if taken["question"] in line]
    at = naming[-1] if naming and taken["because"] == "follow_up" else 0
    return Understood(lines[at], taken["undo"]), "\n".join((*lines[:at], *lines[at + 1 :]))


def cited_passages(payloads: Iterable[Mapping[str, Any]]) -> list[str]:
    """The ids of all passages that these answers cite."""
    return [citation["passage_id"] for payload in payloads for citation in payload["citations"]]


def _receipt(
    ticket: Mapping[str, Any] | None,
    state: TicketState,
    locale: Locale,
    now: datetime,
    access_code: str | None,
) -> Receipt | None:
    if ticket is None:
        return None
    due = datetime.fromisoformat(ticket["due_at"])
    return Receipt(
        number=ticket["number"],
        state=in_locale(locale, state.zh, state.en),
        due_at=ticket["due_at"],
        due_words=due_words(due, now, locale),
        access_code=access_code,
        similar=_similar(ticket, locale) if access_code else None,
    )


def _numbers(ticket: Mapping[str, Any] | None) -> tuple[str, ...]:
    """The numbers that the receipt shows."""
    if ticket is None:
        return ()
    similar = ticket.get("similar")
    return (ticket["number"], *([similar["number"]] if similar else []))


def _similar(ticket: Mapping[str, Any], locale: Locale) -> tuple[str, str] | None:
    """The open ticket that was offered with a new one; stored answers from before have none."""
    similar = ticket.get("similar")
    if not similar:
        return None
    state = TicketState(similar["state"])
    return similar["number"], in_locale(locale, state.zh, state.en)
