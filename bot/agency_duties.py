"""What an agency answers for, from the structure of the documents: complete, never ranked."""

import re
from collections.abc import Sequence

from bot.answer import Status
from bot.finding import Evidence, Finding, Form
from bot.reading import Asked, bare_subject, read
from bot.topic import Topic
from bot.turn import Turn
from kb import knowledge
from kb.knowledge import AgencyView, PassageView

_WORD = re.compile(r"\w")
_OF_DUTIES = Asked.DUTY | Asked.COUNT | Asked.ALONE | Asked.JOINTLY


def list_duties(turn: Turn) -> Finding | None:
    """The measures an agency takes part in, or None if that is not what is asked.

    Asked for with the agency and nothing of substance beside words of duty or listing: 海关负责哪些 and 海关
    are, 海关对锂电池有什么要求 is not. 单独 keeps what it answers for alone; a second agency keeps what both
    do. After such a list, agencies named before are meant where none is named now (其中单独负责几条).
    """
    # Without the names, for 口岸办 holds 办 and names no duty by that.
    asked = read(_without_names(turn)).asked | turn.reading.asked & Asked.JOINTLY
    named = _named(turn, asked)
    if not named or asked & Asked.WHO or _WORD.search(_rest(turn)):
        return None
    if not (asked & (_OF_DUTIES | Asked.LIST) or turn.topic.agencies or _is_only_named(turn)):
        return None
    measures = [
        measure
        for measure in knowledge.measures_of(turn.session, named[0].id, on=turn.today)
        if _all_in(measure, named)
    ]
    alone = bool(asked & Asked.ALONE) and len(named) == 1
    if alone:
        measures = [measure for measure in measures if len(measure.agencies) == 1]
    return _listing(turn, named, measures, alone=alone)


def _named(turn: Turn, asked: Asked) -> list[AgencyView]:
    """The agencies of the question; of the list before where it names none or adds one (跟海事局一起的呢)."""
    named = _agencies(turn)
    if not turn.topic.agencies:
        return named
    before = [knowledge.agency(turn.session, key) for key in turn.topic.agencies]
    if named:
        return [*before, *named] if asked & Asked.JOINTLY and len(named) == 1 else named
    return before if asked & _OF_DUTIES else []


def _listing(
    turn: Turn, named: Sequence[AgencyView], measures: Sequence[PassageView], *, alone: bool
) -> Finding:
    names = "、".join(agency.name_hans for agency in named)
    words = "duties_alone" if alone else ("duties_joint" if len(named) > 1 else "duties")
    return Finding(
        Status.ANSWERED,
        Form.LISTING,
        words=words if measures else f"no_{words}",
        about={"agencies": names, "count": str(len(measures))},
        evidence=tuple(Evidence.with_agencies(measure) for measure in measures),
        confidence=1.0,
        topic=Topic(
            turn.question,
            tuple(measure.id for measure in measures),
            agencies=tuple(agency.id for agency in named),
        ),
    )


def _agencies(turn: Turn) -> list[AgencyView]:
    found = {match.item.id: match.item for match in turn.lexicon.agencies(turn.reading.text)}
    return list(found.values())


def _is_only_named(turn: Turn) -> bool:
    """Whether the message is an agency's name and nothing more: 翔业集团."""
    spans = turn.lexicon.agencies(turn.reading.text)
    return sum(span.end - span.start for span in spans) >= len(turn.reading.text) - 1


def _rest(turn: Turn) -> str:
    """The question without the agencies' names, asking words, filler and words that point back."""
    return bare_subject(_without_names(turn))


def _without_names(turn: Turn) -> str:
    text = turn.reading.text
    for match in reversed(turn.lexicon.agencies(text)):
        text = f"{text[: match.start]} {text[match.end :]}"
    return text


def _all_in(measure: PassageView, named: Sequence[AgencyView]) -> bool:
    return {agency.id for agency in named} <= {mention.agency.id for mention in measure.agencies}
