"""A small grammar over mentions: from a question's tokens to the set of measures that it asks for.

Nothing here looks at characters. A token is a mention, a number, a section's number or a stretch that nothing
accounts for; conditions are read from how tokens stand to each other, within a clause where that matters.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from bot.question.structure import (
    AgencyCondition,
    Condition,
    Match,
    SectionCondition,
    ShownCondition,
    SizeCondition,
    Structure,
    Wanted,
)
from bot.question.tokens import Token

# What may stand between a denial and the agency that it denies, and the other way round.
_BETWEEN = frozenset(
    ("take_part", "by", "and", "all", "filler", "within", "body", "only", "each", "together")
)
_AFTER = frozenset(("filler", "all", "by", "each", "but", "also", "body"))
_ALONE = frozenset(("only", "alone"))
_INCLUDING = frozenset(("包括", "包含", "含"))
_CLASSIFIERS = frozenset(("个", "到", "来", "间"))
_NOUNS = frozenset(("measure", "body", "section"))
_TOLD_OF = frozenset(
    ("agency", "section_number", "which", "how_many", "who", "set_out", "shown", "number", "it")
)
_STORY = frozenset(("other", "aspect", "why", "swap", "unclear"))
_UNREAD = _STORY | {"subject", "concept", "law", "place", "heading"}
_COMPARING = {
    "at_least": lambda n: SizeCondition(n),
    "or_more": lambda n: SizeCondition(n),
    "more_than": lambda n: SizeCondition(n + 1),
    "not_only": lambda n: SizeCondition(n + 1),
    "less_than": lambda n: SizeCondition(0, n - 1),
    "at_most": lambda n: SizeCondition(0, n),
    "or_less": lambda n: SizeCondition(0, n),
    "exactly": lambda n: SizeCondition(n, n),
    "only": lambda n: SizeCondition(n, n),
    "alone": lambda n: SizeCondition(n, n),
    "most": lambda n: SizeCondition(0, n),
    "fewest": lambda n: SizeCondition(n),
}


@dataclass(frozen=True)
class Before:
    """What the conversation holds: the passages listed last, and the agencies whose measures they are."""

    passages: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()


@dataclass
class _Group:
    """Agencies named side by side, at ``first:last`` of the tokens."""

    first: int
    last: int
    agencies: tuple[str, ...]
    either: bool = False
    denied: bool = False
    excepted: bool = False
    only: bool = False
    not_only: bool = False


@dataclass
class _Reader:
    """The tokens of one question, and which of them are accounted for."""

    tokens: Sequence[Token]
    before: Before
    used: set[int] = field(default_factory=set)

    def kind(self, at: int) -> str:
        return self.tokens[at].kind if 0 <= at < len(self.tokens) else "end"

    def kinds(self) -> set[str]:
        return {token.kind for token in self.tokens}


def read_structure(tokens: Sequence[Token], before: Before = Before()) -> Structure:  # noqa: B008
    """The structure that ``tokens`` ask for.

    Where something in them is not accounted for, it says so in ``unread``.
    """
    reader = _Reader(tokens, before)
    groups = _groups(reader)
    for group in groups:
        _deny(reader, group)
        _narrow(reader, group)
    sizes, of_measures = _sizes(reader, groups)
    sections = _sections(reader)
    shown = _shown(reader)
    wanted = _wanted(reader, groups, sections)
    groups = _from_before(reader, groups, shown)
    conditions = (*_of_agencies(groups, wanted), *sizes, *sections, *shown)
    company = wanted in (Wanted.AGENCIES, Wanted.AGENCY_COUNT)
    left_out = [key for one in groups if company and not one.denied for key in one.agencies]
    if of_measures and company:
        wanted = Wanted.AGENCIES_BY_COUNT
    return Structure(
        wanted,
        tuple(conditions),
        left_out=tuple(dict.fromkeys(left_out)),
        number=of_measures if wanted is Wanted.AGENCIES_BY_COUNT else None,
        unread=_unread(reader),
        named=tuple(dict.fromkeys(key for one in groups for key in one.agencies)),
    )


def _groups(reader: _Reader) -> list[_Group]:
    """Agencies joined by 和, 或 and the like, or by nothing, are named together."""
    groups: list[_Group] = []
    at = 0
    while at < len(reader.tokens):
        if not _is_agency(reader, at):
            at += 1
            continue
        group = _Group(at, at, _ids(reader, at))
        while True:
            beyond = group.last + 1
            joint: list[str] = []
            while reader.kind(beyond) in ("and", "or", "pause", "comma") and len(joint) < 2:
                joint.append(reader.kind(beyond))
                beyond += 1
            if not _is_agency(reader, beyond):
                break
            group.agencies += tuple(key for key in _ids(reader, beyond) if key not in group.agencies)
            group.either |= "or" in joint
            group.last = beyond
        reader.used.update(range(group.first, group.last + 1))
        groups.append(group)
        at = group.last + 1
    return groups


def _is_agency(reader: _Reader, at: int) -> bool:
    return reader.kind(at) == "agency" or (reader.kind(at) == "it" and bool(reader.before.agencies))


def _ids(reader: _Reader, at: int) -> tuple[str, ...]:
    token = reader.tokens[at]
    return (token.value.id,) if token.kind == "agency" else reader.before.agencies


def _deny(reader: _Reader, group: _Group) -> None:
    """Whether the group is denied (不由A负责, A不参与, 跟A无关) or excepted (除了A)."""
    at = group.first - 1
    while reader.kind(at) in _BETWEEN and at not in reader.used:
        at -= 1
    if at not in reader.used and reader.kind(at) in ("not", "except", "not_only"):
        _mark(reader, group, at)
    _deny_behind(reader, group)


def _mark(reader: _Reader, group: _Group, at: int) -> None:
    kind = reader.kind(at)
    only = any(reader.kind(one) in _ALONE for one in range(at + 1, group.first))
    group.excepted |= kind == "except"
    group.not_only |= kind == "not_only" or (kind == "not" and only)
    group.denied ^= kind == "not" and not only
    reader.used.update(range(at, group.first))


def _deny_behind(reader: _Reader, group: _Group) -> None:
    at = group.last + 1
    while reader.kind(at) in _AFTER:
        at += 1
    kind = reader.kind(at)
    if kind == "apart":
        group.denied = True
    elif kind == "outside":
        group.excepted = True
    elif kind == "not_only":
        group.not_only = True
    elif kind == "not" and (beyond := _denied_verb(reader, at)):
        if reader.kind(beyond) in _ALONE:
            group.not_only = True
        else:
            group.denied ^= True
        at = beyond
    else:
        return
    reader.used.update(range(group.last + 1, at + 1))


def _denied_verb(reader: _Reader, at: int) -> int:
    """Where the verb stands that the denial at ``at`` denies of what is before it; 0 where it has none."""
    beyond = at + 1
    while reader.kind(beyond) in ("filler", "by", "all", "body") or (
        reader.kind(beyond) == "take_part" and reader.kind(beyond + 1) in ("body", "within")
    ):
        beyond += 1
    if reader.kind(beyond) in ("take_part", "within", "only", "alone", "together"):
        return beyond
    return (
        at
        if reader.kind(at + 1) in ("end", "comma", "stop", "measure", "but")
        or beyond > at + 1 != beyond
        and reader.kind(beyond) == "measure"
        else 0
    )


def _narrow(reader: _Reader, group: _Group) -> None:
    """Whether the agencies are to be alone (只有A, A单独, A没有别人), or not alone."""
    start, end = _clause(reader, group.first, group.last)
    for at in range(start, end):
        kind = reader.kind(at)
        if at in reader.used or kind not in (*_ALONE, "nobody_else", "others_too"):
            continue
        if kind in _ALONE and not _belongs(reader, at, group):
            continue
        group.only |= kind != "others_too"
        group.not_only |= kind == "others_too"
        reader.used.add(at)
    if group.excepted and group.only:
        group.excepted = False  # 除了A没有别人
    if group.excepted and group.not_only:
        group.excepted = False  # 除了A还有别的单位


def _belongs(reader: _Reader, at: int, group: _Group) -> bool:
    """Whether the 只 or 单独 at ``at`` is said of ``group``: only words of taking part stand between."""
    between = range(at + 1, group.first) if at < group.first else range(group.last + 1, at)
    return all(reader.kind(one) in _BETWEEN or reader.kind(one) in ("number", "measure") for one in between)


def _clause(reader: _Reader, first: int, last: int) -> tuple[int, int]:
    start, end = first, last
    while reader.kind(start - 1) not in ("end", "comma", "stop", "agency", "but"):
        start -= 1
    while reader.kind(end + 1) not in ("end", "stop", "agency", "but"):
        end += 1
    return start, end + 1


def _sizes(
    reader: _Reader, groups: Sequence[_Group]
) -> tuple[tuple[SizeCondition, ...], SizeCondition | None]:
    """How many agencies a measure is to name, and how many measures an agency is to have."""
    of_agencies: list[SizeCondition] = []
    of_measures: SizeCondition | None = None
    for at, token in enumerate(reader.tokens):
        if at in reader.used:
            continue
        if token.kind == "several":
            of_agencies.append(SizeCondition(2))
            reader.used.add(at)
        elif token.kind == "once":
            of_measures = SizeCondition(1, 1)
            reader.used.add(at)
        elif token.kind == "number":
            counted, end = _counted(reader, at)
            if counted is None:
                continue
            size = _size(reader, at, end)
            if counted == "measure":
                of_measures = size
            elif same := [group for group in groups if _is_number_of(group, token, size)]:
                same[0].only |= _says_no_more(reader, at, end)
            else:
                of_agencies.append(size)
        elif token.kind == "alone" and not groups and not reader.before.agencies and _is_of_one(reader, at):
            of_agencies.append(SizeCondition(1, 1))
            reader.used.add(at)
    return tuple(dict.fromkeys(of_agencies)), of_measures


def _is_of_one(reader: _Reader, at: int) -> bool:
    """Whether an 一家 or 单独 with nobody named means one agency, whichever; 只有三家 is a number's own."""
    return not any(reader.kind(one) == "number" for one in (at + 1, at + 2))


