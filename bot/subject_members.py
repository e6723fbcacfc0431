"""Which passages a question's subjects come to: joined, narrowed by one another, less what is excepted."""

import re
from collections.abc import Iterable, Mapping, Sequence

from bot.subjects import Kind, Mention, subjects_in

# Between two subjects that are meant side by side (锂电池和汽车, 空运、机场, 缴税的、退货的).
# Without such a word each narrows the other (电商的退货).
_SIDE_BY_SIDE = re.compile(
    r"\s*[,，]\s*|"  # but not after 的, where what is told before has ended (我们做电池的，铁路有哪些)
    r"\s*(的|那些|这些|方面|那块|这块|这一块|帮忙)*\s*([、/+＋\s]|和|跟|与|及|以及|同埋?|或者?|还有|加上?|还|又|管)+"
    r"\s*(的|那些|这些|方面|那块|这块|这一块|帮忙|和|跟|与|及|同)*\s*"
)
_ENUMERATED = re.compile("[^,，。;；?？!！]*、[^,，。;；?？!！]*")
_ASKING = re.compile("[哪啥几边]|什么|有关|相关|沾边|列|找|整理|多少|措施|咩|乜")
# Of whoever asks: 航运部的同事.
_OF_STAFF = re.compile("(部(?!分|里)|部门|科|组|岗|专员|经理|同事|主管|总监|文员|会计)")
# After what was only instances of it: 修飞机、修机器这类维修.
_OF_SUCH_KIND = re.compile(r".{0,4}(这类|那类|这一类|之类的?|等等?|这些|那些|这种)\W*")
# The end of a clause, unless the next goes on with it: 要付海运费，又想贷款.
_STORY_ENDS = re.compile("[,，。;；:：?？!！](?!又|也|还|同时|另外|再|以及)")
# What narrows nothing: who asks (财务问：), instances (单证，提单啊), what makes no difference (包含走铁路的,
# 不管装箱还是走铁路).
_NO_MATTER = re.compile(
    r"^[^,，。:：]{1,10}(问|请教|咨询)(一下)?[:：,，]|[(（](包含|包括|含|连同)[^)）]{1,12}[)）]"
    r"|[(（][^)）]{1,16}(啊|啦|呀|都算|也算|等等?|之类的?)[)）]"
    r"|(不管|无论|不论|不分).{1,12}?(?=[,，。;；?？!！]|$)"
)
_EXCEPT = re.compile(
    r"(除了?|除开|除去|撇开|不算).{1,20}?(以外|之外|外|不算|，|,|还有|还|的话)"
    r"|[^，,。？?！!(（]{1,10}?(那些|那块|那几条|那个|这块|的)?(我)?(都|已经)?"
    r"(知道了|看过了|清楚了|有了|不用(说|讲|列)|除外|不要|不算|另计|另说)"
)
_ONE_MEASURE = re.compile("那(一)?(条|项|个)")
_TOO_WIDE = 8
_NARROWS_NOTHING_BY_ITSELF = frozenset((Kind.WHO,))


def members(folded: str, texts: Mapping[str, str]) -> frozenset[str]:
    """The ids in ``texts`` that a folded question wants set out, by its curated subjects; empty if by none.

    Subjects side by side are joined, others narrow each other as long as anything is left. Who it is for
    counts only where nothing else is named, or nothing but what half of the plan is about (船员通关); a part
    of the plan goes before all, and what is excepted is out.
    """
    mentions = subjects_in(kept(folded))
    weighty = _without_instances(folded, _weighty(mentions), texts)
    phrases = _phrases(folded, weighty)
    found = frozenset[str]().union(*(_narrowed(folded, groups, texts) for groups in phrases))
    who = [one for one in mentions if one.subject.kind is Kind.WHO]
    if len(found) > _TOO_WIDE and who and not any(one.subject.kind is Kind.PART for one in mentions):
        found = _joined(who, texts)
    return found - excepted_members(folded, texts)


def names_several(folded: str) -> bool:
    """Whether a folded question names different subjects side by side, so that no one passage is meant."""
    phrases = _phrases(folded, _weighty(subjects_in(kept(folded))))
    groups = [group for groups in phrases for group in groups]
    return len(phrases) > 1 or any(len({one.subject.id for one in group}) > 1 for group in groups)


def excepted_members(folded: str, texts: Mapping[str, str]) -> frozenset[str]:
    """The ids of what a folded question leaves out: 除了锂电池, 收费那些我知道了."""
    spans = [folded[slice(*span)] for span in _excepted(folded)]
    return frozenset().union(*(_left_out(span, texts) for span in spans))


def _left_out(span: str, texts: Mapping[str, str]) -> frozenset[str]:
    """What a span names; of one measure (除了电子缴税跟跨关区退货那一条) what all its words are about."""
    mentions = subjects_in(span)
    if _ONE_MEASURE.search(span):
        return frozenset.intersection(*(one.subject.passages(texts) for one in mentions)) or _joined(
            mentions, texts
        )
    return _joined(mentions, texts)


