"""Whether a message leaves the matter of the conversation for one that is no business of this desk.

那帮我订张机票 is sure of nothing by itself, as 那进口的呢 is; glued to the turn before it would be answered
from that. What tells is that questions which nobody here should see are the nearest to it.
"""

import re
from collections.abc import Sequence

from bot.find.retrieval import Candidate
from bot.question.particulars import without_particulars
from bot.question.query import bare_subject
from bot.steps.assessment import outside_of
from bot.steps.scope import names_trade
from bot.turn import Turn

_LETTER = re.compile(r"\w")
# How much nearer idle questions lie than any of trade; and what else speaks for an idle one: it names more
# than a word or two, none of them of trade, and no passage scores for it. Measured on follow-ups of the
# question sets and on idle questions of authors that were held out.
_CLEARLY = 0.2
_NEXT_TO_NOTHING = 0.25
_A_MATTER = 8


def departs(turn: Turn, own: Sequence[Candidate]) -> bool:
    """Whether the turn's question, which found ``own``, is neither of trade nor about the turn before."""
    if not names_something(turn):
        return False
    score = own[0].score if own else 0.0
    outside = outside_of(turn, turn.question)
    if outside.dropped - max(score, outside.kept) > _CLEARLY:
        return True
    return score < _NEXT_TO_NOTHING and len(_named(turn)) >= _A_MATTER and not names_trade(turn)


def names_something(turn: Turn) -> bool:
    """Whether two characters or more are left that are no asking words: 干 of 能干嘛 is not enough."""
    return len(_named(turn)) > 1


def _named(turn: Turn) -> list[str]:
    return _LETTER.findall(bare_subject(without_particulars(turn.query.text)))
