"""A small grammar over mentions: from a question's tokens to the set of measures that it asks for.

Nothing here looks at characters. A token is a mention, a number, a section's number or a stretch that nothing
accounts for; conditions are read from how tokens stand to each other, within a clause where that matters.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.question.structure.agency_groups import Group, groups_in
from bot.question.structure.conditions import (
    AgencyCondition,
    Condition,
    Match,
    SectionCondition,
    ShownCondition,
    SizeCondition,
    Structure,
    Wanted,
)
from bot.question.structure.measure_conditions import (
    nobody_in,
    picked_in,
    sections_in,
    shown_in,
    sizes_in,
    wordings_in,
)
from bot.question.structure.token_reader import ALONE, NOUNS, Before, Reader
from bot.question.tokens import Token

NOTHING_BEFORE = Before()
_TOLD_OF = frozenset(
    ("agency", "section_number", "which", "how_many", "who", "set_out", "shown", "number", "it", "ordinal")
)
_STORY = frozenset(("other", "aspect", "why", "swap", "unclear"))
_UNREAD = _STORY | {"subject", "concept", "law", "place", "heading", "quoted"}
_EACH_OF = ("section", "how_many", "number_of_measures", "take_part", "body")
_STILL = frozenset(("还有", "有哪些"))
_ABOUT_COMPANY = ("filler", "by", "all", "and", "which", "body", "agency")
_COMPANY = (Wanted.AGENCIES, Wanted.AGENCY_COUNT)


def read_structure(tokens: Sequence[Token], before: Before = NOTHING_BEFORE) -> Structure:
    """The structure that ``tokens`` ask for.

    Where something in them is not accounted for, it says so in ``unread``.
    """
    reader = Reader(tokens, before)
    groups = groups_in(reader)
    wordings = wordings_in(reader)
    sizes, of_measures = sizes_in(reader, groups)
    sizes += nobody_in(reader, groups)
    sections = sections_in(reader)
    shown = shown_in(reader)
    if before.passages and not (shown or sections) and _of_what_was_shown(reader, groups):
        shown = (ShownCondition(before.passages),)
    wanted = _wanted(reader, groups, sections, shown) or (Wanted.LIST if sizes or wordings else None)
    pick = picked_in(reader) if groups or sections else 0
    groups = _from_before(reader, groups, shown)
    if wanted is Wanted.COUNT and before.passages and not (groups or sizes or sections or shown):
        shown = (ShownCondition(before.passages),)  # 一共几条, after a list
    only_there = wanted in _COMPANY and _is_only_there(reader, groups, sections)
    if wanted is Wanted.LIST and "each" in reader.kinds():  # A和B分别参与的
        groups = [replace(one, either=one.either or len(one.agencies) > 1) for one in groups]
    absent = wanted in _COMPANY and not only_there and _is_absent(reader, groups, sections)
    if only_there:
        sections = tuple(replace(one, outside=False) for one in sections)
    if absent:
        groups = [replace(one, denied=False) for one in groups]
        sections = tuple(replace(one, outside=False) for one in sections)
    told = wanted in (*_COMPANY, Wanted.AGENCIES_WITH_MOST, Wanted.AGENCIES_WITH_FEWEST)
    left_out = [key for one in groups if told and not one.denied for key in one.agencies]
    by_count = of_measures is not None and wanted in _COMPANY
    conditions = (
        *_of_agencies(groups, wanted, together="together" in reader.kinds()),
        *sizes,
        *sections,
        *shown,
        *wordings,
    )
    return Structure(
        Wanted.AGENCIES_BY_COUNT if by_count else wanted,
        conditions,
        left_out=tuple(dict.fromkeys(left_out)),
        number=of_measures if by_count else None,
        absent=absent,
        only_there=only_there,
        in_each=wanted in _COMPANY and sum(len(one.sections) for one in sections) > 1 and _says_each(reader),
        pick=pick,
        unread=_unread(reader, strict=not conditions),
        named=tuple(dict.fromkeys(key for one in groups for key in one.agencies)),
        every="measure" in reader.kinds() and bool({"all", "each", "set_out"} & reader.kinds()),
        whole=bool({"body", "measure", "section"} & reader.kinds()),
    )


def _of_what_was_shown(reader: Reader, groups: Sequence[Group]) -> bool:
    """Whether a list is narrowed that is not named again.

    What is left of it (把海关参与的去掉，还有哪些); or of a section's measures those of an agency (没有海关的
    几条).
    """
    rest = reader.free("others") or any(token.text in _STILL for token in reader.tokens)
    if rest and any(one.excepted for one in groups):
        return True
    return bool(groups) and not reader.before.agencies and not reader.free("all", "section")


def _from_before(reader: Reader, groups: list[Group], shown: Sequence[ShownCondition]) -> list[Group]:
    """With the agencies of the list before, where these are meant and not named again.

    其中单独负责的, and 跟海事局一起的呢 after a list of another's measures.
    """
    agencies, kinds = reader.before.agencies, reader.kinds()
    if not agencies or "section_number" in kinds:
        return groups
    if not groups and {*ALONE, "nobody_else"} & kinds:
        return [Group(0, 0, agencies, only=True)]
    if len(groups) == 1 and "together" in kinds and not shown and not set(agencies) & set(groups[0].agencies):
        return [replace(groups[0], agencies=(*agencies, *groups[0].agencies))]
    return groups


def _says_each(reader: Reader) -> bool:
    """Whether what is asked for is to be in each of the sections: 第三节和第一节都有的单位."""
    return bool({"together", "each"} & reader.kinds()) or any(
        token.text in ("都", "都有") for token in reader.tokens
    )


def _is_only_there(reader: Reader, groups: Sequence[Group], sections: Sequence[SectionCondition]) -> bool:
    """Whether agencies are asked for that are in a section and nowhere else: 只在第三节出现的."""
    if groups or not sections:
        return False
    return bool(ALONE & reader.kinds()) or (all(one.outside for one in sections) and bool(reader.free("not")))


def _is_absent(reader: Reader, groups: Sequence[Group], sections: Sequence[SectionCondition]) -> bool:
    """Whether agencies are asked for that are not there: 第三节没涉及哪些单位, 谁没跟海关共事过."""
    if any(one.denied for one in groups) or (not groups and any(one.outside for one in sections)):
        return True
    return bool(reader.free("apart")) or any(
        reader.kind(reader.past(at + 1, _ABOUT_COMPANY)) in ("take_part", "within", "together")
        for at in reader.free("not")
    )


def _of_agencies(groups: Iterable[Group], wanted: Wanted | None, *, together: bool) -> list[Condition]:
    found: list[Condition] = []
    for one in groups:
        if wanted is Wanted.PER_AGENCY:
            found.append(AgencyCondition(Match.ANY_OF, one.agencies))
        elif one.foremost:
            found.append(AgencyCondition(Match.FIRST, one.agencies))
        elif one.one_of:
            found.append(AgencyCondition(Match.ONE_OF, one.agencies))
        elif one.excepted and wanted in _COMPANY and not together:
            continue  # told of others than these
        elif one.denied or (one.excepted and wanted not in _COMPANY):
            found.append(AgencyCondition(Match.NONE_OF, one.agencies))
        elif one.only and not one.not_only:
            found.append(AgencyCondition(Match.ONLY, one.agencies))
        else:
            found.append(AgencyCondition(Match.ANY_OF if one.either else Match.ALL_OF, one.agencies))
            if one.not_only and wanted not in _COMPANY:
                found.append(SizeCondition(len(one.agencies) + 1))
    return list(dict.fromkeys(found))


def _wanted(
    reader: Reader,
    groups: Sequence[Group],
    sections: Sequence[SectionCondition],
    shown: Sequence[ShownCondition],
) -> Wanted | None:
    kinds = reader.kinds()
    if extremes := reader.free("most", "fewest"):
        return _extreme(reader, extremes[0])
    counting = reader.free("how_many", "number_of_measures", "number_of_bodies")
    each = any(reader.kind(reader.past(at + 1, ("filler",))) in _EACH_OF for at in reader.free("each"))
    if each and counting:
        if sum(len(one.sections) for one in sections) > 1 or "section" in kinds:
            return Wanted.PER_SECTION
        if sum(len(one.agencies) for one in groups) > 1:
            return Wanted.PER_AGENCY
    counted = next((found for at in counting if (found := _count(reader, at, groups, sections))), None)
    if counted or "who" in kinds:
        return counted or Wanted.AGENCIES
    for at in reader.free("which"):
        noun = reader.noun_after(at) or reader.noun_before(at)
        if noun != "section":
            return Wanted.AGENCIES if noun == "body" else Wanted.LIST
    return _unasked(reader, groups, shown)


def _count(
    reader: Reader, at: int, groups: Sequence[Group], sections: Sequence[SectionCondition]
) -> Wanted | None:
    kind = reader.kind(at)
    if kind != "how_many":
        return Wanted.COUNT if kind == "number_of_measures" else Wanted.AGENCY_COUNT
    noun = reader.noun_after(at) or reader.noun_before(at)
    if noun == "body":
        return Wanted.AGENCY_COUNT
    if noun == "section":
        return None
    told = groups or sections or {"shown", "measure"} & reader.kinds()
    return Wanted.COUNT if noun == "measure" or told else None


def _unasked(reader: Reader, groups: Sequence[Group], shown: Sequence[ShownCondition]) -> Wanted | None:
    """What is wanted where no word asks: 不涉及海关的, 列一下海关的措施, 责任单位名单."""
    kinds = reader.kinds()
    bare = not kinds - {"agency", "and", "filler", "comma", "stop"}
    if "other_bodies" in kinds and not groups:
        return Wanted.AGENCIES
    if shown or kinds & {"set_out", "measure"}:
        of_company = not groups or "together" in kinds
        only_bodies = "body" in kinds and "measure" not in kinds and of_company and not shown
        return Wanted.AGENCIES if only_bodies else Wanted.LIST
    if "body" in kinds and not kinds - {"body", "filler", "all", "comma", "stop", "within"}:
        return Wanted.AGENCIES
    if groups and (bare or any(one.denied or one.only or one.excepted for one in groups)):
        return Wanted.LIST
    if groups and "together" in kinds and reader.before.agencies:
        return Wanted.LIST  # 跟海事局一起的呢, after the measures of another
    return Wanted.LIST if groups and kinds & {"take_part", "all"} else None


def _extreme(reader: Reader, at: int) -> Wanted | None:
    """What is to have the most: what is asked for, else what 的 leads to behind it, else what is counted."""
    most = reader.kind(at) == "most"
    asked = [
        "body" if reader.kind(one) == "who" else reader.noun_after(one)
        for one in range(len(reader.tokens))
        if reader.kind(one) in ("which", "who")
    ]
    beyond = reader.past(at + 1, ("filler", "comma", "all"))
    head = "body" if reader.kind(beyond) == "who" else reader.kind(beyond)
    numbers = [noun for one in reader.free("how_many") if (noun := reader.noun_after(one))]
    nouns = reader.nouns()
    # Asked how many agencies, the measure with most is meant; asked how many measures, the agency or section.
    of_number = [noun for noun in nouns if numbers and noun not in numbers]
    wanted = next((noun for noun in asked if noun), None) or next(iter(of_number), None)
    wanted = wanted or (head if head in NOUNS else None) or next(iter(nouns), None)
    return {
        "body": Wanted.AGENCIES_WITH_MOST if most else Wanted.AGENCIES_WITH_FEWEST,
        "measure": Wanted.MEASURES_WITH_MOST if most else Wanted.MEASURES_WITH_FEWEST,
        "section": Wanted.SECTIONS_WITH_MOST if most else Wanted.SECTIONS_WITH_FEWEST,
    }.get(wanted or "")


def _unread(reader: Reader, *, strict: bool) -> tuple[str, ...]:
    """Words that nothing accounts for.

    Of a story, a clause that neither asks nor names what is asked about, only what names a matter counts;
    unless ``strict``.
    """
    found: list[str] = []
    for clause in _clauses(reader):
        told = strict or any(reader.kind(at) in _TOLD_OF for at in clause)
        counts = _UNREAD if told else _UNREAD - _STORY
        found += [
            reader.tokens[at].text for at in clause if reader.kind(at) in counts and at not in reader.used
        ]
    return tuple(found)


def _clauses(reader: Reader) -> list[list[int]]:
    clauses: list[list[int]] = [[]]
    for at, token in enumerate(reader.tokens):
        if token.kind in ("comma", "stop"):
            clauses.append([])
        else:
            clauses[-1].append(at)
    return clauses
