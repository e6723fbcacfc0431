"""说人话: no clause is put in other words here, so that what was shown is shown again, with ways on."""

from dataclasses import replace

from bot.answer import Reason, Status
from bot.finding import Evidence, Finding, Form
from bot.question.wishes.wants import Want
from bot.turn import Turn
from kb.documents import knowledge


def say_it_simpler(turn: Turn) -> Finding | None:
    """The clause in hand once more, or choices where nothing is in hand; None for any other message."""
    if turn.query.want is not Want.SIMPLER:
        return None
    in_hand = knowledge.passages(turn.session, turn.topic.passages[:1], on=turn.today)
    if not in_hand:
        return Finding(Status.CLARIFY, Form.TALK, Reason.LOW_CONFIDENCE, words="simpler_of_what")
    return Finding(
        Status.ANSWERED,
        Form.CLAUSE,
        words="simpler",
        evidence=tuple(Evidence.body(one) for one in in_hand.values()),
        confidence=1.0,
        topic=replace(turn.topic.settled(), passages=tuple(in_hand)),
    )
