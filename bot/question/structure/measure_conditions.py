"""Conditions of a question on measures beside their agencies: how many of these, in which section, which of
those shown before."""

from collections.abc import Callable, Mapping, Sequence

from bot.question.structure.agency_groups import Group, names_next
from bot.question.structure.conditions import (
    SectionCondition,
    ShownCondition,
    SizeCondition,
    WordingCondition,
)
from bot.question.structure.token_reader import ALONE, ENDS, Reader

_CLASSIFIERS = frozenset(("个", "到", "来", "间", "一个"))
_COMPARING: Mapping[str, Callable[[int], SizeCondition]] = {
    "at_least": SizeCondition,
    "or_more": SizeCondition,
    "more_than": lambda n: SizeCondition(n + 1),
    "not_only": lambda n: SizeCondition(n + 1),
    "less_than": lambda n: SizeCondition(0, n - 1),
    "at_most": lambda n: SizeCondition(0, n),
    "or_less": lambda n: SizeCondition(0, n),
    "exactly": lambda n: SizeCondition(n, n),
    "only": lambda n: SizeCondition(n, n),
    "alone": lambda n: SizeCondition(n, n),
    "most": lambda n: SizeCondition(0, n),
    "fewest": SizeCondition,
}
_AROUND = frozenset(("filler", "body", "measure", "by", "take_part", "or", "number", *_COMPARING))
_COUNTED_NAMES = {"number_of_measures": "measure", "number_of_bodies": "body", "body": "body"}
_WRITES = frozenset(("写", "写到", "写了", "了", "提到", "提及", "带", "带有", "含", "含有", "包含", "有"))
_ENDING = frozenset(("外", "以外", "之外", "除外"))
_THROUGH = frozenset(("到", "至", "~", "-"))
_DROPPED = frozenset(("except", "outside", "known", "not"))


def sizes_in(
    reader: Reader, groups: Sequence[Group]
) -> tuple[tuple[SizeCondition, ...], SizeCondition | None]:
    """How many agencies a measure is to name, and how many measures an agency is to have."""
    of_agencies: list[SizeCondition] = []
    of_measures: SizeCondition | None = None
    if any(group.one_of for group in groups):
        return (), None
    for at in reader.free("several", "once", "number", "alone"):
        if at in reader.used:
            continue
        if reader.kind(at) == "number":
            counted, size = _numbered(reader, at, groups)
            of_measures = size if counted == "measure" and size else of_measures
            of_agencies += [size] if counted == "body" and size else []
        elif (size := _said(reader, at, groups)) is not None:
            of_measures = size if reader.kind(at) == "once" else of_measures
            of_agencies += [] if reader.kind(at) == "once" else [size]
            reader.use(at)
    return tuple(dict.fromkeys(of_agencies)), of_measures


def _said(reader: Reader, at: int, groups: Sequence[Group]) -> SizeCondition | None:
    """The size that a word says by itself: 多家, 单独 with nobody named, 只出现一次."""
    if reader.kind(at) == "several":
        return SizeCondition(2)
    named = groups or reader.before.agencies or reader.kind(at + 1) == "number"
    return None if reader.kind(at) == "alone" and named else SizeCondition(1, 1)


def _numbered(reader: Reader, at: int, groups: Sequence[Group]) -> tuple[str | None, SizeCondition | None]:
    """What the number at ``at`` counts, and the bounds that it sets; none where it only repeats a group."""
    counted, end = _counted(reader, at, groups)
    if counted is None:
        return None, None
    number = int(reader.tokens[at].value)
    size, compared = _size(reader, at, end)
    if counted == "measure":  # 任何一条措施 and 同在一条里 set no number
        return counted, size if compared or number != 1 else None
    if number == 1 and any(group.either for group in groups):
        return counted, None  # A或B，有一家就行
    same = [one for one in groups if one.last < at and _is_number_of(one, number, size)]
    if not same:
        return counted, size
    named = same[-1]
    first = reader.kind(reader.past(named.first - 1, ("filler",), -1))
    named.only |= not (named.denied or named.not_only) and (
        _says_no_more(reader, at, end) or first in ("only", "exactly")
    )
    return counted, None


def _is_number_of(group: Group, number: int, size: SizeCondition) -> bool:
    """Whether it only says how many are named: 海关和海事局两家."""
    return number == len(group.agencies) and size == SizeCondition(number, number)


def _says_no_more(reader: Reader, at: int, end: int) -> bool:
    """Whether the number of those named is said to be all: 就这三家, 正好两家."""
    near = (at - 2, at - 1, end + 1, end + 2)
    return int(reader.tokens[at].value) == 1 or any(
        reader.kind(one) in (*ALONE, "exactly", "nobody_else") for one in near
    )


