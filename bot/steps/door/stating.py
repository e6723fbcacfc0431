"""Whether the documents surely state what is asked: no guard speaks before that has been looked up."""

from bot.finding import Evidence
from bot.question.sorts.particulars import not_stated
from bot.steps.assessment import assess
from bot.steps.laws.law_answers import find_in_laws
from bot.steps.search import search_as_meant
from bot.turn import Turn


def states(turn: Turn) -> bool:
    """Whether a measure or an article surely answers the message by itself."""
    if not turn.candidates:
        turn.candidates = search_as_meant(turn)
    if find_in_laws(turn).is_enough:
        return True
    if not turn.candidates or not_stated(turn.question, Evidence.body(turn.candidates[0].passage).quote):
        return False
    return assess(turn, turn.question, turn.candidates, aside="states").is_enough
