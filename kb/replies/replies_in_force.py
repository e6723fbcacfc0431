"""Replies in force: reading them, and taking out of force what rests on a clause that has changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session, selectinload

from kb.documents.passage_queries import IN_FORCE, in_force, read_passages
from kb.documents.passages import PassageView
from kb.errors import ActRefused, NotAllowed, NotFound
from kb.notices import notices
from kb.replies.reply_citations import CitedSpan, still_stand
from kb.staff.actors import Actor, Role, may_review_reply, may_see_replies
from kb.store.tables.agencies import Agency
from kb.store.tables.documents import CURRENT, Edition, Passage, QuestionVariant
from kb.store.tables.people import User
from kb.store.tables.replies import PublishedReply, ReplyCitation
from kb.working_time import CHINA

FLAGGED, WITHDRAWN = "flagged", "withdrawn"
UNDER_REVIEW = "under_review"
"""The status of an edition whose reply is flagged; not in force, and so neither found nor cited."""


@dataclass(frozen=True)
class ReplyView:
    """A published reply and where it stands."""

    id: int
    number: str
    passage_key: str
    heading: str
    body: str
    issuer_id: str
    issuer: str
    author: str
    approver: str
    published_at: datetime
    expires_on: date | None
    state: str
    state_reason: str | None
    citations: tuple[CitedSpan, ...]


def any_in_force(session: Session) -> bool:
    """Whether there is a reply to answer with at all."""
    return bool(session.scalar(select(exists().where(PublishedReply.state == IN_FORCE))))


def passages(session: Session, *, on: date) -> list[PassageView]:
    """The passages of all replies in force on ``on``."""
    theirs = Edition.document_id.in_(
        select(PublishedReply.document_id).where(PublishedReply.state == IN_FORCE)
    )
    return read_passages(session, Passage.citable, theirs, in_force(on))


def stands(session: Session, passage_key: str, *, on: date) -> bool:
    """Whether everything that the reply of this passage cites is in force, and reads, as it did then."""
    cited = session.scalars(
        select(ReplyCitation)
        .join(PublishedReply, PublishedReply.id == ReplyCitation.reply_id)
        .where(PublishedReply.passage_key == passage_key, PublishedReply.state == IN_FORCE)
    )
    return not still_stand(session, map(_span, cited), on=on)


def questions(session: Session) -> dict[str, tuple[str, ...]]:
    """The regression set: for each reply in force, by passage, the questions that it must answer."""
    rows = session.execute(
        select(QuestionVariant.passage_key, QuestionVariant.text)
        .join(PublishedReply, PublishedReply.passage_key == QuestionVariant.passage_key)
        .where(PublishedReply.state == IN_FORCE)
        .order_by(QuestionVariant.passage_key, QuestionVariant.text)
    )
    found: dict[str, list[str]] = {}
    for key, text in rows:
        found.setdefault(key, []).append(text)
    return {key: tuple(texts) for key, texts in found.items()}


def replies(session: Session, actor: Actor, *, state: str | None = None, limit: int = 200) -> list[ReplyView]:
    """Published replies, newest first, those that need a review before all others."""
    if not may_see_replies(actor):
        raise NotAllowed("replies")
    chosen = (
        select(PublishedReply)
        .options(selectinload(PublishedReply.citations), selectinload(PublishedReply.ticket))
        .order_by((PublishedReply.state != FLAGGED), PublishedReply.id.desc())
        .limit(limit)
    )
    if state is not None:
        chosen = chosen.where(PublishedReply.state == state)
    return [_view(session, row) for row in session.scalars(chosen)]


def reply_to(session: Session, ticket_id: int) -> ReplyView | None:
    """The newest reply to a ticket, whatever became of it since; for whoever may see the ticket."""
    row = session.scalar(
        select(PublishedReply)
        .where(PublishedReply.ticket_id == ticket_id)
        .order_by(PublishedReply.ordinal.desc())
        .limit(1)
    )
    return _view(session, row) if row else None


def flag_stale(session: Session, *, now: datetime) -> list[str]:
    """Take every reply out of force that rests on a clause amended or expired since; their passages.

    Its agency's approvers are told, and decide.
    """
    today, flagged = now.astimezone(CHINA).date(), []
    rows = session.scalars(
        select(PublishedReply)
        .where(PublishedReply.state == IN_FORCE)
        .options(selectinload(PublishedReply.citations), selectinload(PublishedReply.ticket))
    )
    for row in rows:
        broken = still_stand(session, map(_span, row.citations), on=today)
        if broken:
            _flag(session, row, broken, now)
            flagged.append(row.passage_key)
    return flagged


def review(session: Session, actor: Actor, reply_id: int, decision: str, *, now: datetime) -> None:
    """Put a flagged reply back in force as it is (``in_force``), or withdraw one (``withdrawn``).

    What it cites is taken as it reads now; a clause that is gone can no longer be rested on (ActRefused).
    Raises NotFound, and NotAllowed for all but the approvers of the agency that issued it.
    """
    row = session.get(PublishedReply, reply_id)
    if row is None or decision not in (IN_FORCE, WITHDRAWN):
        raise NotFound("reply", str(reply_id))
    if not may_review_reply(actor, row.issuer_id):
        raise NotAllowed(f"reply {reply_id}")
    if row.state not in (IN_FORCE, FLAGGED):
        raise ActRefused("这条答复已经撤下或被新的答复取代", "This reply is withdrawn or superseded.")
    if decision == IN_FORCE:
        _take_as_it_reads(session, row, now)
    row.state, row.reviewed_by, row.reviewed_at = decision, actor.name, now
    if decision == IN_FORCE:
        row.state_reason = None
    _set_status(session, row, IN_FORCE if decision == IN_FORCE else WITHDRAWN)


def _flag(session: Session, row: PublishedReply, broken: Iterable[str], now: datetime) -> None:
    row.state, row.state_reason = FLAGGED, "、".join(broken)
    _set_status(session, row, UNDER_REVIEW)
    approvers = session.scalars(
        select(User).where(
            User.role == Role.APPROVER, User.agency_id == row.issuer_id, User.disabled_at.is_(None)
        )
    )
    told = {"passage_id": row.passage_key, "reason": row.state_reason}
    occasion = f"{row.id}:{now.isoformat()}"
    notices.tell_staff(session, approvers, row.ticket, notices.STAFF_FLAGGED, occasion, told, now)


def _take_as_it_reads(session: Session, row: PublishedReply, now: datetime) -> None:
    today = now.astimezone(CHINA).date()
    keys = [cited.passage_key for cited in row.citations]
    found = {view.id: view for view in read_passages(session, Passage.key.in_(keys), in_force(today))}
    if missing := [key for key in keys if key not in found]:
        names = "、".join(missing)
        raise ActRefused(
            f"{names} 已不再有效，请撤下这条答复", f"{names} is no longer in force; withdraw it."
        )
    for cited in row.citations:
        cited.sha256 = found[cited.passage_key].sha256


def _set_status(session: Session, row: PublishedReply, status: str) -> None:
    session.execute(
        update(Edition).where(CURRENT, Edition.document_id == row.document_id).values(status=status)
    )


def _span(row: ReplyCitation) -> CitedSpan:
    return CitedSpan(row.passage_key, row.label, row.heading, row.quote, row.start, row.end, row.sha256)


def _view(session: Session, row: PublishedReply) -> ReplyView:
    edition = session.scalars(
        select(Edition).where(Edition.document_id == row.document_id, Edition.ordinal == row.ordinal)
    ).one()
    passage = edition.passages[0]
    agency = session.get_one(Agency, row.issuer_id)
    return ReplyView(
        row.id,
        row.ticket.number,
        row.passage_key,
        passage.heading or "",
        edition.text[passage.body_start : passage.body_end],
        row.issuer_id,
        agency.name_hans,
        row.author,
        row.approver,
        row.published_at,
        row.expires_on,
        row.state,
        row.state_reason,
        tuple(_span(cited) for cited in row.citations),
    )