def _is_number_of(group: _Group, token: Token, size: SizeCondition) -> bool:
    """Whether it only says how many are named: 海关和海事局两家."""
    return token.value == len(group.agencies) > 1 and size == SizeCondition(token.value, token.value)


def _says_no_more(reader: _Reader, at: int, end: int) -> bool:
    """Whether the number of those named is said to be all: 就这三家, 正好两家."""
    return any(reader.kind(one) in (*_ALONE, "exactly") for one in (at - 2, at - 1, end + 1, end + 2))


def _counted(reader: _Reader, at: int) -> tuple[str | None, int]:
    """What the number at ``at`` counts, and where that ends."""
    beyond = at + 1
    while reader.kind(beyond) == "number" or (
        reader.kind(beyond) == "filler" and reader.tokens[beyond].text in _CLASSIFIERS
    ):
        beyond += 1
    if reader.kind(beyond) in ("body", "measure"):
        return reader.kind(beyond), beyond
    if reader.kind(beyond) in ("or_more", "or_less") and reader.kind(beyond + 1) == "body":
        return "body", beyond + 1
    before = at - 1
    while reader.kind(before) in ("filler", "all", *_COMPARING):
        before -= 1
    if reader.kind(before) in ("body", "how_many"):
        return "body", at
    return None, at


