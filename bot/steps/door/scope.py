"""What lies outside the documents however similar its words: other ports, single shipments, live prices."""

from functools import cache

from bot.answer import Reason, Status
from bot.find.outside import Outside
from bot.finding import Finding, Form
from bot.question.patterns import Patterns, compiled, data, matches
from bot.steps.assessment import outside_of
from bot.steps.door.elsewhere import is_another_plan, is_elsewhere, other_ports
from bot.steps.door.ours import names_ours
from bot.steps.door.stating import states
from bot.turn import Turn
from kb.documents.knowledge import PassageView

_CLEARLY = 0.05
# So much nearer to idle questions lies one that names something of ours in passing (房贷利率). Measured:
# questions of trade that are taken for idle stay below 0.15.
_SURELY_IDLE = 0.3
_NEXT_TO_NOTHING = 0.1
_STATUTE = "statute"
_NEAREST = 3
# What a text may speak of all the same; of one shipment, a price of today or a rate none does.
_MAY_BE_STATED = frozenset(("another_country", "certificates_of_origin", "market_purchase"))


def stay_in_scope(turn: Turn) -> Finding | None:
    """A plain no for what no policy text of this city can answer, kept for a person; else None."""
    words = _matter(turn.query.text) or _another(turn)
    if words is None or _is_stated_all_the_same(turn, words):
        return None
    return Finding(
        Status.UNANSWERED,
        Form.NOTHING,
        Reason.OUT_OF_SCOPE,
        words=f"scope_{words}",
        nearest=_near(turn, words),
        keep=True,
    )


def asks_for_statute(turn: Turn) -> bool:
    """Whether the question asks what statutes or penalties say, in so many words."""
    return _matter(turn.query.text) == _STATUTE


def is_genuine(turn: Turn, outside: Outside) -> bool:
    """Whether the question is about trade at all, so that a person should see it.

    It is more like a question of trade, answered here or not, than like one that is no business of this
    desk. Where it is like neither, a trade word tells, or that it follows a question with one.
    """
    of_trade = max(outside.kept, turn.candidates[0].score if turn.candidates else 0.0)
    found = bool(turn.candidates and turn.candidates[0].score > _NEXT_TO_NOTHING)
    if names_ours(turn) and (turn.topic or (found and outside.dropped - of_trade < _SURELY_IDLE)):
        return True
    if outside.closeness is not None:
        return of_trade - outside.dropped > _CLEARLY
    if (outside.dropped or of_trade) and not names_trade(turn):
        return of_trade > outside.dropped
    return bool(turn.topic or _names_trade_or_port(turn))


def _near(turn: Turn, words: str) -> tuple[PassageView, ...]:
    """What was found nearest to a matter that a text may speak of, to go on from."""
    if words not in _MAY_BE_STATED:
        return ()
    return tuple(one.passage for one in turn.candidates[:_NEAREST])


def _is_stated_all_the_same(turn: Turn, words: str) -> bool:
    """Whether a text states what the guard takes for a stranger's matter."""
    return words in _MAY_BE_STATED and states(turn)


def _is_of_trade(turn: Turn) -> bool:
    asked = outside_of(turn, turn.question)
    return asked.kept >= asked.dropped or names_trade(turn) or matches(_trade_words(), turn.query.text)


def _names_trade_or_port(turn: Turn) -> bool:
    return names_trade(turn) or matches(_trade_words(), turn.query.text) or bool(other_ports(turn))


def names_trade(turn: Turn) -> bool:
    """Whether the question names a trade concept, other than a mere place, or an agency."""
    text = turn.query.text
    concepts = [found for found in turn.lexicon.concepts(text) if found.item.area != "place"]
    return bool(concepts or turn.lexicon.agencies(text))


def _another(turn: Turn) -> str | None:
    if is_elsewhere(turn):
        return "elsewhere" if _is_of_trade(turn) else None  # a train ticket to 杭州 is not kept
    return "another_plan" if is_another_plan(turn) else None


def _matter(folded: str) -> str | None:
    return next((matter for matter, patterns in _matters() if matches(patterns, folded)), None)


@cache
def _matters() -> tuple[tuple[str, Patterns], ...]:
    return tuple((row["id"], compiled(row["patterns"])) for row in data("scope")["matter"])


@cache
def _trade_words() -> Patterns:
    return compiled(data("scope")["trade"]["patterns"])
