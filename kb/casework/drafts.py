"""The draft of a reply: written by a clerk, checked, submitted, sent back by the approver."""

from dataclasses import dataclass
from datetime import date, datetime
from difflib import ndiff

from sqlalchemy.orm import Session

from kb.casework.access import Act
from kb.casework.casework import at_work, do
from kb.casework.joining import askers_of
from kb.errors import ActRefused, ReasonMissing
from kb.notices import notices
from kb.personal_data import mask
from kb.replies.reply_citations import CitedSpan, Span, cite, still_stand
from kb.staff.actors import Actor, Role
from kb.store.tables.replies import ReplyDraft
from kb.store.tables.tickets import Ticket
from kb.tickets.ticket_changes import check_move
from kb.tickets.ticket_states import TicketState
from kb.working_time import CHINA

LONGEST_BODY = 4000
LONGEST_LINE = 200
MOST_VARIANTS = 40


@dataclass(frozen=True)
class DraftText:
    """What a clerk writes. ``variants`` are the questions that the reply answers."""

    heading: str
    body: str
    variants: tuple[str, ...] = ()
    citations: tuple[Span, ...] = ()
    expires_on: date | None = None


@dataclass(frozen=True)
class DraftView:
    """A draft as saved."""

    heading: str
    body: str
    variants: tuple[str, ...]
    citations: tuple[CitedSpan, ...]
    expires_on: date | None
    author: str
    saved_at: datetime


def draft_of(session: Session, ticket: Ticket) -> DraftView | None:
    """The draft of a ticket that the caller may see."""
    row = session.get(ReplyDraft, ticket.id, populate_existing=True)
    return _view(row) if row else None


def wordings(ticket: Ticket) -> list[str]:
    """The questions of all who asked, personal data masked, each once: variants to begin with."""
    asked = [mask(one.question).text for one in askers_of(ticket) if one.erased_at is None]
    return list(dict.fromkeys(asked))


def save(
    session: Session, actor: Actor, number: str, text: DraftText, *, version: int | None, now: datetime
) -> None:
    """Keep the draft, taking the question in hand if that has not been done.

    The event says what changed. Raises ActRefused for what cannot be a reply: no heading, too long, a
    citation that is no span of a passage in force.
    """
    ticket = at_work(session, actor, Act.DRAFT, number, version)
    _save(session, actor, ticket, text, now)


def submit(
    session: Session, actor: Actor, number: str, text: DraftText, *, version: int | None, now: datetime
) -> None:
    """Keep the draft and lay it before the agency's approver. Raises ActRefused for one not complete."""
    ticket = at_work(session, actor, Act.SUBMIT, number, version)
    if not text.heading.strip() or not text.body.strip():
        raise ActRefused("请写明标题和答复内容再提交", "A reply needs a heading and words.")
    _save(session, actor, ticket, text, now)
    do(session, actor, Act.SUBMIT, ticket, to=TicketState.PENDING_APPROVAL, now=now)
    approvers = notices.agency_staff(session, ticket, Role.APPROVER)
    notices.tell_staff(session, approvers, ticket, notices.STAFF_SUBMITTED, str(ticket.version), {}, now)
    notices.tell_world(session, ticket, {}, now)


def send_back(
    session: Session, actor: Actor, number: str, reason: str, *, version: int | None, now: datetime
) -> None:
    """Give a draft back to its writer with what has to be put right."""
    ticket = at_work(session, actor, Act.SEND_BACK, number, version)
    if not reason.strip():
        raise ReasonMissing(Act.SEND_BACK)
    do(session, actor, Act.SEND_BACK, ticket, to=TicketState.IN_PROGRESS, reason=reason, now=now)
    draft = draft_of(session, ticket)
    writer = notices.named(session, draft.author) if draft else []
    told = {"reason": ticket.events[-1].reason}
    notices.tell_staff(session, writer, ticket, notices.STAFF_SENT_BACK, str(ticket.version), told, now)


def refuse_stale_citations(session: Session, draft: DraftView, now: datetime) -> None:
    """Raise ActRefused unless everything that a draft cites is still in force as it was cited."""
    broken = still_stand(session, draft.citations, on=now.astimezone(CHINA).date())
    if broken:
        names = "、".join(broken)
        raise ActRefused(
            f"引用的条款已有变动，请退回修改：{names}",
            f"What it cites has changed; please send it back: {names}",
        )


def _save(session: Session, actor: Actor, ticket: Ticket, text: DraftText, now: datetime) -> None:
    _check_text(text, now.astimezone(CHINA).date())
    cited = cite(session, text.citations, on=now.astimezone(CHINA).date())
    before = draft_of(session, ticket)
    row = session.get(ReplyDraft, ticket.id) or ReplyDraft(ticket_id=ticket.id)
    row.heading, row.body = text.heading.strip(), _tidy(text.body)
    row.variants = list(dict.fromkeys(mask(one.strip()).text for one in text.variants if one.strip()))
    row.citations = [one.as_dict() for one in cited]
    row.expires_on, row.author, row.saved_at = text.expires_on, actor.name, now
    detail = {"difference": difference(before.body if before else "", row.body)}
    to = TicketState.IN_PROGRESS if ticket.state == TicketState.ASSIGNED else None
    if to:
        check_move(TicketState(ticket.state), to, None)
    do(session, actor, Act.DRAFT, ticket, to=to, now=now, detail=detail)
    session.add(row)
    session.flush()


def difference(before: str, after: str) -> list[str]:
    """The lines taken out (``- ``) and put in (``+ ``)."""
    return [
        line.rstrip("\n")
        for line in ndiff(before.splitlines(), after.splitlines())
        if line.startswith(("+ ", "- "))
    ]


def _check_text(text: DraftText, today: date) -> None:
    if text.expires_on is not None and text.expires_on < today:
        raise ActRefused("有效期已经过去", "That day is past.")
    if len(text.body) > LONGEST_BODY:
        raise ActRefused(f"答复最多 {LONGEST_BODY} 字", f"A reply has at most {LONGEST_BODY} characters.")
    if len(text.heading) > LONGEST_LINE or any(len(one) > LONGEST_LINE for one in text.variants):
        raise ActRefused(
            f"标题和每条问法最多 {LONGEST_LINE} 字",
            f"The heading and each wording have at most {LONGEST_LINE} characters.",
        )
    if len(text.variants) > MOST_VARIANTS:
        raise ActRefused(f"问法最多 {MOST_VARIANTS} 条", f"At most {MOST_VARIANTS} wordings.")


def _tidy(body: str) -> str:
    return "\n".join(line.rstrip() for line in body.replace("\r\n", "\n").strip().split("\n"))


def _view(row: ReplyDraft) -> DraftView:
    return DraftView(
        row.heading,
        row.body,
        tuple(row.variants),
        tuple(CitedSpan.from_dict(one) for one in row.citations),
        row.expires_on,
        row.author,
        row.saved_at,
    )
