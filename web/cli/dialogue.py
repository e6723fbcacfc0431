"""A conversation held from the command line: all its turns in one transaction, kept or undone as a whole."""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.answer import Answer
from bot.conversation import converse
from web.clock import now
from web.desk import FrontDesk
from web.message import checked_message


def hold(desk: FrontDesk, messages: Iterable[str], *, keep: bool, locale: str | None = None) -> list[Answer]:
    """An answer a message. Unless ``keep``, nothing is stored and a ticket's number is free again after.

    Without a ``locale`` each answer is in its question's language, whatever the terminal speaks.
    """
    answers: list[Answer] = []
    with desk.transaction() if keep else desk.trial() as session:
        for message in messages:
            answers.append(
                converse(
                    session,
                    desk.desk,
                    checked_message(message, desk.settings.max_chars),
                    conversation_id=answers[-1].conversation_id if answers else None,
                    locale=locale or desk.settings.locale,
                    now=now(),
                )
            )
    return answers


def respond(desk: FrontDesk, line: Mapping[str, Any], *, keep: bool) -> dict[str, Any]:
    """The answers to a line of questions, ``{"id", "turns"}``, as a line of responses."""
    answers = hold(desk, line["turns"], keep=keep, locale=line.get("locale"))
    return {"id": line["id"], "responses": [answer.as_dict() for answer in answers]}
