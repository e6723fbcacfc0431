"""Which article of one edition is which of another: by their words, since numbers move."""

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from kb.documents.passages import PassageView

# With this share of words in common it is the same article, wherever it stands now; of those that are left,
# so much does for one that was written anew.
_SAME_ARTICLE = 0.75
_WRITTEN_ANEW = 0.55
# Two long laws take a second to compare, and are compared again by whoever looks at them next.
_REMEMBERED = 32

_Words = tuple[tuple[str, str], ...]


def pairs(before: Sequence[PassageView], after: Sequence[PassageView]) -> dict[str, PassageView]:
    """The article of ``before`` for each of ``after``, by the number in ``after``; none where there is none.

    Equal words first, then the most alike, then what is left and still alike; each article is paired once.
    """
    by_section = {passage.section: passage for passage in before}
    found = _paired(_words(before), _words(after))
    return {section: by_section[other] for section, other in found.items()}


def _words(passages: Sequence[PassageView]) -> _Words:
    return tuple((passage.section, passage.body) for passage in passages)


@lru_cache(maxsize=_REMEMBERED)
def _paired(before: _Words, after: _Words) -> Mapping[str, str]:
    """Numbers in ``before`` by numbers in ``after``."""
    free = dict(before)
    by_words = {body: section for section, body in before}
    found: dict[str, str] = {}
    for section, body in after:
        same = by_words.get(body)
        if same is not None and free.pop(same, None) is not None:
            found[section] = same
    for least in (_SAME_ARTICLE, _WRITTEN_ANEW):
        for section, body in after:
            if section not in found and (match := _most_alike(section, body, free, least)):
                found[section] = match
                del free[match]
    return found


def _most_alike(section: str, body: str, free: Mapping[str, str], least: float) -> str | None:
    """Of the articles not yet paired the one with most words in common, if it has enough of them."""
    shares = {other: _likeness(body, words, least) for other, words in free.items()}
    best = max(shares, key=lambda other: (shares[other], other == section), default=None)
    return best if best and shares[best] >= least else None


def _likeness(one: str, other: str, least: float) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
        return 0.0
    return matcher.ratio()
