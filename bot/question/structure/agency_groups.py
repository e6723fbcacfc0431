"""The agencies of a question in groups, and what is said of each: denied, excepted, alone, either."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.question.structure.token_reader import ALONE, ENDS, Reader

# What may stand between a denial and the agency that it denies, and the other way round.
_BETWEEN = frozenset(
    ("take_part", "by", "and", "all", "filler", "within", "body", "each", "together", "number", *ALONE)
)
_BEHIND = frozenset(
    (
        "filler",
        "all",
        "by",
        "each",
        "body",
        "number",
        "and",
        "section_number",
        "section",
        "heading",
        "within",
        "together",
    )
)
_OF_OTHERS = frozenset(("first", "nobody_else", "other_bodies", "others_too"))
_LONGEST_VERB = 3
_GLUE = frozenset(("filler", "take_part", "by", "all", "and", "body", "within", "shown"))


@dataclass
class Group:
    """Agencies named side by side, at ``first:last`` of the tokens."""

    first: int
    last: int
    agencies: tuple[str, ...]
    either: bool = False
    one_of: bool = False
    denied: bool = False
    excepted: bool = False
    only: bool = False
    not_only: bool = False
    foremost: bool = False


def groups_in(reader: Reader) -> list[Group]:
    """The groups, each with what its clause says of it; what says so is accounted for."""
    groups = _named_together(reader)
    for group in groups:
        _deny(reader, group)
        _narrow(reader, group)
    _spread(reader, groups)
    return _joined_by_or(reader, groups)


def _named_together(reader: Reader) -> list[Group]:
    """Agencies joined by 和, 或 and the like, or by nothing, are named together."""
    groups: list[Group] = []
    at = 0
    while at < len(reader.tokens):
        if not _is_agency(reader, at):
            at += 1
            continue
        group = Group(at, at, _ids(reader, at))
        while (beyond := _goes_on(reader, group)) is not None:
            group.agencies += tuple(key for key in _ids(reader, beyond) if key not in group.agencies)
            group.last = beyond
        reader.use(*range(group.first, group.last + 1))
        groups.append(group)
        at = group.last + 1
    return groups


def _goes_on(reader: Reader, group: Group) -> int | None:
    """Where the next agency of the group stands."""
    beyond = group.last + 1
    while reader.kind(beyond) in ("and", "or", "comma") and beyond - group.last < 4:
        beyond += 1
    if not _is_agency(reader, beyond):
        return None
    group.either |= any(reader.kind(at) == "or" for at in range(group.last + 1, beyond))
    return beyond


def _is_agency(reader: Reader, at: int) -> bool:
    return reader.kind(at) == "agency" or (reader.kind(at) == "it" and bool(reader.before.agencies))


def _ids(reader: Reader, at: int) -> tuple[str, ...]:
    token = reader.tokens[at]
    return (token.value.id,) if token.kind == "agency" else reader.before.agencies


def _deny(reader: Reader, group: Group) -> None:
    """Whether the group is denied (不由A负责, A不参与, 跟A无关) or excepted (除了A)."""
    at = group.first - 1
    while reader.kind(at) in _BETWEEN and at not in reader.used:
        at -= 1
    if at not in reader.used and reader.kind(at) in ("not", "except", "not_only"):
        _deny_before(reader, group, at)
    _deny_behind(reader, group)


def _deny_before(reader: Reader, group: Group, at: int) -> None:
    kind = reader.kind(at)
    only = any(reader.kind(one) in ALONE for one in range(at + 1, group.first))
    group.excepted |= kind == "except"
    group.not_only |= kind == "not_only" or (kind == "not" and only)
    group.denied ^= kind == "not" and not only
    reader.use(*range(at, group.first))


def _deny_behind(reader: Reader, group: Group) -> None:
    at = reader.past(group.last + 1, _BEHIND)
    dropped = reader.past(group.last + 1, _GLUE)
    kind = reader.kind(at)
    if reader.kind(dropped) in ("outside", "except") and not names_next(reader, dropped):
        group.excepted, at = True, dropped
    elif kind == "apart":
        group.denied = True
    elif kind == "not_only":
        group.not_only = True
    elif kind == "not" and (beyond := denied_verb(reader, at)):
        if reader.kind(beyond) in ALONE:
            group.not_only = True
        elif group.either and reader.kind(beyond) == "together":
            group.one_of = True
        else:
            group.denied ^= True
        at = beyond
    else:
        return
    passed = range(group.last + 1, at + 1)
    reader.use(*(one for one in passed if reader.kind(one) not in ("section_number", "heading")))


def _spread(reader: Reader, groups: Sequence[Group]) -> None:
    """A 去掉 behind the last of several is said of all: 把有A的和有B的都去掉."""
    for one, after in reversed(list(pairwise(groups))):
        between = range(one.last + 1, after.first)
        if (
            after.excepted
            and between
            and all(reader.kind(at) in ("filler", "and", "take_part") for at in between)
        ):
            one.excepted |= not one.denied
    for one, after in pairwise(groups):
        between = range(one.last + 1, after.first)
        if one.excepted and between and all(reader.kind(at) in ("filler", "and") for at in between):
            after.excepted |= not after.denied  # 去掉有A的和有B的


def names_next(reader: Reader, at: int) -> bool:
    """Whether the 除了 at ``at`` is said of what comes next."""
    beyond = reader.past(at + 1, ("filler", "take_part", "by", "all"))
    return reader.kind(at) == "except" and reader.kind(beyond) in (
        "agency",
        "section_number",
        "ordinal",
        "heading",
    )


def denied_verb(reader: Reader, at: int) -> int:
    """Where the verb stands that the denial at ``at`` denies of what is before it; 0 where it has none."""
    beyond = at + 1
    while reader.kind(beyond) in ("filler", "by", "all", "body") or (
        reader.kind(beyond) == "take_part" and reader.kind(beyond + 1) in ("body", "within")
    ):
        beyond += 1
    if reader.kind(beyond) in ("take_part", "within", "together", *ALONE):
        return beyond
    if reader.kind(beyond) == "other" and len(reader.tokens[beyond].text) <= _LONGEST_VERB:
        return beyond  # a verb that nobody has listed: 海关没露过面的
    return at if reader.kind(beyond) in (*ENDS, "measure", "but") else 0


def _narrow(reader: Reader, group: Group) -> None:
    """Whether the agencies are to be alone (只有A, A没有别人), not alone, any of them, or named first."""
    for at in _said_of(reader, group):
        if at in reader.used or (reader.kind(at) == "number" and _one_is_denied(reader, at)):
            continue
        if _says_of_several(reader, group, at) or _says_of_one(reader, group, at):
            reader.use(at)
    if group.denied and group.only:  # 不是A一家单干
        group.denied, group.only, group.not_only = False, False, True
    if group.excepted and (group.only or group.not_only):  # 除了A没有别人, 除了A还有别的单位
        group.excepted = False


def _says_of_several(reader: Reader, group: Group, at: int) -> bool:
    """Whether the word at ``at`` says how many of the group are to be there."""
    kind = reader.kind(at)
    if len(group.agencies) < 2:
        return False
    if kind == "only" and _says_one_of(reader, at, group):
        group.one_of = True
    elif kind in ALONE or kind in _OF_OTHERS:
        return False
    elif _says_either(reader, at):
        group.either = True
    elif _says_one_of(reader, at, group):
        group.one_of = True
    else:
        return False
    return True


def _says_of_one(reader: Reader, group: Group, at: int) -> bool:
    """Whether the word at ``at`` says that the group is alone, or not, or named first."""
    kind = reader.kind(at)
    if kind in ALONE and reader.kind(reader.past(at - 1, ("filler", "by"), -1)) == "not":
        group.not_only = True  # …，但不是单独一家
    elif kind in ALONE and not group.excepted and _belongs(reader, at, group):
        group.only = True
    elif kind == "first" and not group.denied and not _measure_between(reader, group, at):
        group.foremost = True
    elif kind == "nobody_else":
        group.only = True
    elif kind == "other_bodies" and reader.kind(at - 1) != "which":
        around = (
            reader.kind(reader.past(at - 1, ("filler", "and", "by", "take_part"), -1)),
            reader.kind(reader.past(at + 1, ("filler", "all", "by"))),
        )
        group.only |= "not" in around
        group.not_only |= "not" not in around
    elif kind == "others_too":
        group.not_only = True
    else:
        return False
    return True


def _one_is_denied(reader: Reader, at: int) -> bool:
    """Whether the number at ``at`` belongs to a denial: 一家都没有, 一家在另一家不在."""
    return any(reader.kind(place) in ("not", "apart") for place in range(at + 1, at + 5))


def _says_either(reader: Reader, at: int) -> bool:
    """Whether one of several is enough: 任一家, 有一个就算, 至少占一个."""
    if reader.kind(at) == "or":
        return True
    one = reader.kind(at) == "number" and reader.tokens[at].value == 1
    before = {reader.kind(place) for place in range(at - 3, at)}
    return one and not before & {*ALONE, "not", "ordinal", "number"}


def _said_of(reader: Reader, group: Group) -> Sequence[int]:
    """The places of the group's clause; with what follows on it (…，但不是两家都有)."""
    clause = reader.clause(group.first, group.last)
    end = clause.stop
    while reader.kind(end) not in ("end", "stop", "agency"):
        end += 1
    return range(clause.start, end)


