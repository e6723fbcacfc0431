"""What of a turn is told to whoever asks why: how it was read, and what was decided."""

from bot.finding import Finding
from bot.question.query import Asked
from bot.turn import Turn


def note_reading(turn: Turn) -> None:
    """Note what was understood of the message, and the terms it is searched by."""
    if not turn.trace.wanted:
        return
    text = turn.query.text
    turn.trace.note(
        "reading",
        folded=text,
        asked=[str(flag.name).lower() for flag in Asked if turn.query.asked & flag],
        sections=list(turn.query.sections),
        subject=turn.query.subject,
        points_back=turn.query.points_back,
        agencies=[found.item.name_hans for found in turn.lexicon.agencies(text)],
        concepts=[found.item.term for found in turn.lexicon.concepts(text)],
    )
    turn.trace.note("tokens", terms=list(turn.index.terms(turn.question)))


def note_decision(turn: Turn, step: str, finding: Finding) -> None:
    """Note which step ended the way, and with what."""
    if not turn.trace.wanted:
        return
    turn.trace.note(
        "decision",
        step=step,
        status=finding.status.value,
        reason=finding.reason.value if finding.reason else None,
        confidence=finding.confidence,
        query=turn.search_text,
        missing=[kind.id for kind in finding.missing],
        passages=[evidence.passage.id for evidence in finding.evidence],
        keep=finding.keep,
    )
