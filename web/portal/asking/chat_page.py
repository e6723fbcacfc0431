"""The chat page as data: the opening or the conversation so far, and the state of the composer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.examples import example_questions
from indexer.text.script import detect_script
from kb import conversations
from kb.conversations import Exchange as StoredExchange
from kb.documents import knowledge
from kb.documents.knowledge import PassageView
from kb.errors import NotFound
from kb.store.db import Session
from kb.tickets import tickets
from kb.tickets.ticket_states import TicketState
from web.clock import local_date
from web.locale import Locale
from web.portal.addresses import document_address
from web.portal.asking.answer_view import AnswerView, answer_view, cited_passages
from web.portal.reading import LANGUAGES, SCRIPTS, readable

_OF_THE_CITY = ("plan", "document")


@dataclass(frozen=True)
class Reader:
    """For whom and when a page is made, and the codes of new tickets that only this page may show."""

    locale: Locale
    now: datetime
    codes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Exchange:
    """A question as stored, personal data masked, and its answer."""

    question: str
    question_lang: str
    answer: AnswerView


@dataclass(frozen=True)
class ChatPage:
    """Everything the template of the chat needs. ``problem``: why ``draft`` was not sent.

    ``as_of``: the day to answer for where it is not today, as a date and in words.
    """

    max_chars: int
    examples: tuple[str, ...] = ()
    documents: tuple[tuple[str, str], ...] = ()
    exchanges: tuple[Exchange, ...] = ()
    conversation_id: str | None = None
    draft: str = ""
    problem: str = ""
    as_of: tuple[str, str] | None = None


def opening(session: Session, reader: Reader, *, max_chars: int) -> ChatPage:
    """The page before the first question: examples in the reader's script, and the city's documents."""
    return ChatPage(
        max_chars=max_chars,
        examples=example_questions(SCRIPTS.get(reader.locale, "hans")),
        documents=tuple(
            (readable(f"《{one.title}》", reader.locale), document_address(one.id))
            for kind in _OF_THE_CITY  # of laws there may be thousands
            for one in knowledge.documents(session, kind=kind)
        ),
    )


def talk(session: Session, conversation_id: str, reader: Reader, *, max_chars: int) -> ChatPage:
    """The page of a conversation; raises NotFound for an unknown one."""
    views = conversations.exchanges(session, conversation_id)
    return ChatPage(
        max_chars=max_chars,
        exchanges=_exchanges(session, views, reader),
        conversation_id=conversation_id,
    )


def one_exchange(session: Session, conversation_id: str, message_id: str, reader: Reader) -> Exchange:
    """One exchange of a conversation; raises NotFound unless it is of that conversation."""
    stored = conversations.answer(session, message_id)
    if stored.conversation_id != conversation_id:
        raise NotFound(f"{message_id} is not of this conversation")
    return _exchanges(session, [stored], reader)[0]


def _exchanges(session: Session, views: Sequence[StoredExchange], reader: Reader) -> tuple[Exchange, ...]:
    cited = cited_passages(view.payload for view in views)
    passages = knowledge.passages(session, cited, on=local_date(reader.now))
    states = _ticket_states(session, views)
    return tuple(_exchange(view, passages, states, reader) for view in views)


def _ticket_states(session: Session, views: Sequence[StoredExchange]) -> dict[str, TicketState]:
    """Where the tickets of these answers stand now, by number."""
    numbers = {view.payload["ticket"]["number"] for view in views if view.payload["ticket"]}
    return {number: tickets.get(session, number).state for number in numbers}


def _exchange(
    view: StoredExchange,
    passages: Mapping[str, PassageView],
    states: Mapping[str, TicketState],
    reader: Reader,
) -> Exchange:
    number = view.payload["ticket"]["number"] if view.payload["ticket"] else ""
    return Exchange(
        question=view.question,
        question_lang=LANGUAGES[detect_script(view.question)],
        answer=answer_view(
            view.payload,
            passages,
            locale=reader.locale,
            now=reader.now,
            rating=view.rating,
            ticket_state=states.get(number, TicketState.NEW),
            access_code=reader.codes.get(number),
        ),
    )