def _says_one_of(reader: Reader, at: int, group: Group) -> bool:
    """Whether only one of the group is to be there: 只有其中一家, 一家在另一家不在, A或B但不是都有."""
    kind = reader.kind(at)
    if kind == "one_of_two":
        return True
    clause = _said_of(reader, group)
    ones = [one for one in clause if reader.kind(one) == "number" and reader.tokens[one].value == 1]
    if kind == "not":
        together = (
            reader.kind(reader.past(at + 1, ("filler", "number", "body", "all", "take_part"))) == "together"
        )
        return (group.either and together) or len(ones) > 1
    beyond = reader.kind(reader.past(at + 1, ("filler", "shown")))
    return kind in ALONE and at > group.last and (beyond == "or" or (bool(ones) and ones[0] > at))


def _measure_between(reader: Reader, group: Group, at: int) -> bool:
    """Whether it is a measure that comes first, and not the agency: 海关参与的任务里排第一的."""
    return any(reader.kind(one) == "measure" for one in range(group.last + 1, at))


def _belongs(reader: Reader, at: int, group: Group) -> bool:
    """Whether the 只 or 单独 at ``at`` is said of ``group``: only words of taking part stand between."""
    between = range(at + 1, group.first) if at < group.first else range(group.last + 1, at)
    return all(reader.kind(one) in _BETWEEN or reader.kind(one) == "measure" for one in between)


def _joined_by_or(reader: Reader, groups: Sequence[Group]) -> list[Group]:
    """Groups with 或 between them as one: 有A或者有B; of opposites, one of the two: 有A没B或者有B没A."""
    merged: list[Group] = []
    for group in groups:
        last = merged[-1] if merged else None
        between = range(last.last + 1, group.first) if last else range(0)
        if last and any(reader.kind(at) == "or" for at in between) and last.denied == group.denied:
            last.agencies = tuple(dict.fromkeys((*last.agencies, *group.agencies)))
            last.either, last.last = True, group.last
        else:
            merged.append(group)
    both = {key for one in merged if one.denied for key in one.agencies} & {
        key for one in merged if not one.denied for key in one.agencies
    }
    if len(both) > 1:
        return [Group(merged[0].first, merged[-1].last, tuple(sorted(both)), one_of=True)]
    return merged
