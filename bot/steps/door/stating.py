"""Whether the documents surely state what is asked: no guard speaks before that has been looked up."""

from bot.finding import Evidence
from bot.question.sorts.particulars import not_stated
from bot.steps.assessment import assess
from bot.steps.laws.law_answers import find_in_laws
from bot.steps.search import search_as_meant
from bot.steps.speaking import speaks_of
from bot.turn import Turn
from kb.documents.knowledge import PassageView


def states(turn: Turn) -> bool:
    """Whether a measure or an article surely answers the message by itself.

    One that has no word for the matter that the message names is only like it.
    """
    if not turn.candidates:
        turn.candidates = search_as_meant(turn)
    laws = find_in_laws(turn)
    if laws.is_enough and _is_of_the_matter(turn, laws.candidates[0].passage):
        return True
    if not turn.candidates or not _is_of_the_matter(turn, turn.candidates[0].passage):
        return False
    if not_stated(turn.question, Evidence.body(turn.candidates[0].passage).quote):
        return False
    return assess(turn, turn.question, turn.candidates, aside="states").is_enough


def _is_of_the_matter(turn: Turn, passage: PassageView) -> bool:
    return not turn.query.own_matters or speaks_of(turn.query, passage)