def _size(reader: _Reader, at: int, end: int) -> SizeCondition:
    number = int(reader.tokens[at].value)
    around = [
        one
        for one in (at - 3, at - 2, at - 1, *range(at + 1, end + 3))
        if reader.kind(one) in _COMPARING
        and all(
            reader.kind(between) in ("filler", "body", *_COMPARING)
            for between in range(min(one, at) + 1, max(one, at))
        )
    ]
    ups = [one for one in range(at + 1, end + 1) if reader.kind(one) == "number"]
    reader.used.update((*range(at, end + 1), *around))
    if ups:
        return SizeCondition(number, int(reader.tokens[ups[0]].value))
    told = [reader.kind(one) for one in around]
    firm = [kind for kind in told if kind != "only"] or told
    return _COMPARING[firm[0]](number) if firm else SizeCondition(number, number)


def _sections(reader: _Reader) -> tuple[SectionCondition, ...]:
    """Where the measures are to stand; 除了 and 不在 before it say: anywhere else."""
    inside: list[str] = []
    outside: list[str] = []
    for at, token in enumerate(reader.tokens):
        if token.kind != "section_number":
            continue
        before = at - 1
        while reader.kind(before) in ("filler", "by", "and", "within", "section_number", "take_part"):
            before -= 1
        denied = reader.kind(before) in ("not", "except") and before not in reader.used
        denied |= reader.kind(at + 1) == "outside"
        (outside if denied else inside).append(token.value)
        reader.used.add(at)
    found = [SectionCondition(tuple(inside))] if inside else []
    return (*found, SectionCondition(tuple(outside), outside=True)) if outside else tuple(found)


