"""The words of a message that say something by themselves, and whether they only take another's place.

空运呢 after an answer on sea freight asks the same of another thing: one word is new.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.question.names.mentions import Mention, Sort
from bot.question.tokens import Token

_NAMES = frozenset(sort.value for sort in Sort if sort is not Sort.WORD)
_SAYS_SOMETHING = frozenset(("other", "number", *_NAMES))
# Asking words: with one of them a message asks something of its own.
_ASKS = frozenset(("how_many", "who", "which", "why", "set_out", "most", "fewest", "deeper", "simpler"))
_TAILS = frozenset(("呢", "咧", "呐"))
_ASKING_TAILS = frozenset(("吗", "么", "嘛", "吧", "唔"))
_ALSO = frozenset(("也", "都", "一样", "同样"))
_NUMERALS = "一二两三四五六七八九十半"
_POINTS = "那这"
_SHORTEST = 2
_LONGEST_SWAP = 14


@dataclass(frozen=True)
class Word:
    """A word at ``start:end`` of a folded message, with what it names; ``made`` of single characters;
    ``whole`` unless a function word is part of it."""

    start: int
    end: int
    text: str
    mention: Mention | None = None
    made: bool = False
    whole: bool = True

    @property
    def is_thing(self) -> bool:
        """Whether it may take the place of another thing: no number, no half of a function word."""
        return self.whole and not self.made and not self.counts

    @property
    def counts(self) -> bool:
        """Whether it is a number or how many of something: 144, 三个."""
        return self.mention is None and (self.text[0].isdecimal() or self.text[0] in _NUMERALS)


def own_words(
    folded: str, tokens: Sequence[Token], mentions: Iterable[Mention], cut: Sequence[str]
) -> tuple[Word, ...]:
    """The words that say something, left to right: what is named, and what no function word accounts for.

    ``cut``: the words that a dictionary cuts the message into; a character left alone joins its neighbour.
    """
    functional = {at for one in tokens if one.kind not in _SAYS_SOMETHING for at in range(one.start, one.end)}
    asking = {at for one in tokens if one.kind in _ASKS for at in range(one.start, one.end)}
    named = [one for one in mentions if one.sort.value in _NAMES]
    found: list[Word] = []
    for first, end in spans(folded, cut):
        points = end - first > 1 and folded[first] in _POINTS and first in functional
        start = first + points  # 那晚 of 那晚交 is 晚
        span = range(start, end)
        if all(at in functional for at in span) or asking & {*span} or not folded[start:end].isalnum():
            continue
        mention = next((one for one in named if one.start <= start and end <= one.end), None)
        if mention:
            if not found or found[-1].mention is not mention:
                found.append(Word(mention.start, mention.end, mention.text, mention))
        elif end - start == 1 and found and found[-1].end == start and found[-1].made:
            found[-1] = Word(found[-1].start, end, folded[found[-1].start : end], made=True)
        else:
            whole = not functional & {*span}
            found.append(Word(start, end, folded[start:end], made=end - start == 1, whole=whole))
    return tuple(one for one in found if len(one.text) >= _SHORTEST or one.text.isdecimal())


def spans(folded: str, cut: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where the words of ``cut`` stand in ``folded``."""
    at = 0
    for word in cut:
        start = folded.find(word, at)
        if start >= 0:
            at = start + len(word)
            yield start, at


def is_swap(folded: str, tokens: Sequence[Token]) -> bool:
    """Whether the message only puts something in the place of what was asked about before.

    那冻鱼呢, 换成空运, 铅酸电池也可以这样吗, 货轮上的船员行不行.
    """
    kinds = {one.kind for one in tokens}
    if (
        not tokens
        or len(folded) > _LONGEST_SWAP
        or kinds & _ASKS
        or not kinds & {"other", "number", "aspect", *_NAMES}
    ):
        return False
    last = [one for one in tokens if one.kind not in ("comma", "stop")][-1:]
    ends = bool(last) and (last[0].text in _TAILS or last[0].kind == "yes_or_no")
    likened = bool(last) and last[0].text in _ASKING_TAILS and any(one.text in _ALSO for one in tokens)
    return "swap" in kinds or ends or likened
