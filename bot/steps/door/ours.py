"""Whether a message names anything of the trade, of a law or of a loaded document: then it is no stranger."""

from bot.question.names.subjects import Kind
from bot.question.query import Asked
from bot.question.sorts.particulars import without_particulars
from bot.turn import Turn

_OF_OURS = (Kind.MATTER, Kind.PART)
_A_FEW_WORDS = 8
_CODE = 3
_ASKING = frozenset(("which", "how_many", "who", "yes_or_no"))


def names_ours(turn: Turn) -> bool:
    """Whether it names an agency, a law, a trade concept, a subject, or a code that a document writes."""
    query = turn.query
    if query.agencies or query.laws or query.names_trade:
        return True
    if any(one.value.kind in _OF_OURS for one in query.subjects):
        return True
    return _is_code(turn) and any(query.text in text for text in turn.lexicon.texts.values())


def is_bare(turn: Turn) -> bool:
    """Whether it is a few words that ask for nothing in particular (活鱼, 1210, 提单)."""
    text = turn.query.text
    asks = (
        any(token.kind in _ASKING for token in turn.query.tokens) or without_particulars(text).strip() != text
    )
    return len(text) <= _A_FEW_WORDS and turn.query.asked is Asked.CONTENT and not asks


def _is_code(turn: Turn) -> bool:
    return turn.query.text.isdecimal() and len(turn.query.text) >= _CODE