def _shown(reader: _Reader) -> tuple[ShownCondition, ...]:
    """其中 and the like, after a list; and what of it is left out by its number: 除了第一条."""
    passages = reader.before.passages
    if not passages:
        return ()
    items = [(at, token) for at, token in enumerate(reader.tokens) if token.kind == "ordinal"]
    excepted = {
        token.value
        for at, token in items
        if any(reader.kind(one) == "except" for one in range(max(0, at - 2), at))
        or reader.kind(at + 1) == "outside"
    }
    if excepted:
        reader.used.update(at for at, _ in items)
        return (ShownCondition(tuple(key for n, key in enumerate(passages, 1) if n not in excepted)),)
    for at, token in enumerate(reader.tokens):
        if token.kind == "shown" or (token.kind == "within" and at == 0):
            denied = reader.kind(at - 1) in ("except", "not")
            reader.used.add(at)
            return (ShownCondition(passages, outside=denied),)
    return ()


def _from_before(reader: _Reader, groups: list[_Group], shown: Sequence[ShownCondition]) -> list[_Group]:
    """With the agencies of the list before, where these are meant and not named again.

    其中单独负责的, and 跟海事局一起的呢 after a list of another's measures.
    """
    agencies, kinds = reader.before.agencies, reader.kinds()
    if not agencies or any(token.kind == "section_number" for token in reader.tokens):
        return groups
    alone = {*_ALONE, "nobody_else"} & kinds
    if not groups and alone:
        return [_Group(0, 0, agencies, only=True)]
    if len(groups) == 1 and "together" in kinds and not shown and not set(agencies) & set(groups[0].agencies):
        return [replace(groups[0], agencies=(*agencies, *groups[0].agencies))]
    return groups


def _of_agencies(groups: Iterable[_Group], wanted: Wanted | None) -> list[Condition]:
    company = wanted in (Wanted.AGENCIES, Wanted.AGENCY_COUNT)
    found: list[Condition] = []
    for one in groups:
        if wanted is Wanted.PER_AGENCY:
            found.append(AgencyCondition(Match.ANY_OF, one.agencies))
        elif one.excepted and company:
            continue  # told of others than these
        elif one.denied or one.excepted:
            found.append(AgencyCondition(Match.NONE_OF, one.agencies))
        elif one.only and not one.not_only:
            found.append(AgencyCondition(Match.ONLY, one.agencies))
        else:
            match = Match.ANY_OF if one.either else Match.ALL_OF
            found.append(AgencyCondition(match, one.agencies))
            if one.not_only:
                found.append(SizeCondition(len(one.agencies) + 1))
    return found