def _counted(reader: Reader, at: int, groups: Sequence[Group]) -> tuple[str | None, int]:
    """What the number at ``at`` counts, and where that ends."""
    beyond = at + 1
    while reader.kind(beyond) == "number" or (
        reader.kind(beyond) == "filler" and reader.tokens[beyond].text in _CLASSIFIERS
    ):
        beyond += 1
    before = at - 1
    while reader.kind(before) in ("filler", "all", "take_part", *_COMPARING):
        before -= 1
    named = _COUNTED_NAMES.get(reader.kind(before))
    if named and reader.kind(before) != "body":
        reader.use(before)
    if reader.kind(beyond) in ("body", "measure"):
        return named if reader.kind(before) == "number_of_measures" else reader.kind(beyond), beyond
    if reader.kind(beyond) in ("or_more", "or_less") and reader.kind(beyond + 1) == "body":
        return "body", beyond + 1
    if named:
        return named, at
    later = any(reader.kind(one) == "body" for one in range(beyond, len(reader.tokens)))
    if (
        beyond > at + 1
        and later
        and not groups
        and reader.kind(reader.past(at - 1, ("filler", "by"), -1)) == "take_part"
    ):
        return "measure", beyond - 1  # 参与17个以上的单位
    of_group = beyond > at + 1 and any(len(one.agencies) == reader.tokens[at].value for one in groups)
    return ("body", beyond - 1) if of_group else (None, at)


def _size(reader: Reader, at: int, end: int) -> tuple[SizeCondition, bool]:
    """The bounds that the number at ``at`` sets, and whether a word compares with it (至少, 以上, 只有)."""
    number = int(reader.tokens[at].value)
    repeated = [
        one
        for one in range(end + 1, end + 4)
        if reader.kind(one) == "number"
        and reader.tokens[one].value == number
        and reader.kind(end + 1) == "or"
    ]
    last = max((end, *repeated))
    around = [
        one
        for one in (at - 4, at - 3, at - 2, at - 1, *range(at + 1, last + 5))
        if reader.kind(one) in _COMPARING
        and all(reader.kind(between) in _AROUND for between in range(min(one, at) + 1, max(one, at)))
    ]
    ups = [one for one in range(at + 1, end + 1) if reader.kind(one) == "number"]
    reader.use(*range(at, end + 1), *around, *repeated)
    if ups:
        return SizeCondition(number, int(reader.tokens[ups[0]].value)), True
    told = [reader.kind(one) for one in around]
    firm = [kind for kind in told if kind not in (*ALONE, "exactly")] or told
    if not firm:
        return SizeCondition(number, number), reader.kind(at - 1) in _COUNTED_NAMES
    denied = [one for one in around if reader.kind(one) == firm[0] and reader.kind(one - 1) == "not"]
    return _COMPARING["at_most" if denied and firm[0] == "more_than" else firm[0]](number), True


def sections_in(reader: Reader) -> tuple[SectionCondition, ...]:
    """Where the measures are to stand; 除了 and 不在 before it, or 以外 behind, say: anywhere else."""
    inside: list[str] = []
    outside: list[str] = []
    for at in reader.free("section_number", "heading"):
        token = reader.tokens[at]
        before = reader.past(at - 1, ("filler",), -1)
        if token.kind == "heading" and _is_part_of_number(reader, at):
            reader.use(at)  # 主要任务第二节
            continue
        if token.kind == "heading" and reader.kind(before) == "section_number" and before == at - 1:
            reader.use(at)  # 第三部分“服务保障”
            continue
        into = outside if _is_outside(reader, at) else inside
        through = (
            bool(into) and reader.kind(before) == "section_number" and reader.tokens[at - 1].text in _THROUGH
        )
        section = _number_below(reader, at)
        into += _between(into[-1], section) if through else [section]
        reader.use(at)
    found = [SectionCondition(tuple(dict.fromkeys(inside)))] if inside else []
    return (*found, SectionCondition(tuple(outside), outside=True)) if outside else tuple(found)


def _is_part_of_number(reader: Reader, at: int) -> bool:
    """Whether the heading at ``at`` is that of the part which the number behind it is of."""
    return reader.kind(at + 1) == "section_number" and "." not in str(reader.tokens[at].value)


def _number_below(reader: Reader, at: int) -> str:
    """The section at ``at``; below the part whose heading stands right before it."""
    section = str(reader.tokens[at].value)
    if (
        reader.kind(at) == "section_number"
        and reader.kind(at - 1) == "heading"
        and _is_part_of_number(reader, at - 1)
    ):
        return f"{reader.tokens[at - 1].value}.{section.partition('.')[2] or section}"
    return section


