"""Questions on a document's structure, answered by evaluating their conditions over every measure.

Which measures, how many, who, with whom, without whom, in which section: one step for all of them. What it
tells is exhaustive, and it tells the reckoning with it. Where a question has words that were not read, it
asks back instead of leaving a condition out.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from bot.answer import Reason, Status
from bot.finding import Evidence, Finding, Form, Reckoning
from bot.question.structure.conditions import (
    AgencyCondition,
    Match,
    SectionCondition,
    ShownCondition,
    Structure,
    Wanted,
    agencies_of,
    meeting,
)
from bot.topic import Topic
from bot.turn import Turn
from kb.documents import knowledge
from kb.documents.knowledge import PassageView

Key = TypeVar("Key")

_MEASURES_BY_NUMBER = (Wanted.MEASURES_WITH_MOST, Wanted.MEASURES_WITH_FEWEST)
_AGENCIES_BY_NUMBER = (Wanted.AGENCIES_WITH_MOST, Wanted.AGENCIES_WITH_FEWEST, Wanted.AGENCIES_BY_COUNT)
_SECTIONS_BY_NUMBER = (Wanted.SECTIONS_WITH_MOST, Wanted.SECTIONS_WITH_FEWEST)
_FEWEST = (Wanted.MEASURES_WITH_FEWEST, Wanted.AGENCIES_WITH_FEWEST, Wanted.SECTIONS_WITH_FEWEST)
# One character that was not read is a particle of some dialect; more may be a condition.
_LET_BE = 1
_MOST_UNREAD = 6
_MATTERS = frozenset(("subject", "concept", "law", "quoted"))
_TELLS_STRUCTURE = frozenset((Match.NONE_OF, Match.ANY_OF, Match.ONLY))


def answer_structure(turn: Turn) -> Finding | None:
    """The exhaustive answer to a question on structure; None for any other question."""
    structure = turn.query.structure
    if not _is_of_structure(turn, structure):
        return None
    if picked := _picked(structure):
        return _shown_whole(turn, picked)
    measures = _measures(turn)
    placed = _with_sections(structure, measures, by_number=bool(turn.query.sections)) if measures else None
    if placed is None:
        return None
    if len("".join(placed.unread)) > _LET_BE or _names_matter(turn):
        return _ask_back(turn, placed)
    return _evaluated(turn, placed, measures)


def answer_read_whole(turn: Turn) -> Finding | None:
    """The same for a question of which every word was read, so that nothing else can be meant by it."""
    if turn.query.structure.unread or _names_matter(turn):
        return None
    return answer_structure(turn)


def _is_of_structure(turn: Turn, structure: Structure) -> bool:
    """Whether it can be told from agencies, sections and numbers, and is no question on one clause."""
    if structure.wanted is None:
        return _picked(structure) is not None
    if structure.wanted in (*_MEASURES_BY_NUMBER, *_AGENCIES_BY_NUMBER, *_SECTIONS_BY_NUMBER):
        return True
    if structure.wanted in (Wanted.PER_SECTION, Wanted.PER_AGENCY):
        return True
    if structure.conditions:
        return True
    if structure.every and structure.wanted is Wanted.LIST and not turn.topic:
        return True
    return (
        structure.whole
        and not turn.topic
        and structure.wanted in (Wanted.COUNT, Wanted.AGENCIES, Wanted.AGENCY_COUNT)
    )


def _picked(structure: Structure) -> ShownCondition | None:
    """The one condition that picks passages shown before by their number, where their text is wanted."""
    if structure.wanted not in (None, Wanted.LIST) or len(structure.conditions) != 1:
        return None
    (only,) = structure.conditions
    return only if isinstance(only, ShownCondition) and only.single else None


def _shown_whole(turn: Turn, picked: ShownCondition) -> Finding | None:
    found = knowledge.passages(turn.session, picked.passages, on=turn.today)
    shown = [found[key] for key in picked.passages if key in found]
    if not shown:
        return None
    return Finding(
        Status.ANSWERED,
        Form.CLAUSE,
        words="clause",
        evidence=tuple(Evidence.body(one) for one in shown),
        confidence=1.0,
        topic=replace(turn.topic, question=turn.question, chosen=False),
    )


def _measures(turn: Turn) -> list[PassageView]:
    return knowledge.passages_in_force(turn.session, on=turn.today, kind="measure")


def _with_sections(
    structure: Structure, measures: Sequence[PassageView], *, by_number: bool
) -> Structure | None:
    """``structure`` with its sections as the plans number them; None where one clause is asked about."""
    named = [one for one in structure.conditions if isinstance(one, SectionCondition)]
    if not named:
        return structure
    items = {one.section for one in measures}
    held = {_section(one) for one in measures} | items
    numbers = {number: _placed(number, held) for one in named for number in one.sections}
    inside = {n for one in named if not one.outside for n in one.sections}
    if not all(numbers[n] for n in inside):
        return None
    of_company = structure.wanted is Wanted.AGENCY_COUNT or bool(structure.left_out)
    if any(numbers[n] in items for n in inside) and by_number and not of_company:
        return None
    plain = structure.wanted is Wanted.LIST and not structure.pick and not any(one.outside for one in named)
    if len(structure.conditions) == len(named) and plain and by_number:
        return None  # what a section says is told by its number alone
    conditions = tuple(
        replace(one, sections=tuple(numbers[n] or n for n in one.sections))
        if isinstance(one, SectionCondition)
        else one
        for one in structure.conditions
    )
    return replace(structure, conditions=conditions)


def _placed(number: str, held: set[str]) -> str:
    """The section that a number means: itself, or the one of that number below a part."""
    above = {one.partition(".")[0] for one in held}
    if number in held or number in above:
        return number
    last = number.rpartition(".")[2]
    return next((one for one in sorted(held) if one.count(".") == 1 and one.endswith(f".{last}")), "")


def _section(measure: PassageView) -> str:
    return measure.parent or measure.section.rpartition(".")[0]


def _evaluated(turn: Turn, structure: Structure, measures: Sequence[PassageView]) -> Finding:
    found = meeting(measures, structure)
    wanted = structure.wanted
    if structure.pick and wanted in (Wanted.LIST, Wanted.COUNT) and found:
        at = structure.pick - 1 if structure.pick > 0 else structure.pick
        found = found[at : at + 1 or None]
    if wanted in _MEASURES_BY_NUMBER:
        return _measures_by_number(turn, structure, measures, found)
    if wanted in _AGENCIES_BY_NUMBER:
        return _agencies_by_number(turn, structure, measures, found)
    if wanted in _SECTIONS_BY_NUMBER or wanted is Wanted.PER_SECTION:
        return _by_section(turn, structure, measures, found)
    if wanted is Wanted.PER_AGENCY:
        return _per_agency(turn, structure, measures)
    if wanted in (Wanted.AGENCIES, Wanted.AGENCY_COUNT):
        return _agencies(turn, structure, measures, found)
    return _listed(turn, structure, measures, found)


def _listed(
    turn: Turn, structure: Structure, measures: Sequence[PassageView], found: Sequence[PassageView]
) -> Finding:
    return _finding(turn, structure, Reckoning(structure, len(measures), len(found)), found, Form.RECKONED)


def _agencies(
    turn: Turn, structure: Structure, measures: Sequence[PassageView], found: Sequence[PassageView]
) -> Finding:
    counts = _counts(found)
    if structure.absent:
        counts, found = {key: n for key, n in _counts(measures).items() if key not in counts}, measures
    told = {key: number for key, number in counts.items() if key not in structure.left_out}
    if structure.only_there:
        everywhere = _counts(measures)
        told = {key: number for key, number in told.items() if everywhere[key] == number}
    if structure.in_each:
        told = {key: number for key, number in told.items() if _is_in_each(structure, found, key)}
    told = _without_collectives(found, told)
    count = len(meeting(measures, structure))
    return _of_agencies(turn, structure, Reckoning(structure, len(measures), count), found, told)


def _without_collectives(found: Sequence[PassageView], told: Mapping[str, int]) -> dict[str, int]:
    """``told`` without 各成员单位 and the like, which are no agency, unless nothing else is told."""
    collectives = {m.agency.id for one in found for m in one.agencies if m.agency.collective}
    return {key: number for key, number in told.items() if key not in collectives} or dict(told)


def _is_in_each(structure: Structure, found: Sequence[PassageView], key: str) -> bool:
    sections = [n for one in structure.conditions if isinstance(one, SectionCondition) for n in one.sections]
    return all(
        any(key in agencies_of(one) and SectionCondition((section,)).holds(one) for one in found)
        for section in sections
    )


def _agencies_by_number(
    turn: Turn, structure: Structure, measures: Sequence[PassageView], found: Sequence[PassageView]
) -> Finding:
    counts = {key: number for key, number in _counts(found).items() if key not in structure.left_out}
    if structure.number is not None:
        told = {key: number for key, number in counts.items() if structure.number.includes(number)}
    else:
        told = _extreme(counts, fewest=structure.wanted in _FEWEST)
    told = _without_collectives(found, told)
    shown = [one for one in found if agencies_of(one) & told.keys()]
    return _of_agencies(turn, structure, Reckoning(structure, len(measures), len(found)), shown, told)


def _of_agencies(
    turn: Turn,
    structure: Structure,
    reckoning: Reckoning,
    found: Sequence[PassageView],
    told: Mapping[str, int],
) -> Finding:
    tally = tuple((_agency_name(found, key), number) for key, number in told.items())
    finding = _finding(turn, structure, replace(reckoning, tally=tally), found, Form.RECKONED)
    return replace(finding, agencies=tuple(told))


def _agency_name(found: Sequence[PassageView], key: str) -> str:
    return next(
        mention.agency.name_hans for one in found for mention in one.agencies if mention.agency.id == key
    )


def _per_agency(turn: Turn, structure: Structure, measures: Sequence[PassageView]) -> Finding:
    counts = Counter(key for one in measures for key in agencies_of(one))
    tally = tuple((knowledge.agency(turn.session, key).name_hans, counts[key]) for key in structure.named)
    either = replace(
        structure, conditions=(AgencyCondition(Match.ANY_OF, structure.named),), wanted=Wanted.PER_AGENCY
    )
    found = meeting(measures, either)
    reckoning = Reckoning(either, len(measures), len(found), tally)
    return replace(_finding(turn, either, reckoning, found, Form.RECKONED), agencies=structure.named)


def _measures_by_number(
    turn: Turn, structure: Structure, measures: Sequence[PassageView], found: Sequence[PassageView]
) -> Finding:
    sizes = {one.id: len(agencies_of(one)) for one in found}
    told = _extreme({key: size for key, size in sizes.items() if size}, fewest=structure.wanted in _FEWEST)
    shown = [one for one in found if one.id in told]
    reckoning = Reckoning(structure, len(measures), len(shown), number=next(iter(told.values()), 0))
    return _finding(turn, structure, reckoning, shown, Form.RECKONED)


def _by_section(
    turn: Turn, structure: Structure, measures: Sequence[PassageView], found: Sequence[PassageView]
) -> Finding:
    counts: dict[tuple[str, str], int] = {}
    for one in found:
        at = (one.document.id, _section(one))
        counts[at] = counts.get(at, 0) + 1
    if structure.wanted in _SECTIONS_BY_NUMBER:
        counts = _extreme(counts, fewest=structure.wanted in _FEWEST)
    nodes = knowledge.passages(
        turn.session, [f"{document}/{section}" for document, section in counts], on=turn.today
    )
    shown = [
        nodes[f"{document}/{section}"] for document, section in counts if f"{document}/{section}" in nodes
    ]
    tally = tuple(
        (f"{node.label} {node.heading or ''}".strip(), counts[node.document.id, node.section])
        for node in shown
    )
    reckoning = Reckoning(structure, len(measures), len(found), tally)
    finding = _finding(turn, structure, reckoning, found, Form.RECKONED)
    headings = tuple(
        Evidence(node, node.start, node.body_start) for node in shown if node.body_start > node.start
    )
    return replace(finding, evidence=headings or finding.evidence)


def _extreme(counts: Mapping[Key, int], *, fewest: bool) -> dict[Key, int]:
    """The keys with the most, or the fewest; all of them that share it."""
    if not counts:
        return {}
    bound = min(counts.values()) if fewest else max(counts.values())
    return {key: number for key, number in counts.items() if number == bound}


def _counts(found: Sequence[PassageView]) -> dict[str, int]:
    """How many of the measures name each agency, those with most first, else in the order of the document."""
    counts: dict[str, int] = {}
    for one in found:
        for mention in one.agencies:
            counts[mention.agency.id] = counts.get(mention.agency.id, 0) + 1
    return dict(sorted(counts.items(), key=lambda one: -one[1]))


def _finding(
    turn: Turn, structure: Structure, reckoning: Reckoning, shown: Sequence[PassageView], form: Form
) -> Finding:
    kept = tuple(key for one in structure.conditions if _names(one) for key in one.agencies)  # type: ignore[union-attr]
    return Finding(
        Status.ANSWERED,
        form,
        words=(structure.wanted or Wanted.LIST).value,
        reckoning=reckoning,
        evidence=tuple(Evidence.with_agencies(one) for one in shown),
        confidence=1.0,
        topic=Topic(
            turn.question, tuple(one.id for one in shown), agencies=tuple(dict.fromkeys(kept)), listed=True
        ),
    )


def _names(condition: object) -> bool:
    return isinstance(condition, AgencyCondition) and condition.match is not Match.NONE_OF


def _ask_back(turn: Turn, structure: Structure) -> Finding | None:
    """What was read and what was not, where the question is surely one on structure; else None.

    A subject, a trade concept or a law among what was not read makes it a question on that.
    """
    if _names_matter(turn) or not _is_surely_structure(structure):
        return None
    unread = "、".join(structure.unread)
    return Finding(
        Status.CLARIFY,
        Form.TALK,
        Reason.LOW_CONFIDENCE,
        words="condition_unread",
        about={"unread": unread},
        reckoning=Reckoning(replace(structure, unread=()), 0, 0),
        topic=Topic(
            turn.question, turn.topic.passages, agencies=turn.topic.agencies, listed=turn.topic.listed
        ),
    )


def _names_matter(turn: Turn) -> bool:
    read = turn.query.structure.unread
    return any(token.kind in _MATTERS and token.text in read for token in turn.query.tokens)


def _is_surely_structure(structure: Structure) -> bool:
    if structure.wanted not in (Wanted.LIST, Wanted.COUNT) or len("".join(structure.unread)) > _MOST_UNREAD:
        return False
    return any(
        isinstance(one, SectionCondition | ShownCondition)
        or (isinstance(one, AgencyCondition) and one.match in _TELLS_STRUCTURE)
        for one in structure.conditions
    )