def _wanted(reader: _Reader, groups: Sequence[_Group], sections: Sequence[SectionCondition]) -> Wanted | None:
    tokens, kinds = reader.tokens, reader.kinds()
    extreme = next(
        (at for at, one in enumerate(tokens) if one.kind in ("most", "fewest") and at not in reader.used),
        None,
    )
    if extreme is not None:
        return _extreme(reader, extreme)
    each = "each" in kinds
    counting = [at for at, one in enumerate(tokens) if one.kind == "how_many" and at not in reader.used]
    if each and counting:
        if sum(len(one.sections) for one in sections) > 1 or "section" in kinds:
            return Wanted.PER_SECTION
        if sum(len(one.agencies) for one in groups) > 1 or (len(groups) > 1):
            return Wanted.PER_AGENCY
    for at in counting:
        noun = _noun_after(reader, at) or _noun_before(reader, at)
        if noun == "body":
            return Wanted.AGENCY_COUNT
        if noun == "section":
            return None
        if noun == "measure" or groups or sections or _told(reader):
            return Wanted.COUNT
    if "who" in kinds:
        return Wanted.AGENCIES
    for at, one in enumerate(tokens):
        if one.kind != "which":
            continue
        noun = _noun_after(reader, at) or _noun_before(reader, at)
        if noun == "body":
            return Wanted.AGENCIES
        return Wanted.LIST if noun != "section" else None
    if kinds & {"set_out", "measure"} or "shown" in kinds:
        return Wanted.LIST
    if groups and (
        any(one.denied or one.only for one in groups)
        or tokens
        and len(kinds - {"agency", "and", "filler", "comma", "stop"}) == 0
    ):
        return Wanted.LIST
    if groups and "together" in kinds and reader.before.agencies:
        return Wanted.LIST  # 跟海事局一起的呢, after the measures of another
    return Wanted.LIST if groups and kinds & {"take_part", "all"} else None


def _told(reader: _Reader) -> bool:
    return any(one.kind in ("shown", "measure") for one in reader.tokens)


def _extreme(reader: _Reader, at: int) -> Wanted | None:
    """What is to have the most: what 的 leads to behind it, else what is asked for, else what is counted."""
    most = reader.tokens[at].kind == "most"
    beyond = at + 1
    while reader.kind(beyond) in ("filler", "comma", "all"):
        beyond += 1
    asked = [
        "body" if reader.kind(one) == "who" else _noun_after(reader, one)
        for one in range(len(reader.tokens))
        if reader.kind(one) in ("which", "who", "how_many")
    ]
    head = "body" if reader.kind(beyond) == "who" else reader.kind(beyond)
    wanted = next((noun for noun in asked if noun), head if head in _NOUNS else None)
    if wanted is None:
        nouns = [token.kind for token in reader.tokens if token.kind in _NOUNS]
        wanted = nouns[0] if nouns else None
    return {
        "body": Wanted.AGENCIES_WITH_MOST if most else Wanted.AGENCIES_WITH_FEWEST,
        "measure": Wanted.MEASURES_WITH_MOST if most else Wanted.MEASURES_WITH_FEWEST,
        "section": Wanted.SECTIONS_WITH_MOST if most else Wanted.SECTIONS_WITH_FEWEST,
    }.get(wanted or "")


def _noun_after(reader: _Reader, at: int) -> str | None:
    beyond = at + 1
    while reader.kind(beyond) in ("filler", "number"):
        beyond += 1
    return reader.kind(beyond) if reader.kind(beyond) in _NOUNS else None


def _noun_before(reader: _Reader, at: int) -> str | None:
    before = at - 1
    while (
        before in reader.used
        and reader.kind(before) not in ("agency", "it")
        or reader.kind(before) in ("filler", "all", "each", "number", *_ALONE)
        or (reader.kind(before) == "take_part" and reader.tokens[before].text in _INCLUDING)
    ):
        before -= 1
    return reader.kind(before) if reader.kind(before) in _NOUNS and before not in reader.used else None


def _unread(reader: _Reader) -> tuple[str, ...]:
    """Words that nothing accounts for.

    Of a story, a clause that neither asks nor names what is asked about, only what names a matter counts.
    """
    found: list[str] = []
    for clause in _clauses(reader):
        told = any(reader.kind(at) in _TOLD_OF for at in clause)
        counts = _UNREAD if told else _UNREAD - _STORY
        found += [
            reader.tokens[at].text for at in clause if reader.kind(at) in counts and at not in reader.used
        ]
    return tuple(found)


def _clauses(reader: _Reader) -> list[list[int]]:
    clauses: list[list[int]] = [[]]
    for at, token in enumerate(reader.tokens):
        if token.kind in ("comma", "stop"):
            clauses.append([])
        else:
            clauses[-1].append(at)
    return clauses
