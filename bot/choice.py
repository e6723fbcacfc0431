"""Taking up a choice: the asker was shown two or three measures and taps or types one."""

import re

from bot.decision import state
from bot.finding import Finding
from bot.reading import read
from bot.turn import Turn
from indexer.folding import fold
from kb import knowledge
from kb.knowledge import PassageView

_ORDINAL = re.compile(r"第?([1-3一二三])[个项条]?")
_VALUES = {"1": 0, "一": 0, "2": 1, "二": 1, "3": 2, "三": 2}
_CHOSEN_BY_THE_ASKER = 0.95


def take_choice(turn: Turn) -> Finding | None:
    """The answer to the question before from the passage now chosen, by its title or number; else None."""
    if not turn.topic.chosen:
        return None
    passages = knowledge.passages(turn.session, turn.topic.passages, on=turn.today)
    chosen = _chosen(turn.reading.text, [passages[key] for key in turn.topic.passages if key in passages])
    if chosen is None:
        return None
    turn.question = turn.query = turn.topic.question
    turn.reading = read(turn.question)
    return state(turn, chosen, _CHOSEN_BY_THE_ASKER)


def _chosen(folded: str, passages: list[PassageView]) -> PassageView | None:
    ordinal = _ORDINAL.fullmatch(folded)
    if ordinal:
        position = _VALUES[ordinal[1]]
        return passages[position] if position < len(passages) else None
    return next((one for one in passages if one.heading and fold(one.heading).text in folded), None)
