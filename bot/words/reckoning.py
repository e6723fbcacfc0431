"""Wording a reckoning: out of how many, by which conditions, how many are left."""

from collections.abc import Callable, Iterable, Mapping

from bot.finding import Finding, Reckoning
from bot.question.structure.conditions import (
    AgencyCondition,
    Match,
    SectionCondition,
    ShownCondition,
    SizeCondition,
    Structure,
    Wanted,
    WordingCondition,
)
from bot.turn import Turn
from bot.words.wording import ENGLISH, say
from kb.documents import knowledge

_MATCHED = {
    Match.ALL_OF: "condition_all_of",
    Match.ANY_OF: "condition_any_of",
    Match.NONE_OF: "condition_none_of",
    Match.ONLY: "condition_only",
    Match.ONE_OF: "condition_one_of",
    Match.FIRST: "condition_first",
}


def reckoned_text(turn: Turn, finding: Finding) -> str:
    """The sentence that tells the result and how it was reckoned."""
    reckoning = finding.reckoning
    if reckoning is None:
        raise ValueError("a reckoned finding without its reckoning")
    about = {
        "total": str(reckoning.total),
        "count": str(reckoning.found),
        "rest": str(reckoning.total - reckoning.found),
        "conditions": conditions_text(turn, reckoning.structure),
        "number": str(reckoning.number),
        "size": str(len(reckoning.tally)),
        "tally": _tally(turn, reckoning),
    }
    return say(_key(reckoning), turn.script, turn.locale, **about)


def _key(reckoning: Reckoning) -> str:
    wanted = reckoning.structure.wanted or Wanted.LIST
    if wanted in (Wanted.LIST, Wanted.COUNT):
        if not reckoning.structure.conditions:
            return "reckoned_all"
        return "reckoned_measures" if reckoning.found else "reckoned_no_measure"
    if wanted in (Wanted.AGENCIES, Wanted.AGENCY_COUNT, Wanted.AGENCIES_BY_COUNT):
        whole = "" if reckoning.structure.conditions else "_whole"
        if reckoning.structure.absent:
            return "reckoned_absent" if reckoning.tally else "reckoned_none_absent"
        return f"reckoned_agencies{whole}" if reckoning.tally else "reckoned_no_agency"
    return f"reckoned_{wanted.value}"


def _tally(turn: Turn, reckoning: Reckoning) -> str:
    comma = ", " if turn.locale == ENGLISH else "、"
    return comma.join(
        say("reckoned_number", turn.script, turn.locale, name=name, number=str(number))
        for name, number in reckoning.tally
    )


def conditions_text(turn: Turn, structure: Structure) -> str:
    """The conditions in words, for people to see what was read."""
    comma = ", " if turn.locale == ENGLISH else "、"
    return comma.join(_WORDED[type(one)](turn, one) for one in structure.conditions)


def _of_agencies(turn: Turn, condition: AgencyCondition) -> str:
    names = [knowledge.agency(turn.session, key).name_hans for key in condition.agencies]
    several = "" if len(names) == 1 else "_several"
    joint = "or" if condition.match is Match.ANY_OF else "and"
    return say(
        _MATCHED[condition.match] + several, turn.script, turn.locale, names=_joined(turn, names, joint)
    )


def _joined(turn: Turn, names: Iterable[str], joint: str) -> str:
    word = say(f"joined_by_{joint}", turn.script, turn.locale)
    return (f" {word} " if turn.locale == ENGLISH else word).join(names)


def _of_size(turn: Turn, condition: SizeCondition) -> str:
    if condition.most == 0:
        return say("condition_nobody", turn.script, turn.locale)
    if condition.most is None:
        return say("condition_at_least", turn.script, turn.locale, least=str(condition.least))
    if condition.least == condition.most:
        return say("condition_exactly", turn.script, turn.locale, least=str(condition.least))
    if condition.least == 0:
        return say("condition_at_most", turn.script, turn.locale, most=str(condition.most))
    return say(
        "condition_between", turn.script, turn.locale, least=str(condition.least), most=str(condition.most)
    )


def _of_sections(turn: Turn, condition: SectionCondition) -> str:
    nodes = [
        node
        for plan in turn.plans
        for node in knowledge.outline(turn.session, plan.id, on=turn.today)
        if node.section in condition.sections
    ]
    labels = [f"{node.label}{node.heading or ''}" for node in nodes] or list(condition.sections)
    words = "condition_outside" if condition.outside else "condition_within"
    return say(words, turn.script, turn.locale, sections=_joined(turn, labels, "and"))


def _of_wording(turn: Turn, condition: WordingCondition) -> str:
    words = "condition_not_worded" if condition.denied else "condition_worded"
    return say(words, turn.script, turn.locale, words=condition.words)


def _of_shown(turn: Turn, condition: ShownCondition) -> str:
    words = "condition_not_shown" if condition.outside else "condition_shown"
    return say(words, turn.script, turn.locale, count=str(len(condition.passages)))


_WORDED: Mapping[type, Callable[..., str]] = {
    AgencyCondition: _of_agencies,
    SizeCondition: _of_size,
    SectionCondition: _of_sections,
    ShownCondition: _of_shown,
    WordingCondition: _of_wording,
}
