"""Where one message holds several questions: its parts, each as the question that it is.

Read from clauses: which of them ask, and what each names. What is said to be numbered is numbered; a clause
that asks about something of its own is a question of its own; several matters before one predicate
(A和B都归谁管) are as many questions. Clauses that tell a story stay with the question that follows them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.question.tokens import Token
from bot.question.wishes.clauses import ASKING, NAMING, Clause, clauses

MOST = 5
_NUMBERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
_NUMBER_GOES_ON = frozenset("、.．)）:：是,，")
_BEFORE_PREDICATE = frozenset(("take_part", "by", "and", "compared", *ASKING))
_LEADING = frozenset(("filler", "announcing", "further", "and", "but", "particle"))
_ADDING = frozenset(
    ("问", "想", "想问", "想问下", "想问一下", "问一下", "问下", "请问", "一下", "想知道", "再", "也")
)
_LEAST = 2
_MOST_STORY = 1

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Parts:
    """The parts of a message, each as spans of it that are read one after the other.

    ``head``: how many spans of each are one head of all. ``sure``: whether marks and words say that they are
    several; if not, only their answers tell.
    """

    spans: tuple[Spans, ...] = ()
    head: int = 0
    sure: bool = False


@dataclass
class _Question:
    """Clauses that belong to one question; ``own`` says whether it names what it is about."""

    story: list[Clause]
    asking: list[Clause]
    own: bool = False
    further: bool = False
    named: set[str] = field(default_factory=set)

    @property
    def span(self) -> tuple[int, int]:
        """Where it stands."""
        told = [*self.story, *self.asking]
        return min(one.start for one in told), max(one.end for one in told)


def read_parts(folded: str, row: Sequence[Token]) -> Parts:
    """The parts of a folded message by its ``row`` of tokens with everything named; none where it is one."""
    told = clauses(folded, row)
    found = _numbered(folded, told)
    found = found if found.spans else _one_by_one(told)
    return found if 1 < len(found.spans) <= MOST else Parts()


def _numbered(folded: str, told: Sequence[Clause]) -> Parts:
    """一是…二是…, 1、…2、…: what stands before the first number is the head of all, if it names anything."""
    starts: list[tuple[int, int]] = []
    for clause in told:
        number = _number(folded, clause, len(starts) + 1)
        if number:
            starts.append(number)
    if len(starts) < _LEAST:
        return Parts()
    ends = [start for start, _ in starts[1:]] + [len(folded)]
    spans = [(_end, end) for (_, _end), end in zip(starts, ends, strict=True)]
    parts = [[one for one in told if one.end > start and one.start < end] for start, end in spans]
    if not all(any(one.asks for one in part) for part in parts):
        return Parts()
    head = _head([one for one in told if one.end <= starts[0][0] + 1])
    return Parts(tuple((*head, span) for span in spans), len(head), sure=True)


def _number(folded: str, clause: Clause, wanted: int) -> tuple[int, int] | None:
    """Start and end of the number ``wanted`` with which ``clause`` begins."""
    first = next((one for one in clause.tokens if one.kind != "filler"), None)
    if first is None or folded[clause.start : first.start].strip(" ([（【"):
        return None
    if _NUMBERS.get(first.kind) == wanted:
        return first.start, first.end
    if first.kind == "number" and first.value == wanted:
        behind = folded[first.end : first.end + 1]
        if behind in _NUMBER_GOES_ON or first.end == clause.end:
            return first.start, first.end + len(behind)
    if first.kind == "ordinal" and first.value == wanted and folded.startswith("问题", first.end):
        return first.start, first.end + len("问题")
    return None


def _head(before: Sequence[Clause]) -> Spans:
    """A head that names a matter goes before each part (锂电池出口：…); what announces them does not."""
    if not before or before[-1].mark not in (":", "："):
        return ()
    head = before[-1]
    if head.asks or not head.named:
        return ()
    if any(one.kind in ("announcing", "both", "number") for one in head.tokens):
        return tuple((one.start, one.end) for one in head.tokens if one.kind in ("subject", "law", "heading"))
    return ((head.start, head.end + 1),)


def _one_by_one(told: Sequence[Clause]) -> Parts:
    """One part for each clause that asks about something of its own."""
    colon = next((at for at, one in enumerate(told) if one.mark in (":", "：") and not one.asks), None)
    head: Spans = ()
    if colon is not None and sum(one.asks for one in told[colon + 1 :]) > 1:
        head = _head(told[: colon + 1])
        told = told[colon + 1 :] if head or not told[colon].named else told
    questions = list(_questions(told))
    if not questions:
        return Parts()
    expanded = [_coordinated(one) for one in questions]
    spans = [(*head, *span) for parts, _ in expanded for span in parts]
    story = sum(not one.asks and one.names for one in told)
    several = len(questions) > 1
    sure = all(certain for parts, certain in expanded if len(parts) > 1)
    if several:
        sure &= bool(head) or _name_enough(questions)
        sure &= story <= _MOST_STORY or all(one.further for one in questions[1:])
    return Parts(tuple(spans), len(head), sure)


def _questions(told: Sequence[Clause]) -> Iterator[_Question]:
    """Clauses gathered to questions; one that asks and names nothing new goes on about the one before."""
    current: _Question | None = None
    story: list[Clause] = []
    for clause in told:
        if not clause.asks:
            story.append(clause)
            continue
        named = set(clause.named).union(*(one.named for one in story))
        begins = clause.tokens[0].kind == "further" or any(one.tokens[0].kind == "further" for one in story)
        if current is None:
            current = _Question(story, [clause], _is_own(clause) or any(map(_is_own, story)), begins, named)
        elif not _is_new(current, clause, story, named):
            current.asking += [*story, clause]
            current.named |= named
        else:
            yield current
            current = _Question(story, [clause], _is_own(clause) or any(map(_is_own, story)), begins, named)
        story = []
    if current:
        current.asking += story
        yield current


def _is_own(clause: Clause) -> bool:
    """Whether a clause names by a curated word what it asks about."""
    return bool(clause.named) or any(one.kind == "agency" for one in clause.tokens)


def _name_enough(questions: Sequence[_Question]) -> bool:
    """Whether what they name tells the questions apart; of three or more one may have no curated word."""
    vague = sum(not (one.own or (one.further and number > 0)) for number, one in enumerate(questions))
    return vague <= max(0, len(questions) - _LEAST)


def _is_new(current: _Question, clause: Clause, story: Sequence[Clause], named: set[str]) -> bool:
    """Whether an asking clause asks about something else; behind a comma it has to name what."""
    if clause.is_frame or all(one.is_frame for one in current.asking):
        return False
    adds = any(one.tokens[0].kind == "further" for one in (*story, clause))
    comma = current.asking[-1].mark in (",", "，") and not adds
    if comma and not story:
        return _is_own(clause) and not named <= current.named
    return (clause.names or any(one.names for one in story)) and not (comma and named <= current.named)


def _coordinated(question: _Question) -> tuple[list[Spans], bool]:
    """The question for each of several matters before one predicate; else the question as it stands.

    Sure where words say that all are meant (都, 分别, 这两样).
    """
    start, end = question.span
    start = _behind_lead(question, start)
    whole: list[Spans] = [((start, end),)]
    asking = [one for one in question.asking if one.asks]
    if len(asking) != 1 or not _may_share(asking[0]):
        return whole, True
    clause = asking[0]
    tokens = clause.tokens
    joints = [at for at, one in enumerate(tokens) if _joins(one) and at > 0]
    if not joints:
        return whole, True
    marker = next((at for at, one in enumerate(tokens) if one.kind == "both" and at > joints[0]), None)
    close = marker if marker is not None else _predicate(tokens, joints[-1])
    if close is None:
        return whole, True
    items = _items(tokens, [at for at in joints if at < close], close)
    if len(items) < _LEAST or not all(_is_matter(tokens[a:b], marker is None) for a, b in items):
        return whole, True
    begin = close if marker is None else marker + 1
    told = tokens[begin].start if begin < len(tokens) else clause.end
    predicate = () if any(one.kind == "compared" for one in tokens[close:]) else ((told, clause.end),)
    lead = ((start, clause.start),) if question.story and start < clause.start else ()
    parts: list[Spans] = []
    for number, (a, b) in enumerate(items):
        span = (tokens[a].start, tokens[b - 1].end)
        parts.append((*(lead if number == 0 else ()), span, *predicate))
    return parts, marker is not None or not predicate


def _may_share(clause: Clause) -> bool:
    """Whether it may ask one thing of several matters: agencies are a condition, brackets an aside."""
    return "(" not in clause.text and all(one.kind != "agency" for one in clause.tokens)


def _behind_lead(question: _Question, start: int) -> int:
    """Where the question begins behind words that only add it: 另外想问一下."""
    told = [one for clause in (*question.story, *question.asking) for one in clause.tokens]
    if told[0].kind != "further":
        return start
    first = next((one for one in told if one.kind != "further" and one.text not in _ADDING), told[0])
    return first.start


def _joins(token: Token) -> bool:
    return token.kind == "and" or (token.kind == "further" and token.text in ("还有", "以及", "同埋"))


def _predicate(tokens: Sequence[Token], joint: int) -> int | None:
    """Where what is asked of all begins, behind the last matter."""
    return next((at for at in range(joint + 2, len(tokens)) if tokens[at].kind in _BEFORE_PREDICATE), None)


def _items(tokens: Sequence[Token], joints: Sequence[int], close: int) -> list[tuple[int, int]]:
    edges = [-1, *joints]
    found: list[tuple[int, int]] = []
    for edge, end in zip(edges, [*joints, close], strict=True):
        first = edge + 1
        while first < end and tokens[first].kind in _LEADING:
            first += 1
        last = end
        while last > first and tokens[last - 1].kind in ("filler", "both"):
            last -= 1
        if first < last:
            found.append((first, last))
    return found if len(found) == len(edges) else []


def _is_matter(tokens: Sequence[Token], curated: bool) -> bool:
    """Whether it names something to ask about, by a ``curated`` word or any, and asks nothing itself."""
    if any(one.kind in ASKING for one in tokens):
        return False
    if any(one.kind in NAMING for one in tokens):
        return True
    return not curated and any(one.kind == "other" and len(one.text) >= _LEAST for one in tokens)
