"""Publishing a reply: it becomes a passage like any other, and everybody who asked is told."""

from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from indexer.text.script import detect_script
from kb.casework.access import Act
from kb.casework.casework import at_work, do
from kb.casework.drafts import DraftView, draft_of, refuse_stale_citations
from kb.casework.joining import askers_of
from kb.corpus.source_documents import Node
from kb.documents import knowledge
from kb.documents.edition_rows import edition_row
from kb.documents.editions import CORPUS
from kb.documents.passage_queries import IN_FORCE
from kb.errors import ActRefused
from kb.kinds import REPLY
from kb.notices import notices
from kb.replies.reply_text import SECTION, Issuer, ReplyText, compose
from kb.staff.actors import Actor
from kb.store.digests import digest_of
from kb.store.tables.documents import CURRENT, Document, Edition, QuestionVariant
from kb.store.tables.replies import PublishedReply, ReplyCitation
from kb.store.tables.tickets import Ticket
from kb.text.front_matter import FrontMatter
from kb.tickets.ticket_rows import LEAD, ROUTED
from kb.tickets.ticket_states import TicketState
from kb.working_time import CHINA

VARIANT_AUTHOR = "reply"


def publish(session: Session, actor: Actor, number: str, *, version: int | None, now: datetime) -> str:
    """Approve the draft of a ticket and put it in force; the id of its passage.

    Whoever wrote a draft may not approve it. Raises ActRefused for that, and when a clause that it cites has
    changed since. Every asker with a contact is told in the script they wrote in.
    """
    ticket = at_work(session, actor, Act.PUBLISH, number, version)
    draft = draft_of(session, ticket)
    if draft is None:
        raise ActRefused("还没有答复草稿", "There is no draft.")
    if draft.author == actor.name:
        raise ActRefused("起草人不能审核自己的答复", "Nobody approves what they wrote themselves.")
    refuse_stale_citations(session, draft, now)
    text = _text(session, ticket, draft)
    do(session, actor, Act.PUBLISH, ticket, to=TicketState.ANSWERED, now=now, detail={"sha256": text.sha256})
    reply = _put_in_force(session, ticket, draft, text, actor, now)
    _tell(session, ticket, reply, now)
    return reply.passage_key


def document_id_of(number: str) -> str:
    """The id of the document that holds the replies to a ticket, one edition each."""
    return f"reply-{number.lower()}"


def _text(session: Session, ticket: Ticket, draft: DraftView) -> ReplyText:
    issuers = [
        Issuer(agency.agency_id, agency.name, agency.role)
        for agency in ticket.agencies
        if agency.role in ROUTED
    ]
    titles: dict[str, str] = {}
    for cited in draft.citations:
        document_id = cited.passage_id.partition("/")[0]
        titles.setdefault(document_id, knowledge.document(session, document_id).title)
    basis = [f"《{titles[one.passage_id.partition('/')[0]]}》{one.label}" for one in draft.citations]
    ordered = sorted(issuers, key=lambda issuer: issuer.role != LEAD)
    return compose(draft.heading, draft.body, list(dict.fromkeys(basis)), ordered)


def _put_in_force(
    session: Session, ticket: Ticket, draft: DraftView, text: ReplyText, actor: Actor, now: datetime
) -> PublishedReply:
    document_id = document_id_of(ticket.number)
    ordinal = _supersede(session, ticket, document_id, now)
    if ordinal == 1:
        session.add(Document(id=document_id, added_at=now))
    session.add(_edition(ticket, draft, text, document_id, ordinal, now))
    key = f"{document_id}/{SECTION}"
    reply = PublishedReply(
        ticket_id=ticket.id,
        ordinal=ordinal,
        document_id=document_id,
        passage_key=key,
        issuer_id=text.mentions[0].agency_id,
        author=draft.author,
        approver=actor.name,
        published_at=now,
        expires_on=draft.expires_on,
        state=IN_FORCE,
        citations=[
            ReplyCitation(
                position=position,
                passage_key=cited.passage_id,
                label=cited.label,
                heading=cited.heading,
                quote=cited.quote,
                start=cited.start,
                end=cited.end,
                sha256=cited.sha256,
            )
            for position, cited in enumerate(draft.citations)
        ],
    )
    session.add(reply)
    for words in dict.fromkeys((draft.heading, *draft.variants)):
        session.add(QuestionVariant(passage_key=key, text=words, author=VARIANT_AUTHOR, voice=None))
    session.flush()
    return reply


def _supersede(session: Session, ticket: Ticket, document_id: str, now: datetime) -> int:
    """Put an earlier reply to the ticket out of force; the number of the one to come."""
    before = select(PublishedReply).where(PublishedReply.ticket_id == ticket.id)
    for earlier in session.scalars(before):
        earlier.state = "superseded"
        for variant in session.scalars(
            select(QuestionVariant).where(QuestionVariant.passage_key == earlier.passage_key)
        ):
            session.delete(variant)
    session.execute(
        update(Edition).where(CURRENT, Edition.document_id == document_id).values(superseded_at=now)
    )
    session.flush()
    count = select(func.count()).where(PublishedReply.ticket_id == ticket.id)
    return (session.scalar(count) or 0) + 1


def _edition(
    ticket: Ticket, draft: DraftView, text: ReplyText, document_id: str, ordinal: int, now: datetime
) -> Edition:
    day = now.astimezone(CHINA).date()
    issuer = text.mentions[0].name
    meta = FrontMatter(
        id=document_id,
        kind=REPLY,
        title=f"{issuer}答复",
        number=ticket.number,
        issuer=issuer,
        issued_on=day,
        effective_on=day,
        # The draft names the last day it holds, an edition the first day it no longer does.
        expires_on=draft.expires_on + timedelta(days=1) if draft.expires_on else None,
        status=IN_FORCE,
        script=detect_script(text.text),
    )
    digest = digest_of([text, ordinal, draft.expires_on])
    passage = _passage(ticket, draft, text)
    return edition_row(meta, text.text, [passage], ordinal=ordinal, digest=digest, now=now, origin=CORPUS)


def _passage(ticket: Ticket, draft: DraftView, text: ReplyText) -> Node:
    return Node(
        kind=REPLY,
        section=SECTION,
        label=ticket.number,
        heading=draft.heading,
        start=0,
        end=len(text.text),
        body_start=text.body_start,
        body_end=text.body_end,
        parent=None,
        citable=True,
        agencies=text.mentions,
    )


def _tell(session: Session, ticket: Ticket, reply: PublishedReply, now: datetime) -> None:
    """Read after the ticket was written: whoever joined up to that moment is among those told."""
    session.refresh(ticket, ["children"])
    for asker in askers_of(ticket):
        told = {"passage_id": reply.passage_key}
        notices.tell_asker(session, asker, notices.ASKER_ANSWERED, str(reply.id), told, now)
    notices.tell_world(session, ticket, {"passage_id": reply.passage_key}, now)
