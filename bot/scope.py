"""What lies outside the documents however similar its words: other ports, single shipments, live prices."""

from functools import cache

from bot.answer import Reason, Status
from bot.finding import Finding, Form
from bot.patterns import Patterns, compiled, data, matches
from bot.turn import Turn


def stay_in_scope(turn: Turn) -> Finding | None:
    """A plain no for what no policy text of this city can answer, kept for a person; else None."""
    if not (matches(_matters(), turn.reading.text) or _is_elsewhere(turn)):
        return None
    reason = Reason.OUT_OF_SCOPE
    return Finding(Status.UNANSWERED, Form.NOTHING, reason, words=reason.value, confidence=0.0, keep=True)


def is_genuine(turn: Turn) -> bool:
    """Whether the question is about trade at all, so that a person should see it.

    It uses a trade word, or follows one that did (多少钱 after 岸电).
    """
    text = turn.reading.text
    return bool(
        turn.topic
        or turn.lexicon.concepts(text)
        or turn.lexicon.agencies(text)
        or matches(_trade_words(), text)
        or any(place in text for place in _elsewhere())
    )


def _is_elsewhere(turn: Turn) -> bool:
    """Whether a place is named that is not ours, alone: 从福州走驳船到厦门 is ours, 盐田港今天排多久 is not.

    A place that the documents name themselves is not elsewhere.
    """
    text = turn.reading.text
    if any(name in text for name in _home()):
        return False
    documents = turn.lexicon.texts.values()
    return any(place in text and not any(place in one for one in documents) for place in _elsewhere())


@cache
def _matters() -> Patterns:
    return compiled(pattern for row in data("scope")["matter"] for pattern in row["patterns"])


@cache
def _trade_words() -> Patterns:
    return compiled(data("scope")["trade"]["patterns"])


@cache
def _home() -> tuple[str, ...]:
    return tuple(data("scope")["places"]["home"])


@cache
def _elsewhere() -> tuple[str, ...]:
    return tuple(data("scope")["places"]["elsewhere"])
