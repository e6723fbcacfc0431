"""Which passages a question's subjects come to: joined, narrowed by one another, less what is excepted."""

import re
from collections.abc import Iterable, Mapping, Sequence

from bot.question.names.left_out import excepted, kept
from bot.question.names.subject_phrases import phrases_of, sort_of
from bot.question.names.subjects import Kind, Mention, Subjects

_ASKING = re.compile("[哪啥几边]|什么|有关|相关|沾边|列|找|整理|多少|措施|咩|乜")
# After what was only instances of it: 修飞机、修机器这类维修.
_OF_SUCH_KIND = re.compile(r".{0,4}(这类|那类|这一类|之类的?|等等?|这些|那些|这种)\W*")
# The end of a clause, unless the next goes on with it: 要付海运费，又想贷款.
_STORY_ENDS = re.compile("[,，。;；:：?？!！](?!又|也|还|同时|另外|再|以及)")
_ONE_MEASURE = re.compile("那(一)?(条|项|个)")
_TOO_WIDE = 8
_NARROWS_NOTHING_BY_ITSELF = frozenset((Kind.WHO,))


def members(folded: str, subjects: Subjects, texts: Mapping[str, str]) -> frozenset[str]:
    """The ids in ``texts`` that a folded question wants set out, by its curated subjects; empty if by none.

    Subjects side by side are joined, others narrow each other as long as anything is left. Who it is for
    counts only where nothing else is named, or nothing but what half of the plan is about (船员通关); a part
    of the plan goes before all, and what is excepted is out.
    """
    mentions = subjects.find(kept(folded, subjects))
    weighty = _without_instances(folded, _weighty(mentions), texts)
    phrases = phrases_of(folded, weighty)
    found = frozenset[str]().union(*(_narrowed(folded, groups, texts) for groups in phrases))
    who = [one for one in mentions if one.subject.kind is Kind.WHO]
    if len(found) > _TOO_WIDE and who and not any(one.subject.kind is Kind.PART for one in mentions):
        found = _joined(who, texts)
    return found - excepted_members(folded, subjects, texts)


def names_several(folded: str, subjects: Subjects) -> bool:
    """Whether a folded question names different subjects side by side, so that no one passage is meant."""
    phrases = phrases_of(folded, _weighty(subjects.find(kept(folded, subjects))))
    groups = [group for groups in phrases for group in groups]
    return len(phrases) > 1 or any(len({one.subject.id for one in group}) > 1 for group in groups)


def excepted_members(folded: str, subjects: Subjects, texts: Mapping[str, str]) -> frozenset[str]:
    """The ids of what a folded question leaves out: 除了锂电池, 收费那些我知道了."""
    spans = [folded[slice(*span)] for span in excepted(folded, subjects)]
    return frozenset().union(*(_left_out(span, subjects, texts) for span in spans))


def _left_out(span: str, subjects: Subjects, texts: Mapping[str, str]) -> frozenset[str]:
    """What a span names; of one measure (除了电子缴税跟跨关区退货那一条) what all its words are about."""
    mentions = subjects.find(span)
    if _ONE_MEASURE.search(span):
        return frozenset.intersection(*(one.subject.passages(texts) for one in mentions)) or _joined(
            mentions, texts
        )
    return _joined(mentions, texts)


def _joined(mentions: Iterable[Mention], texts: Mapping[str, str]) -> frozenset[str]:
    return frozenset().union(*(one.subject.passages(texts) for one in mentions))


def _weighty(mentions: Sequence[Mention]) -> list[Mention]:
    """Those that decide: a part of the plan alone, else all but who it is for, else all."""
    parts = [one for one in mentions if one.subject.kind is Kind.PART]
    others = [one for one in mentions if one.subject.kind not in _NARROWS_NOTHING_BY_ITSELF]
    return parts[:1] or others or list(mentions)


def _narrowed(folded: str, groups: Iterable[Sequence[Mention]], texts: Mapping[str, str]) -> frozenset[str]:
    """What all ``groups`` are about.

    Where nothing is, a matter goes before all else. Two matters, or two sorts of people, add up in one
    clause; in two, the one that is asked about stays (我是做电池的，空运有哪些).
    """
    found: frozenset[str] = frozenset()
    before: Mention | None = None
    for group in groups:
        joined, sort = _joined(group, texts), sort_of(group[0])
        if found & joined or before is None:
            found = found & joined or joined
        elif sort in (Kind.MATTER, Kind.WHO) and sort is sort_of(before):
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
