"""The clauses of a message: which of them ask, and what each of them names."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.question.tokens import Token
from indexer.text.folding import folded_text

NAMING = frozenset(("concept", "subject", "law", "heading"))
ASKING = frozenset(
    ("which", "how_many", "who", "yes_or_no", "ask_when", "ask_how", "ask_why", "ask_where", "ask_extent")
)
_ENDS = frozenset(("comma", "stop"))
# What a 几 or 什么 stands behind or before that asks for nothing: 好几千, 前几天, 叫什么信易贷的.
_NOT_ASKED_BEHIND = frozenset("好十百前这那叫没过")
_NOT_ASKED_BEFORE = frozenset("千万百十")
_DENIALS = frozenset("不没唔")
# What may stand behind a word that asks at the end, and the counts that seldom ask before much else.
_SOUNDS = frozenset(("啊", "呀", "呢", "哦", "了", "呐", "哈"))
_LOOSE_COUNTS = frozenset(("几", "几个", "几家", "几点"))
_MUCH = 2
_DENYING = frozenset(("没", "没有", "不"))
_THAT_SIDE = frozenset(folded_text("嗰那这呢海周旁两"))
_COMMAS = frozenset((",", "，"))
_FULL_STOPS = frozenset(("。", "!", "！"))
_NUMBERING = ("、", ".", ")", ":")
_SAYING_NOTHING = frozenset(("filler", "particle", "happened", "announcing", "further"))
_LEAST = 2


@dataclass(frozen=True)
class Clause:
    """``text`` and ``tokens`` of one clause at ``start:end`` of the folded message; ``mark`` ends it."""

    start: int
    end: int
    mark: str
    text: str
    tokens: tuple[Token, ...]
    asks: bool

    @property
    def named(self) -> frozenset[str]:
        """The curated matters it names."""
        return frozenset(one.text for one in self.tokens if names_matter(one))

    @property
    def names(self) -> bool:
        """Whether it says by itself what it is about."""
        return bool(self.named) or any(one.kind == "agency" for one in self.tokens) or self.says_much

    @property
    def is_frame(self) -> bool:
        """Whether it names a law and nothing else: 海关法怎么说的 goes with the question beside it."""
        matters = [one.kind for one in self.tokens if names_matter(one)]
        return bool(matters) and set(matters) == {"law"} and not self.says_much

    @property
    def says_much(self) -> bool:
        """Whether it holds words of some length that are no words of asking."""
        return any(one.kind == "other" and len(one.text) >= _LEAST for one in self.tokens)


def names_matter(token: Token) -> bool:
    """Whether a token is a curated matter: a subject, a law, a heading, a concept that is no mere place."""
    return token.kind in NAMING and not (token.kind == "concept" and token.value.area == "place")


def clauses(folded: str, row: Sequence[Token]) -> list[Clause]:
    """The clauses of a folded message: up to each stop, comma or blank, and at 、 between two that ask."""
    found = [_clause(folded, row, start, end, mark) for start, end, mark in _spans(folded, row)]
    told = [part for one in found if one.tokens for part in _at_pauses(folded, one)]
    return [
        replace(one, asks=False) if one.asks and _is_told(one, told[at + 1 :]) else one
        for at, one in enumerate(told)
    ]


def _is_told(clause: Clause, behind: Sequence[Clause]) -> bool:
    """Whether a clause with a word of asking is one of a story, whose sentence goes on and ends with 。"""
    if clause.mark not in _COMMAS or not behind:
        return False
    for one in behind:
        if one.asks:
            return False
        if one.mark not in _COMMAS:
            return one.mark in _FULL_STOPS and any(token.kind not in _SAYING_NOTHING for token in one.tokens)
    return False


def _spans(folded: str, row: Sequence[Token]) -> Iterator[tuple[int, int, str]]:
    marks = {one.start: one.text for one in row if one.kind in _ENDS}
    start = 0
    for at, char in enumerate(folded):
        mark = marks.get(at) or (" " if char.isspace() and _is_gap(folded, at) else None)
        if mark:
            yield start, at, mark
            start = at + 1
    yield start, len(folded), ""


def _is_gap(folded: str, at: int) -> bool:
    """Whether the blank parts Chinese words, or stands before 2、 or 2); not Latin words or a unit."""
    before, behind = folded[:at].rstrip()[-1:], folded[at:].lstrip()[:2]
    if not before or not behind or before.isascii():
        return False
    return not behind[0].isascii() or (behind[0].isdecimal() and behind[1:] in _NUMBERING)


def _clause(folded: str, row: Sequence[Token], start: int, end: int, mark: str) -> Clause:
    tokens = tuple(one for one in row if start <= one.start and one.end <= end and one.kind not in _ENDS)
    asks = bool(tokens) and (mark in ("?", "？") or _asks(folded, tokens, start, end))
    return Clause(start, end, mark, folded[start:end], tokens, asks)


def _asks(folded: str, tokens: Sequence[Token], start: int, end: int) -> bool:
    if any(one.kind in ASKING and _is_asked(folded, one, tokens[at + 1 :]) for at, one in enumerate(tokens)):
        return True
    if tokens[-1].text in ("呢", "咧") or _ends_asking(tokens):
        return True
    return any(
        folded[at] in _DENIALS and folded[at - 1] == folded[at + 1] for at in range(start + 1, end - 1)
    )


def _ends_asking(tokens: Sequence[Token]) -> bool:
    last = next((one for one in reversed(tokens) if one.text not in _SOUNDS), None)
    if last is None or last.kind != "particle" or len(tokens) == 1:
        return False
    return tokens[-1].text != "了" or last.text not in _DENYING  # 烧没了 tells


def _is_asked(folded: str, token: Token, behind: Sequence[Token]) -> bool:
    """Whether a word of asking asks: 寄几个不值钱的样品来 and 叫什么信易贷的 do not."""
    if token.text in _LOOSE_COUNTS and len(behind) > _MUCH:
        return False
    before = folded[token.start - 1 : token.start]
    if token.text[0] == "边" and before in _THAT_SIDE:
        return False
    if before in _NOT_ASKED_BEHIND and before and token.text[0] in "几什啥":
        return before == "叫" and all(one.text in _SOUNDS for one in behind)
    return not (token.text == "几" and folded[token.end : token.end + 1] in _NOT_ASKED_BEFORE)


def _at_pauses(folded: str, clause: Clause) -> Iterator[Clause]:
    """``clause`` parted at 、 where what stands on both sides asks: A给啥服务、B谁建."""
    pauses = [one for one in clause.tokens if one.text == "、"]
    if not clause.asks or not pauses:
        yield clause
        return
    edges = [clause.start, *(one.end for one in pauses)]
    ends = [*(one.start for one in pauses), clause.end]
    marks = ["、"] * len(pauses) + [clause.mark]
    parts = [
        _clause(folded, clause.tokens, start, end, mark)
        for start, end, mark in zip(edges, ends, marks, strict=True)
    ]
    if all(part.asks and part.named for part in parts):
        yield from parts
    else:
        yield clause
