"""A conversation held from the command line: all its turns in one transaction, kept or undone as a whole."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, cast
from uuid import uuid4

from bot.answer import Answer, Reason, Status
from bot.conversation import converse
from bot.errors import MessageRejected
from bot.trace import Trace
from bot.wish import Wish
from indexer.text.script import detect_script
from kb.store.db import Session
from web.clock import now
from web.errors import rejection
from web.locale import Locale
from web.request.message import checked_message
from web.state.front_desk import FrontDesk


def ask_once(
    desk: FrontDesk, message: str, *, keep: bool, as_of: date | None = None, trace: Trace | None = None
) -> Answer:
    """The answer to one message, in the question's language. Raises ``MessageRejected``.

    ``as_of``: of what is in force on that day, else today. Unless ``keep``, nothing is stored and a ticket's
    number is free again after.
    """
    with desk.transaction() if keep else desk.trial() as session:
        return _turn(desk, session, message, None, desk.settings.locale, as_of, trace)


def hold(
    desk: FrontDesk,
    messages: Iterable[str],
    *,
    keep: bool,
    locale: Locale | None = None,
    as_of: date | None = None,
    traces: list[Trace] | None = None,
) -> list[Answer]:
    """An answer a message; one that cannot be asked is refused in its place, and the rest goes on.

    Without a ``locale`` each answer is in its question's language, whatever the terminal speaks. ``as_of``:
    of what is in force on that day, else today. ``traces`` gets the way of every message that was asked.
    """
    answers: list[Answer] = []
    conversation: str | None = None
    wanted = locale or desk.settings.locale
    with desk.transaction() if keep else desk.trial() as session:
        for message in messages:
            try:
                trace = Trace()
                answer = _turn(desk, session, message, conversation, wanted, as_of, trace)
                if traces is not None:
                    traces.append(trace)
                conversation = answer.conversation_id
            except MessageRejected as error:
                answer = _refused(message, error, conversation, wanted)
            answers.append(answer)
    return answers


def respond(
    desk: FrontDesk, line: Mapping[str, Any], *, keep: bool, as_of: date | None = None
) -> dict[str, Any]:
    """The answers to a line of questions, ``{"id", "turns"}``, as a line of responses."""
    locale = cast("Locale | None", line.get("locale"))
    answers = hold(desk, line["turns"], keep=keep, locale=locale, as_of=as_of)
    return {"id": line["id"], "responses": [answer.as_dict() for answer in answers]}


def _turn(
    desk: FrontDesk,
    session: Session,
    message: str,
    conversation: str | None,
    locale: Locale | None,
    as_of: date | None,
    trace: Trace | None,
) -> Answer:
    return converse(
        session,
        desk.desk,
        checked_message(message, desk.settings.max_chars),
        conversation_id=conversation,
        locale=locale,
        wish=Wish(as_of=as_of),
        now=now(),
        trace=trace,
    )


def _refused(message: str, error: MessageRejected, conversation: str | None, locale: Locale | None) -> Answer:
    """In the place of an answer, never stored; before a conversation's first answer it is of none yet."""
    script = "hant" if locale == "zh-Hant" else detect_script(message)
    return Answer(
        conversation_id=conversation or "",
        message_id=str(uuid4()),
        status=Status.REFUSED,
        reason=Reason.INPUT_REJECTED,
        text=rejection(error, locale or ("zh-Hant" if script == "hant" else "zh-Hans")),
        script=script,
    )
