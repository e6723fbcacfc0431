"""Which passages a question's subjects come to: joined, narrowed by one another, less what is excepted."""

import re
from collections.abc import Iterable, Mapping, Sequence

from bot.subjects import Kind, Mention, subjects_in

# Between two subjects that are meant side by side (锂电池和汽车, 空运、机场); else each narrows the other.
_SIDE_BY_SIDE = re.compile(
    r"[\s、,，/]*(的|那些|这些|方面|那块|这块|这一块|帮忙)*"
    r"[\s、,，/]*(和|跟|与|及|以及|同埋?|或者?|还有|加上?|还|又|管)?[\s、,，/]*"
)
_EXCEPT = re.compile(
    r"(除了?|除开|除去|撇开|不算).{1,12}?(以外|之外|外|不算|，|,|还有|还|的话)"
    r"|[^，,。？?！!]{1,10}?(那些|那块|那几条|这块|的)?(我)?(都|已经)?(知道了|看过了|清楚了|有了|不用(说|讲|列)|除外|不要|不算)"
)
_TOO_WIDE = 8
_NARROWS_NOTHING_BY_ITSELF = frozenset((Kind.WHO,))


def members(folded: str, texts: Mapping[str, str]) -> frozenset[str]:
    """The ids in ``texts`` that a folded question wants set out, by its curated subjects; empty if by none.

    Subjects side by side are joined, others narrow each other as long as anything is left. Who it is for
    counts only where nothing else is named, or nothing but what half of the plan is about (船员通关); a part
    of the plan goes before all, and what is excepted is out.
    """
    mentions = subjects_in(kept(folded))
    found = _narrowed(folded, _weighty(mentions), texts)
    who = [one for one in mentions if one.subject.kind is Kind.WHO]
    if len(found) > _TOO_WIDE and who and not any(one.subject.kind is Kind.PART for one in mentions):
        found = _joined(who, texts)
    return found - excepted_members(folded, texts)


def excepted_members(folded: str, texts: Mapping[str, str]) -> frozenset[str]:
    """The ids of what a folded question leaves out: 除了锂电池, 收费那些我知道了."""
    named = [one for span in _excepted(folded) for one in subjects_in(folded[slice(*span)])]
    return _joined(named, texts)


def kept(folded: str) -> str:
    """A folded question with blanks, as many as it had characters, for what it leaves out."""
    for start, end in _excepted(folded):
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


def _narrowed(folded: str, mentions: Sequence[Mention], texts: Mapping[str, str]) -> frozenset[str]:
    found: frozenset[str] = frozenset()
    for group in _groups(folded, mentions):
        joined = _joined(group, texts)
        found = (found & joined) or found or joined
    return found


def _groups(folded: str, mentions: Sequence[Mention]) -> list[list[Mention]]:
    groups: list[list[Mention]] = []
    for one in mentions:
        if groups and _SIDE_BY_SIDE.fullmatch(folded[groups[-1][-1].end : one.start]):
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups
