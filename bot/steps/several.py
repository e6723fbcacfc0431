"""Several questions in one message: each is answered by the same steps, or named as unanswered."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import permutations

from bot.answer import Reason, Status
from bot.finding import Finding, Form, Part
from bot.question.query import Query
from bot.steps.conversation.follow_up import names_something
from bot.steps.search import search
from bot.steps.speaking import speaks_of
from bot.topic import Topic
from bot.turn import Turn

Step = Callable[[Turn], Finding | None]

_WITHIN = 5
_SURE = 0.8


def answer_each(steps: Sequence[Step]) -> Step:
    """A step that answers every question of a message by ``steps``, or passes where it holds only one.

    Parts that come to one passage are one question. Where the message does not say that it holds several,
    their answers have to: each surely found, and by a passage of its own.
    """

    def step(turn: Turn) -> Finding | None:
        parts: list[Part] = []
        for query in turn.query.parts:
            parts.append(_answered(turn, query, steps, parts))
        parts = _surely(parts)
        findings = [part.finding for part in parts]
        if not any(one.evidence for one in findings) or _is_one(findings):
            return None
        if not turn.query.parts_sure and not _tell_themselves_apart(turn, parts):
            return None
        turn.trace.note("parts", **{f"part_{n}": part.turn.question for n, part in enumerate(parts, start=1)})
        return _together(turn, parts)

    return step


def _answered(turn: Turn, query: Query, steps: Sequence[Step], before: Sequence[Part]) -> Part:
    """What is found for one part by itself, or with the part before it where that holds its words.

    One that names nothing is about the part before it, or the turn before.
    """
    after = before[-1].finding.topic if before else None
    by_itself = names_something(replace(turn, query=query))
    part = _asked(turn, query, steps, Topic(chosen=True) if by_itself else (after or turn.topic))
    if part.finding.status is not Status.ANSWERED and by_itself and after and after.passages:
        followed = _asked(turn, query, steps, after)
        if followed.finding.status is Status.ANSWERED and _holds(followed, after):
            return followed
    if query.head and part.finding.evidence and not _speaks_of(part):
        return replace(part, finding=_not_found(part.finding))
    if part.finding.status is Status.REFUSED and part.finding.reason is Reason.OUT_OF_SCOPE:
        # Asked in one breath with questions that are answered it is no idle one.
        return replace(part, finding=_not_found(part.finding))
    return part


def _not_found(finding: Finding) -> Finding:
    return Finding(
        Status.UNANSWERED,
        Form.NOTHING,
        Reason.NO_MATCH,
        words=Reason.NO_MATCH.value,
        nearest=tuple(one.passage for one in finding.evidence[:1]),
        keep=True,
    )


def _surely(parts: Sequence[Part]) -> list[Part]:
    """``parts``; beside one that nothing is found for, no other is answered by what does not speak of it."""
    if all(part.finding.evidence for part in parts):
        return list(parts)
    return [
        replace(part, finding=_not_found(part.finding))
        if part.finding.evidence and part.turn.query.own_matters and not _speaks_of(part)
        else part
        for part in parts
    ]


def _asked(turn: Turn, query: Query, steps: Sequence[Step], topic: Topic) -> Part:
    alone = replace(
        turn,
        question=query.said,
        query=query,
        topic=topic,
        personal_data=frozenset(),
        search_text="",
        candidates=(),
    )
    return Part(alone, next(found for step in steps if (found := step(alone))))


def _holds(part: Part, topic: Topic) -> bool:
    """Whether the passage in hand answers the part and speaks of what it names."""
    return part.finding.evidence[0].passage.id in topic.passages and _speaks_of(part)


def _speaks_of(part: Part) -> bool:
    return speaks_of(part.turn.query, part.finding.evidence[0].passage)


def _is_one(findings: Sequence[Finding]) -> bool:
    """Whether all are answered first by one passage."""
    return all(one.evidence for one in findings) and len({_first(one) for one in findings}) == 1


def _first(finding: Finding) -> str:
    return finding.evidence[0].passage.id


def _tell_themselves_apart(turn: Turn, parts: Sequence[Part]) -> bool:
    findings = [part.finding for part in parts]
    if not all(one.evidence and _names_matter(part) for part, one in zip(parts, findings, strict=True)):
        return False
    each_its_own = not any(
        _first(one) in {shown.passage.id for shown in other.evidence}
        for one, other in permutations(findings, 2)
    )
    return each_its_own and _all_found_whole(turn, findings)


def _names_matter(part: Part) -> bool:
    """Whether the part names a matter, be it misspelt: a correction always is to a word of ours."""
    return part.turn.query.names_matter or bool(part.turn.corrections)


def _all_found_whole(turn: Turn, findings: Sequence[Finding]) -> bool:
    """Whether the whole message finds what every part was answered by, among its first passages.

    Half a question finds something too; what it finds then is far from the whole.
    """
    first = {one.passage.id for one in search(turn, turn.question)[:_WITHIN]}
    return all(any(one.passage.id in first for one in finding.evidence) for finding in findings)


def _together(turn: Turn, parts: Sequence[Part]) -> Finding:
    """All parts as one finding; what is kept for a person is kept once."""
    findings = [part.finding for part in parts]
    whole = all(one.status is Status.ANSWERED for one in findings)
    evidence = tuple(dict.fromkeys(shown for one in findings for shown in one.evidence))
    kept = [one for one in findings if one.keep]
    nearest = [passage for one in kept for passage in (*(e.passage for e in one.evidence), *one.nearest)]
    missing = tuple(dict.fromkeys(kind for one in kept for kind in one.missing))
    return Finding(
        Status.ANSWERED if whole else Status.PARTIAL,
        Form.SEVERAL,
        reason=None if whole else Reason.NOT_STATED,
        evidence=evidence,
        related=tuple(
            dict.fromkeys(shown for one in findings for shown in one.related if shown not in evidence)
        ),
        nearest=tuple(dict.fromkeys(nearest)),
        missing=missing,
        parts=tuple(parts),
        confidence=min((one.confidence for one in findings if one.evidence), default=0.0),
        keep=bool(kept),
        topic=Topic(turn.question, tuple(dict.fromkeys(one.passage.id for one in evidence))),
    )
