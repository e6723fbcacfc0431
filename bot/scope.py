"""What lies outside the documents however similar its words: other ports, single shipments, live prices."""

from functools import cache

from bot.answer import Reason, Status
from bot.finding import Finding, Form
from bot.outside import Outside
from bot.patterns import Patterns, compiled, data, matches
from bot.turn import Turn
from indexer.folding import fold

_CLEARLY = 0.05
_STATUTE = "statute"


def stay_in_scope(turn: Turn) -> Finding | None:
    """A plain no for what no policy text of this city can answer, kept for a person; else None."""
    words = _matter(turn.reading.text) or ("elsewhere" if _is_elsewhere(turn) else None)
    if words is None:
        return None
    return Finding(Status.UNANSWERED, Form.NOTHING, Reason.OUT_OF_SCOPE, words=f"scope_{words}", keep=True)


def asks_for_statute(turn: Turn) -> bool:
    """Whether the question asks what statutes or penalties say, in so many words."""
    return _matter(turn.reading.text) == _STATUTE


def is_genuine(turn: Turn, outside: Outside) -> bool:
    """Whether the question is about trade at all, so that a person should see it.

    It is more like a question of trade, answered here or not, than like one that is no business of this
    desk. Where it is like neither, a trade word tells, or that it follows a question with one.
    """
    of_trade = max(outside.kept, turn.candidates[0].score if turn.candidates else 0.0)
    if outside.closeness is not None:
        return of_trade - outside.dropped > _CLEARLY
    if (outside.dropped or of_trade) and not names_trade(turn):
        return of_trade > outside.dropped
    text = turn.reading.text
    return bool(turn.topic or names_trade(turn) or matches(_trade_words(), text) or _places(turn))


def names_trade(turn: Turn) -> bool:
    """Whether the question names a trade concept, other than a mere place, or an agency."""
    text = turn.reading.text
    concepts = [found for found in turn.lexicon.concepts(text) if found.item.area != "place"]
    return bool(concepts or turn.lexicon.agencies(text))


def _is_elsewhere(turn: Turn) -> bool:
    """Whether a place is named that is not ours, alone: 从福州走驳船到厦门 is ours, 盐田港今天排多久 is not.

    A place that the documents name themselves is not elsewhere.
    """
    if any(name in turn.reading.text for name in _home()):
        return False
    documents = turn.lexicon.texts.values()
    return any(not any(place in document for document in documents) for place in _places(turn))


def _places(turn: Turn) -> list[str]:
    """Places of others that begin a word of the question: 上海 in 上海港, but not in 船上海员."""
    words = turn.index.words(turn.question)
    return [place for place in _elsewhere() if any(word.startswith(place) for word in words)]


def _matter(folded: str) -> str | None:
    return next((matter for matter, patterns in _matters() if matches(patterns, folded)), None)


@cache
def _matters() -> tuple[tuple[str, Patterns], ...]:
    return tuple((row["id"], compiled(row["patterns"])) for row in data("scope")["matter"])


@cache
def _trade_words() -> Patterns:
    return compiled(data("scope")["trade"]["patterns"])


@cache
def _home() -> tuple[str, ...]:
    return tuple(fold(place).text for place in data("scope")["places"]["home"])


@cache
def _elsewhere() -> tuple[str, ...]:
    return tuple(fold(place).text for place in data("scope")["places"]["elsewhere"])
