"""Latin words with one slip of the fingers: AOE for AEO, RECP for RCEP."""

from collections.abc import Iterable

from rapidfuzz.distance import OSA

_SHORTEST = 3
# A word of three letters has too many neighbours for anything but two letters swapped: CEO is no AEO.
_OTHER_SLIPS_FROM = 5


def one_slip_away(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """The ``known`` words that ``word`` may be meant for, sorted; both in lower case.

    Two letters swapped in words of three letters or more; in words of five or more also one letter too many,
    missing or wrong.
    """
    if len(word) < _SHORTEST:
        return ()
    return tuple(sorted(other for other in set(known) if _is_slip(word, other)))


def _is_slip(word: str, other: str) -> bool:
    if sorted(word) == sorted(other):
        return OSA.distance(word, other, score_cutoff=1) == 1
    longer = min(len(word), len(other)) >= _OTHER_SLIPS_FROM
    return longer and OSA.distance(word, other, score_cutoff=1) == 1
