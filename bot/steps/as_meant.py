"""Answering a question as it was meant where it is misspelled or leans on the last, and saying so."""

from bot.find.retrieval import Candidate
from bot.finding import Finding
from bot.question.days import without_day
from bot.question.spelling import replaced
from bot.steps.search import search
from bot.turn import Turn
from bot.understanding import Understanding
from indexer.text.script import to_script


def search_as_meant(turn: Turn) -> tuple[Candidate, ...]:
    """What is found for the question as written, or for its correction where that finds better.

    Sets ``query`` and ``corrections`` of the turn accordingly. A literal turn is never corrected.
    """
    turn.search_text, turn.corrections = without_day(turn.question, turn.query.day), ()
    written = search(turn, turn.search_text)
    if turn.literal:
        return written
    spelling = turn.desk.speller(turn.index, turn.lexicon).correct(turn.question, turn.script)
    if not spelling.corrections:
        return written
    turn.search_text = without_day(spelling.corrected, turn.query.day)
    meant = search(turn, turn.search_text)
    better = _best(meant) > _best(written)
    turn.trace.note(
        "corrections",
        found=[one.told() for one in spelling.corrections],
        query=turn.search_text,
        taken=better,
    )
    if better:
        turn.corrections = spelling.corrections
        return meant
    turn.search_text = without_day(turn.question, turn.query.day)
    return written


def understanding_of(turn: Turn, finding: Finding) -> Understanding | None:
    """What ``finding`` rests on in place of the message as written; None where it rests on that."""
    if not (finding.evidence or finding.choices):
        return None
    if turn.rewritten:
        return Understanding(to_script(turn.rewritten.question, turn.script), "follow_up", turn.question)
    if turn.corrections:
        return Understanding(replaced(turn.question, turn.corrections), "spelling", turn.question)
    return None


def _best(candidates: tuple[Candidate, ...]) -> float:
    return candidates[0].score if candidates else 0.0
