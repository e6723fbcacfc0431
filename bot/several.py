"""Two questions in one message get two answers."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.answer import Reason, Status
from bot.finding import Finding, Form
from bot.reading import read
from bot.spelling import Correction
from bot.topic import Topic
from bot.turn import Turn

Step = Callable[[Turn], Finding | None]

_NUMBERED = re.compile(
    r"(?:^|[\s,，:：;；。？?])(?:[1-9１-９①-⑨]\s*[、.．)）:：]|第?[一二三](?:是|、|个问题))"
)
_ALSO = re.compile(
    r"[,，。;；？?！!\s]+(?:另外|另|还有|還有|还想问|還想問|再问|再問|再请问|再請問|顺便|順便|顺带|順帶|以及|第二)(?:想问|想問|问一下|問一下|问|問)?"
)
_BOTH = re.compile(
    r"(这|這)?(两|兩)(样|樣|个|個|件|项|項|种|種)|分别|分別|都(找|归|歸|由)|一回事|区别|區別|有(什么|什麼|啥|何)不同"
)
_AND = re.compile(r"[跟和与與及、]|[,，](?=[^,，]{0,6}又)")
_SHORTEST = 2


def answer_each(steps: Sequence[Step]) -> Step:
    """A step that answers every question of a message by ``steps``, or passes where it holds only one.

    A split that does not give each part an answer of its own was none: the message then goes on whole.
    """

    def step(turn: Turn) -> Finding | None:
        parts = split_questions(turn.question)
        if len(parts) == 1:
            return None
        answered = [_answer(turn, part, steps) for part in parts]
        findings = [finding for finding, _ in answered]
        if not _each_its_own(findings):
            return None
        turn.corrections = _placed(turn.question, parts, [corrections for _, corrections in answered])
        return _together(turn, findings)

    return step


def split_questions(message: str) -> tuple[str, ...]:
    """The questions in ``message`` as written, one or more.

    Parted where they are numbered, where a second begins with 另外 or 还有, and at 和 where the message says
    itself that it means two things (这两样, 分别, 一回事吗).
    """
    for parts in (_numbered(message), _ALSO.split(message), _both(message)):
        kept = tuple(part.strip(" ,，。;；:：") for part in parts)
        if len(kept) > 1 and all(len(part) >= _SHORTEST for part in kept):
            return kept
    return (message,)


def _numbered(message: str) -> list[str]:
    """The numbered parts; what stands before the first number only announces them."""
    return _NUMBERED.split(message)[1:]


def _both(message: str) -> list[str]:
    return _AND.split(message, maxsplit=1) if _BOTH.search(message) else [message]


def _answer(turn: Turn, part: str, steps: Sequence[Step]) -> tuple[Finding, tuple[Correction, ...]]:
    alone = replace(turn, question=part, reading=read(part), topic=Topic(), query="", candidates=())
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
    """Whether every part is answered, at least in part, and no two by the same passage first."""
    if any(not finding.evidence for finding in findings):
        return False
    return len({finding.evidence[0].passage.id for finding in findings}) == len(findings)


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