def _is_outside(reader: Reader, at: int) -> bool:
    skipped = ("filler", "by", "and", "within", "section_number", "heading", "take_part", "set_out")
    before = reader.past(at - 1, skipped, -1)
    # 第三节以外 ends what is before it, 不算第二条 is said of what follows.
    ended = reader.kind(before) == "outside" and reader.tokens[before].text in _ENDING
    if (
        not ended
        and reader.kind(before) in ("not", "except", "outside", "apart")
        and before not in reader.used
    ):
        reader.use(before)
        return True
    behind = reader.past(at + 1, ("filler", "section", "measure", "shown", "heading"))
    after = reader.kind(reader.past(behind + 1, ("filler",)))
    if reader.kind(behind) in ("outside", "except") and not names_next(reader, behind):
        if (
            reader.kind(behind) == "outside"
            and after in ("section_number", "heading")
            and reader.kind(behind + 1) == after
        ):
            return False  # 这一节不算二、（一）4
        reader.use(behind)
        return True
    return False


def _between(first: str, last: str) -> list[str]:
    """The sections behind ``first`` up to ``last``: of 2.1 and 2.6 from 2.2 on."""
    part, _, start = first.rpartition(".")
    end = last.rpartition(".")[2]
    return [f"{part}.{number}" if part else str(number) for number in range(int(start) + 1, int(end) + 1)]


def shown_in(reader: Reader) -> tuple[ShownCondition, ...]:
    """其中 and the like, after a list; and what of it is meant or left out by its number: 除了第一条."""
    passages = reader.before.passages
    if not passages:
        return ()
    items = {at: _item(reader, at, len(passages)) for at in reader.free("ordinal", "last")}
    excepted = {item for at, item in items.items() if _is_dropped(reader, at)}
    if items:
        reader.use(*items, *reader.free("shown", "known"))
    if excepted:
        return (ShownCondition(tuple(key for n, key in enumerate(passages, 1) if n not in excepted)),)
    if items:
        wanted = [passages[item - 1] for item in items.values() if 0 < item <= len(passages)]
        return (ShownCondition(tuple(wanted), single=True),) if wanted else ()
    for at in reader.free("shown", "within", "narrow"):
        if reader.kind(at) == "within" and reader.kind(reader.past(at - 1, ("filler",), -1)) not in ENDS:
            continue
        denied = reader.kind(at - 1) in ("except", "not")
        reader.use(at)
        return (ShownCondition(passages, outside=denied),)
    return ()


def _item(reader: Reader, at: int, count: int) -> int:
    return count if reader.kind(at) == "last" else int(reader.tokens[at].value)


def _is_dropped(reader: Reader, at: int) -> bool:
    before = reader.past(at - 1, ("filler", "and", "shown", "ordinal"), -1)
    behind = reader.past(at + 1, ("filler", "and", "ordinal", "all"))
    return reader.kind(before) in ("except", "outside") or reader.kind(behind) in _DROPPED


def wordings_in(reader: Reader) -> tuple[WordingCondition, ...]:
    """The words that a measure must have, or must not: 写了“无纸化”的, 不带按职责分工负责的."""
    found: list[WordingCondition] = []
    told = bool(reader.free("wording"))
    for at in reader.free("quoted", "shared_duty"):
        before = reader.past(at - 1, ("filler", "take_part", "wording", "by"), -1)
        denied = reader.kind(before) == "not" and before not in reader.used
        if reader.kind(at) == "quoted" and not (told or denied or reader.tokens[at - 1].text in _WRITES):
            continue
        words = str(reader.tokens[at].value) if reader.kind(at) == "quoted" else reader.tokens[at].text
        found.append(WordingCondition(words, denied))
        reader.use(at, *([before] if denied else []), *reader.free("wording"))
    return tuple(found)


def nobody_in(reader: Reader, groups: Sequence[Group]) -> tuple[SizeCondition, ...]:
    """No agency at all: 没写责任单位的."""
    for at in reader.free("not"):
        beyond = reader.past(at + 1, ("filler", "take_part", "wording", "by"))
        if not groups and reader.kind(beyond) in ("body", "who") and reader.kind(beyond + 1) != "number":
            asked = reader.kind(reader.past(at + 1, ("filler", "take_part"))) == "which"
            if not asked:
                reader.use(at, beyond)
                return (SizeCondition(0, 0),)
    return ()


def picked_in(reader: Reader) -> int:
    """Which of those found is meant: the first, the last, or that of a number; 0 for all."""
    for at in reader.free("first_item", "first", "last", "ordinal"):
        reader.use(at)
        if reader.kind(at) == "ordinal":
            return int(reader.tokens[at].value)
        return -1 if reader.kind(at) == "last" else 1
    return 0
