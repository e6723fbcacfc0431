"""What an agency answers for, from the structure of the documents: complete, never ranked."""

import re
from collections.abc import Sequence

from bot.answer import Status
from bot.finding import Evidence, Finding, Form
from bot.reading import Asked, read, told_of
from bot.subject_members import excepted_members, kept
from bot.subjects import subjects_in
from bot.topic import Topic
from bot.topic_lists import without_agencies
from bot.turn import Turn
from kb import knowledge
from kb.knowledge import AgencyView, PassageView

_WORD = re.compile(r"\w")
_LONGEST_REST = 5
_LISTED = Asked.LIST | Asked.WHOLE
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
    if not named or asked & Asked.WHO or not _names_only_agencies(turn, asked):
        return None
    if not (asked & (_OF_DUTIES | _LISTED) or turn.topic.agencies or _is_only_named(turn)):
        return None
    excepted = excepted_members(_without_names(turn), turn.lexicon.texts)
    measures = [
        measure
        for measure in knowledge.measures_of(turn.session, named[0].id, on=turn.today)
        if _all_in(measure, named) and measure.id not in excepted
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


def _names_only_agencies(turn: Turn, asked: Asked) -> bool:
    """Whether nothing of substance stands beside the agencies: no word at all, or where a list is asked for,
    none of trade and hardly any (海事局在里面揽了哪些活). What is excepted does not count."""
    text = kept(_without_names(turn))
    rest = told_of(text)
    if not _WORD.search(rest):
        return True
    listed = asked & (_LISTED | Asked.COUNT)
    concepts = [one for one in turn.lexicon.concepts(rest) if one.item.area != "place"]
    known = bool(subjects_in(text) or concepts)
    return bool(listed) and not known and len(rest.replace(" ", "")) <= _LONGEST_REST


def _without_names(turn: Turn) -> str:
    return without_agencies(turn.lexicon, turn.reading.text)


def _all_in(measure: PassageView, named: Sequence[AgencyView]) -> bool:
    return {agency.id for agency in named} <= {mention.agency.id for mention in measure.agencies}
