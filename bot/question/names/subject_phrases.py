"""How the subjects of one question stand to each other: side by side, or one within another."""

import re
from collections.abc import Iterable, Sequence

from bot.question.names.subjects import Kind, Mention

# Between two subjects that are meant side by side (锂电池和汽车, 空运、机场, 缴税的、退货的).
# Without such a word each narrows the other (电商的退货).
_SIDE_BY_SIDE = re.compile(
    r"\s*[,，]\s*|"  # but not after 的, where what is told before has ended (我们做电池的，铁路有哪些)
    r"\s*(的|那些|这些|方面|那块|这块|这一块|帮忙)*\s*([、/+＋\s]|和|跟|与|及|以及|同埋?|或者?|还有|加上?|还|又|管)+"
    r"\s*(的|那些|这些|方面|那块|这块|这一块|帮忙|和|跟|与|及|同)*\s*"
)
_ENUMERATED = re.compile("[^,，。;；?？!！]*、[^,，。;；?？!！]*")


def phrases_of(folded: str, mentions: Sequence[Mention]) -> list[list[list[Mention]]]:
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
        elif beside and sort_of(last) is not sort_of(one):
            head = [group for group in phrases[-1][:-1] if sort_of(group[0]) is not sort_of(one)]
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


def sort_of(one: Mention) -> Kind:
    """The kind of a mention, effects and ways of working taken together."""
    return Kind.MEANS if one.subject.kind is Kind.EFFECT else one.subject.kind
