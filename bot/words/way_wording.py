"""Wording the way to somebody: numbers with what they take, agencies with what is on record of them."""

from bot.finding import Finding
from bot.turn import Turn
from bot.way import Way
from bot.words.wording import ENGLISH, say
from kb.documents.directory import HotlineView
from kb.documents.knowledge import AgencyView


def way_text(turn: Turn, finding: Finding) -> str:
    """A sentence of understanding; the way itself is worded below every answer that has one."""
    return _say(turn, finding.words)


def way_lines(turn: Turn, way: Way) -> str:
    """The numbers and agencies of ``way``, a line each."""
    lines = [_agency(turn, one) for one in way.agencies]
    lines += [_say(turn, "way_unknown_number", number=number) for number in way.unknown]
    lines += [_hotline(turn, one) for one in way.hotlines]
    if not way.hotlines and not way.agencies:
        lines.append(_say(turn, "way_no_number"))
    if way.help:
        lines.append(_say(turn, "way_here"))
    return "\n".join(lines)


def _hotline(turn: Turn, one: HotlineView) -> str:
    name = one.name_hant if turn.script == "hant" else one.name_hans
    takes = one.takes_hant if turn.script == "hant" else one.takes_hans
    if turn.locale == ENGLISH:
        name, takes = one.number, one.takes_en
    told = name if one.number in name else f"{one.number} {name}"
    return _say(turn, "way_hotline", name=told, takes=takes, day=one.checked.isoformat())


def _agency(turn: Turn, one: AgencyView) -> str:
    name = one.name_hant if turn.script == "hant" else one.name_hans
    if not one.contacts:
        return _say(turn, "way_agency_missing", name=name)
    told = "；".join(contact.value for contact in one.contacts)
    day = max(contact.checked for contact in one.contacts).isoformat()
    return _say(turn, "way_agency", name=name, contacts=told, day=day)


def _say(turn: Turn, key: str, **about: str) -> str:
    return say(key, turn.script, turn.locale, **about)
