"""What an agency answers for, from the structure of the documents: complete, never ranked."""

import re
from collections.abc import Sequence

from bot.answer import Status
from bot.finding import Evidence, Finding, Form
from bot.reading import Asked, Reading, subject_of
from bot.topic import Topic
from bot.turn import Turn
from kb import knowledge
from kb.knowledge import AgencyView, PassageView

_WORD = re.compile(r"\w")


def list_duties(turn: Turn) -> Finding | None:
    """The measures an agency named in the question takes part in, or None if that is not what is asked.

    Asked for with the agency and words of duty or listing and nothing else of substance: 海关负责哪些 is,
    海关对锂电池有什么要求 is not. 单独 keeps what it answers for alone; a second agency keeps what both do.
    """
    asked, named = turn.reading.asked, _agencies(turn)
    if not named or not asked & (Asked.DUTY | Asked.LIST | Asked.COUNT) or asked & Asked.WHO:
        return None
    if _WORD.search(_rest(turn.reading, turn)):
        return None
    measures = [
        measure
        for measure in knowledge.measures_of(turn.session, named[0].id, on=turn.today)
        if _all_in(measure, named)
    ]
    if asked & Asked.ALONE:
        measures = [measure for measure in measures if len(measure.agencies) == 1]
    return _listing(turn, named, measures)


def _listing(turn: Turn, named: Sequence[AgencyView], measures: Sequence[PassageView]) -> Finding:
    alone = bool(turn.reading.asked & Asked.ALONE)
    names = "、".join(agency.name_hans for agency in named)
    words = "duties_alone" if alone else ("duties_joint" if len(named) > 1 else "duties")
    return Finding(
        Status.ANSWERED,
        Form.LISTING,
        words=words if measures else f"no_{words}",
        about={"agencies": names, "count": str(len(measures))},
        evidence=tuple(Evidence.whole(measure) for measure in measures),
        confidence=1.0,
        topic=Topic(turn.question, tuple(measure.id for measure in measures)),
    )


def _agencies(turn: Turn) -> list[AgencyView]:
    found = {match.item.id: match.item for match in turn.lexicon.agencies(turn.reading.text)}
    return list(found.values())


def _rest(reading: Reading, turn: Turn) -> str:
    """The question without the agencies' names, asking words and filler."""
    text = reading.text
    for match in reversed(turn.lexicon.agencies(text)):
        text = f"{text[: match.start]} {text[match.end :]}"
    return subject_of(text)


def _all_in(measure: PassageView, named: Sequence[AgencyView]) -> bool:
    return {agency.id for agency in named} <= {mention.agency.id for mention in measure.agencies}
