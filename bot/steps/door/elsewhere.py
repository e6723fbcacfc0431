"""Another place or another year than the documents are about, however similar the words.

A port that is named alone is plain. After an answer a place is also asked about by swapping it in: 那台湾呢,
福州也有吗, 去年的方案呢.
"""

import re
from functools import cache

from bot.question.patterns import Patterns, compiled, data, matches
from bot.turn import Turn
from indexer.text.folding import fold
from kb.documents import knowledge

_TWO = 2


def is_elsewhere(turn: Turn) -> bool:
    """Whether a place is named that is not ours, alone: 从福州走驳船到厦门 is ours, 盐田港今天排多久 is not.

    A place that the documents name themselves is not elsewhere, unless the message only swaps it in; nor is
    one that somebody or something comes from (江西的厂).
    """
    text = turn.query.text
    if any(name in text for name in _listed("home")):
        return False
    comes_from = _matched("origin", text)
    named = {*(place for place in other_ports(turn) if place not in comes_from), *_matched("authority", text)}
    documents = turn.lexicon.texts.values()
    return _is_swapped_in(turn) or any(
        not any(place in document for document in documents) for place in named
    )


def is_another_plan(turn: Turn) -> bool:
    """Whether a message after an answer asks whether it held, or will hold, in another year."""
    return bool(turn.topic) and matches(_wordings("year"), turn.query.text)


def other_ports(turn: Turn) -> list[str]:
    """Places of others that begin a word of the question: 上海 in 上海港, but not in 船上海员.

    A long name is told as it stands, since it may be two words (浦东机场).
    """
    words, text = turn.index.words(turn.question), turn.query.text
    return [
        place
        for place in _listed("elsewhere")
        if (len(place) > _TWO and place in text) or any(word.startswith(place) for word in words)
    ]


def _is_swapped_in(turn: Turn) -> bool:
    """Whether the same is asked of another place than before, and not of another destination of goods.

    The passage in hand may name the place itself (快件 from 香港); and where the turn before named a country
    of its own, another country takes that one's part (出口泰国, 那越南呢).
    """
    if not turn.topic.passages:
        return False
    places = _matched("place", turn.query.text)
    before = fold(turn.topic.question).text
    if any(land in before for land in _listed("lands")):
        places -= set(_listed("lands"))
    in_hand = knowledge.passages(turn.session, turn.topic.passages[:1], on=turn.today).values()
    return any(place not in fold(one.text).text for place in places for one in in_hand)


def _matched(kind: str, text: str) -> set[str]:
    return {found["place"] for pattern in _wordings(kind) for found in pattern.finditer(text)}


@cache
def _wordings(kind: str) -> Patterns:
    places = "|".join(map(re.escape, (*_listed("elsewhere"), *_listed("lands"))))
    return compiled(
        pattern.replace("<place>", f"(?P<place>{places})") for pattern in data("scope")["wordings"][kind]
    )


@cache
def _listed(kind: str) -> tuple[str, ...]:
    return tuple(fold(place).text for place in data("scope")["places"][kind])
