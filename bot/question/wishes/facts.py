"""What a question asks of a document itself: since when it holds, whether it does, who issued it and when."""

from collections.abc import Sequence
from enum import StrEnum

from bot.question.tokens import Token


class Fact(StrEnum):
    """What is told of every document in its own data."""

    EFFECTIVE = "effective"
    ISSUED = "issued"
    ISSUER = "issuer"
    NUMBER = "number"
    VALIDITY = "validity"


# All that may stand in such a question. What else it says makes it one on the document's matter.
_TELLING = frozenset(
    (
        "law", "document", "this_law", "according", "rule", "edition", "from", "until", "then", "old",
        "old_itself", "new", "new_itself", "present", "happened", "ask_when", "takes_effect",
        "effect_day", "issued", "issue_day", "issuer", "document_number", "valid", "ends", "filler",
        "which", "who", "by", "it", "shown", "not", "yes_or_no", "but", "and", "or", "body", "all",
        "how_many", "number", "comma", "stop", "within", "last_year", "next_year", "take_part", "most",
        "ask_extent", "particle",
    )
)  # fmt: skip


def read_facts(row: Sequence[Token]) -> tuple[Fact, ...]:
    """The facts that a question asks for; none where it asks for anything else besides."""
    kinds = {one.kind for one in row}
    if not kinds <= _TELLING:
        return ()
    when, who = "ask_when" in kinds, bool(kinds & {"who", "body"})
    asks = kinds & {"yes_or_no", "not", "particle"}
    found: list[Fact] = []
    if "effect_day" in kinds or (when and kinds & {"takes_effect", "from"}):
        found.append(Fact.EFFECTIVE)
    if "issuer" in kinds or (who and "issued" in kinds):
        found.append(Fact.ISSUER)
    if "issue_day" in kinds or (when and "issued" in kinds):
        found.append(Fact.ISSUED)
    if "document_number" in kinds:
        found.append(Fact.NUMBER)
    if (kinds & {"valid", "ends"} and (when or asks or _named_alone(row))) or (
        asks and "takes_effect" in kinds
    ):
        found.append(Fact.VALIDITY)
    return tuple(found)


_NAMES = frozenset(("有效期", "有效期限", "效力"))


def _named_alone(row: Sequence[Token]) -> bool:
    return any(one.text in _NAMES for one in row)
