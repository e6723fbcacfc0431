"""What an agency answers for, from the structure of the documents: complete, never ranked."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.answer import Status
from bot.finding import Evidence, Finding, Form
from bot.question.agencies import AgencyCondition, agency_condition
from bot.question.left_out import kept
from bot.question.query import Asked, read, told_of
from bot.steps.set_out import asks_who, listing, without_agencies
from bot.steps.subject_members import excepted_members
from bot.topic import Topic
from bot.turn import Turn
from kb.documents import knowledge
from kb.documents.knowledge import AgencyView, PassageView

_WORD = re.compile(r"\w")
_LONGEST_REST = 5
_GLOSS = re.compile(r"(?<=\s)[(（][^)）]{1,12}[)）]")  # right after a name: 口岸办（商务局那块牌子）
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
    condition = agency_condition(turn.lexicon, turn.reading.text)
    if _of_any_one(turn, asked, condition):
        return _listing_of_one_agency(turn)
    named = _named(turn, asked, condition)
    if not named or asks_who(turn) or not _names_only_agencies(turn, asked):
        return None
    if not (asked & (_OF_DUTIES | _LISTED) or turn.topic.agencies or _is_only_named(turn)):
        return None
    excepted = excepted_members(_without_names(turn), turn.lexicon.subjects, turn.lexicon.texts)
    alone = condition.only or bool(asked & Asked.ALONE and len(named) == 1)
    wanted = AgencyCondition(tuple(named), condition.left_out, alone, condition.each)
    measures = [
        measure
        for measure in knowledge.passages_in_force(turn.session, on=turn.today, kind="measure")
        if wanted.holds(measure) and measure.id not in excepted
    ]
    return _listing(turn, wanted, measures)


def _of_any_one(turn: Turn, asked: Asked, condition: AgencyCondition) -> bool:
    """Whether the measures are asked for that only one agency answers for, whichever it is."""
    listed = asked & (_LISTED | Asked.COUNT)
    return bool(listed and asked & Asked.ALONE) and not (turn.topic.agencies or condition.named)


def _named(turn: Turn, asked: Asked, condition: AgencyCondition) -> list[AgencyView]:
    """The agencies of the question; of the list before where it names none or adds one (跟海事局一起的呢)."""
    named = list(condition.named)
    if not turn.topic.agencies:
        return named
    before = [knowledge.agency(turn.session, key) for key in turn.topic.agencies]
    if named:
        return [*before, *named] if asked & Asked.JOINTLY and len(named) == 1 else named
    return before if asked & _OF_DUTIES else []


def _listing(turn: Turn, wanted: AgencyCondition, measures: Sequence[PassageView]) -> Finding:
    names, words = "、".join(agency.name_hans for agency in wanted.named), _words(wanted)
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
            agencies=tuple(agency.id for agency in wanted.named),
        ),
    )


def _words(wanted: AgencyCondition) -> str:
    if wanted.only:
        return "duties_alone"
    if len(wanted.named) == 1:
        return "duties"
    return "duties_each" if wanted.each else "duties_joint"


def _listing_of_one_agency(turn: Turn) -> Finding:
    measures = [
        measure
        for measure in knowledge.passages_in_force(turn.session, on=turn.today, kind="measure")
        if [mention.agency.collective for mention in measure.agencies] == [False]
    ]
    return replace(listing(turn, measures), words="of_one_agency", confidence=1.0)


def _is_only_named(turn: Turn) -> bool:
    """Whether the message is an agency's name and nothing more: 翔业集团."""
    spans = turn.lexicon.agencies(turn.reading.text)
    return sum(span.end - span.start for span in spans) >= len(turn.reading.text) - 1


def _names_only_agencies(turn: Turn, asked: Asked) -> bool:
    """Whether nothing of substance stands beside the agencies: no word at all, or where a list is asked for,
    none of trade and hardly any (海事局在里面揽了哪些活). What is excepted does not count, nor what is said
    around it where the whole list is asked for (我在翔业上班，跟我们集团有关的都找出来)."""
    text = kept(_without_names(turn), turn.lexicon.subjects)
    rest = told_of(_GLOSS.sub(" ", text))
    if not _WORD.search(rest):
        return True
    listed = asked & (_LISTED | Asked.COUNT)
    concepts = [one for one in turn.lexicon.concepts(rest) if one.item.area != "place"]
    known = bool(turn.lexicon.subjects.find(text) or concepts)
    short = len(re.findall(_WORD, rest)) <= _LONGEST_REST
    return bool(listed) and not known and (short or bool(asked & Asked.WHOLE))


def _without_names(turn: Turn) -> str:
    return without_agencies(turn.lexicon, turn.reading.text)