def kept(folded: str) -> str:
    """A folded question with blanks, as many as it had characters, for what it leaves out or open."""
    blank = [*_excepted(folded), *(found.span() for found in _NO_MATTER.finditer(folded))]
    blank += [(one.start, one.end) for one in subjects_in(folded) if _OF_STAFF.match(folded, one.end)]
    for start, end in blank:
        folded = f"{folded[:start]}{' ' * (end - start)}{folded[end:]}"
    return folded


def _excepted(folded: str) -> list[tuple[int, int]]:
    spans = [found.span() for found in _EXCEPT.finditer(folded)]
    return [span for span in spans if subjects_in(folded[slice(*span)])]


def _joined(mentions: Iterable[Mention], texts: Mapping[str, str]) -> frozenset[str]:
    return frozenset().union(*(one.subject.passages(texts) for one in mentions))


def _weighty(mentions: Sequence[Mention]) -> list[Mention]:
    """Those that decide: a part of the plan alone, else all but who it is for, else all."""
    parts = [one for one in mentions if one.subject.kind is Kind.PART]
    others = [one for one in mentions if one.subject.kind not in _NARROWS_NOTHING_BY_ITSELF]
    return parts[:1] or others or list(mentions)


def _phrases(folded: str, mentions: Sequence[Mention]) -> list[list[list[Mention]]]:
    """The mentions by phrase, and in it by group: phrases stand beside one another, groups narrow each other.

    Those of a group stand side by side and are alike: 查验和税款. Where what stands beside is unlike, the
    second begins a phrase of its own, with what stood before both (港口的绿色和智能化) unless that is of its
    own sort (海沧的查验和海天的系统).
    """
    phrases: list[list[list[Mention]]] = []
    for one in mentions:
        last = phrases[-1][-1][-1] if phrases else None
        beside = last is not None and _is_beside(folded, last, one)
        if last is None:
            phrases.append([[one]])
        elif beside and _sort(last) is not _sort(one):
            head = [group for group in phrases[-1][:-1] if _sort(group[0]) is not _sort(one)]
            phrases.append([*head, [one]])
        elif beside:
            phrases[-1][-1].append(one)
        else:
            phrases[-1].append([one])
    return [
        [group for at, group in enumerate(groups) if not _is_repeated(group, groups[at + 1 :])]
        for groups in phrases
    ]


def _is_repeated(group: Sequence[Mention], later: Iterable[Sequence[Mention]]) -> bool:
    """Whether a subject that stands alone is named again, perhaps beside others: it narrows nothing then."""
    ids = {one.subject.id for one in group}
    return len(ids) == 1 and any(ids <= {one.subject.id for one in others} for others in later)


def _is_beside(folded: str, one: Mention, other: Mention) -> bool:
    between = folded[one.end : other.start]
    return bool(_SIDE_BY_SIDE.fullmatch(between) or _ENUMERATED.fullmatch(between))


def _sort(one: Mention) -> Kind:
    return Kind.MEANS if one.subject.kind is Kind.EFFECT else one.subject.kind


def _narrowed(folded: str, groups: Iterable[Sequence[Mention]], texts: Mapping[str, str]) -> frozenset[str]:
    """What all ``groups`` are about.

    Where nothing is, a matter goes before all else. Two matters, or two sorts of people, add up in one
    clause; in two, the one that is asked about stays (我是做电池的，空运有哪些).
    """
    found: frozenset[str] = frozenset()
    before: Mention | None = None
    for group in groups:
        joined, sort = _joined(group, texts), _sort(group[0])
        if found & joined or before is None:
            found = found & joined or joined
        elif sort in (Kind.MATTER, Kind.WHO) and sort is _sort(before):
            found = _beside_or_asked(folded, before, group[0], found, joined)
        elif sort is Kind.MATTER:
            found = joined
        before = group[-1] if before is None or sort is Kind.MATTER else before
    return found


def _beside_or_asked(
    folded: str, before: Mention, after: Mention, found: frozenset[str], joined: frozenset[str]
) -> frozenset[str]:
    if not _STORY_ENDS.search(folded[before.end : after.start]):
        return found | joined
    return found if _is_asked(folded, before) and not _is_asked(folded, after) else joined


def _is_asked(folded: str, mention: Mention) -> bool:
    """Whether the clause of ``mention`` asks."""
    start = max((end.end() for end in _STORY_ENDS.finditer(folded[: mention.start])), default=0)
    end = _STORY_ENDS.search(folded, mention.end)
    return bool(_ASKING.search(folded[start : end.start() if end else len(folded)]))


def _without_instances(
    folded: str, mentions: Sequence[Mention], texts: Mapping[str, str]
) -> Sequence[Mention]:
    """``mentions`` without those that are named only as instances of what is named after them."""
    for at, one in enumerate(mentions[1:], 1):
        instances = mentions[:at]
        if _OF_SUCH_KIND.fullmatch(folded[instances[-1].end : one.start]):
            of_kind = one.subject.passages(texts)
            return [*(each for each in instances if of_kind <= each.subject.passages(texts)), *mentions[at:]]
    return mentions
