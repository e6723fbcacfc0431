"""Taking up a choice: the asker was shown two or three measures and taps or types one."""

import re

from bot.answer import Reason, Status
from bot.finding import Finding, Form
from bot.question.query import read
from bot.steps.decision import state
from bot.turn import Turn
from indexer.text.folding import fold
from kb.documents import knowledge
from kb.documents.knowledge import PassageView
from kb.text.headings import to_int

_ORDINAL = re.compile(
    r"第?([1-9]|[一二三四五六七八九])[个项条]?(?:措施)?(?:讲|说|是|具体)?(?:的)?(?:什么|啥|呢|吧|怎么说|内容|详细)?"
)
_NONE_OF_THEM = re.compile("(都)?不是(这(几个|些))?|都不对|没有(一个)?")
_CHOSEN_BY_THE_ASKER = 0.95


def take_choice(turn: Turn) -> Finding | None:
    """The answer from the passage now chosen, by title or number, of a choice; by title of a list; else None.

    After a choice the question before is answered; if none of them was meant, it is kept for a person.
    """
    if not turn.topic.chosen and len(turn.topic.passages) < 2:
        return None
    passages = knowledge.passages(turn.session, turn.topic.passages, on=turn.today)
    chosen = _chosen(turn.query.text, [passages[key] for key in turn.topic.passages if key in passages])
    if not turn.topic.chosen:
        return state(turn, chosen, _CHOSEN_BY_THE_ASKER) if chosen else None
    if chosen is None:
        return _none_of_them(turn) if _NONE_OF_THEM.fullmatch(turn.query.text) else None
    turn.question = turn.search_text = turn.topic.question
    turn.query = read(turn.question, turn.lexicon, turn.topic)
    return state(turn, chosen, _CHOSEN_BY_THE_ASKER)


def _none_of_them(turn: Turn) -> Finding:
    turn.question = turn.topic.question
    reason = Reason.LOW_CONFIDENCE
    return Finding(Status.UNANSWERED, Form.NOTHING, reason, words=reason.value, keep=True)


def _chosen(folded: str, passages: list[PassageView]) -> PassageView | None:
    ordinal = _ORDINAL.fullmatch(folded)
    if ordinal:
        return dict(enumerate(passages, start=1)).get(to_int(ordinal[1]) or 0)
    return next((one for one in passages if one.heading and fold(one.heading).text in folded), None)
