"""Two questions in one message get two answers."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import permutations

from bot.answer import Reason, Status
from bot.finding import Finding, Form
from bot.question.parts import names_something, says_several, split_questions
from bot.question.query import read
from bot.question.spelling import Correction
from bot.steps.search import search
from bot.topic import Topic
from bot.turn import Turn
from indexer.text.folding import fold

Step = Callable[[Turn], Finding | None]

_MOST = 4
_WITHIN = 5
_SURE = 0.8


def answer_each(steps: Sequence[Step]) -> Step:
    """A step that answers every question of a message by ``steps``, or passes where it holds only one.

    A split that does not give each part an answer of its own was none: the message then goes on whole.
    """

    def step(turn: Turn) -> Finding | None:
        parts = split_questions(turn.question)
        if not 1 < len(parts) <= _MOST:
            return None
        marked = says_several(turn.question)
        findings: list[Finding] = []
        corrections: list[tuple[Correction, ...]] = []
        for part in parts:
            finding, corrected = _answer(turn, part, steps, after=findings[-1].topic if findings else None)
            if not finding.evidence or not (marked or _names_matter(turn, part)):
                return None
            findings.append(finding)
            corrections.append(corrected)
        turn.trace.note("parts", **{f"part_{number}": part for number, part in enumerate(parts, start=1)})
        whole = (marked and _all_sure(findings)) or _all_found_whole(turn, findings)
        if not (whole and _each_its_own(findings)):
            return None
        turn.corrections = _placed(turn.question, parts, corrections)
        return _together(turn, findings)

    return step


def _answer(
    turn: Turn, part: str, steps: Sequence[Step], after: Topic | None
) -> tuple[Finding, tuple[Correction, ...]]:
    """The finding for one part. One that names nothing is about the part before it, or the turn before."""
    topic = Topic(chosen=True) if names_something(part) else (after or turn.topic)
    alone = replace(
        turn, question=part, query=read(part, turn.lexicon, topic), topic=topic, search_text="", candidates=()
    )
    return next(found for step in steps if (found := step(alone))), alone.corrections


def _placed(
    message: str, parts: Sequence[str], corrections: Sequence[Sequence[Correction]]
) -> tuple[Correction, ...]:
    """The corrections of every part where they stand in the whole message."""
    placed: list[Correction] = []
    at = 0
    for part, own in zip(parts, corrections, strict=True):
        at = message.index(part, at)
        placed += [replace(one, start=at + one.start, end=at + one.end) for one in own]
        at += len(part)
    return tuple(placed)


def _each_its_own(findings: Sequence[Finding]) -> bool:
    """Whether no part is answered first by a passage that another part is answered by too."""
    return not any(
        one.evidence[0].passage.id in {shown.passage.id for shown in other.evidence}
        for one, other in permutations(findings, 2)
    )


def _names_matter(turn: Turn, part: str) -> bool:
    """Whether a part names a subject, a trade concept or an agency: 怎么轮到我们 is no question by itself."""
    if not names_something(part):
        return True
    folded = fold(part).text
    concepts = [one for one in turn.lexicon.concepts(folded) if one.item.area != "place"]
    return bool(turn.lexicon.subjects.find(folded) or concepts or turn.lexicon.agencies(folded))


def _all_sure(findings: Sequence[Finding]) -> bool:
    return all(finding.confidence >= _SURE for finding in findings)


def _all_found_whole(turn: Turn, findings: Sequence[Finding]) -> bool:
    """Whether the whole message finds what every part was answered by, among its first passages.

    Half a question finds something too; what it finds then is far from the whole.
    """
    first = {one.passage.id for one in search(turn, turn.question)[:_WITHIN]}
    return all(any(one.passage.id in first for one in finding.evidence) for finding in findings)


def _together(turn: Turn, findings: Sequence[Finding]) -> Finding:
    partial = any(finding.status is Status.PARTIAL for finding in findings)
    evidence = tuple(one for finding in findings for one in finding.evidence)
    return Finding(
        Status.PARTIAL if partial else Status.ANSWERED,
        Form.SEVERAL,
        reason=Reason.NOT_STATED if partial else None,
        evidence=evidence,
        nearest=tuple(one.passage for one in evidence) if partial else (),
        parts=tuple(findings),
        confidence=min(finding.confidence for finding in findings),
        keep=partial,
        topic=Topic(turn.question, tuple(one.passage.id for one in evidence)),
    )
