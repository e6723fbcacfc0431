"""The day that a question asks about: taken for the day that decides, and what held on it looked for."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps

from bot.answer import Reason, Status
from bot.finding import Finding, Form, Note
from bot.question.wishes.days import DayKind
from bot.steps.laws.law_answers import find_in_laws, law_finding
from bot.steps.laws.law_as_of import edition_then, not_held_then
from bot.steps.laws.law_search import search_laws
from bot.turn import Turn
from bot.words.law_notes import falls_under
from kb.documents import knowledge
from kb.documents.knowledge import PassageView


def take_day(turn: Turn) -> None:
    """Set the turn's day to that of its question, unless the asker has chosen one or it is today."""
    day = turn.query.day
    if turn.as_of is not None or day is None or day.kind is not DayKind.DATED or day.names_edition:
        return
    asked = day.resolved(turn.present_day)
    if asked is None or asked == turn.present_day or (not day.marked and _is_of_plan(turn, day.year)):
        return
    turn.as_of = asked
    turn.trace.note("day", asked=asked.isoformat())


def _is_of_plan(turn: Turn, year: int | None) -> bool:
    """Whether a plan is of that year by its title, so that the year only names it."""
    return any(str(year) in plan.title for plan in knowledge.documents(turn.session, kind="plan"))


def answer_of_older_law(turn: Turn) -> Finding | None:
    """The article of the law that ruled a matter before the special law that rules it now.

    For a question on a day before that law, or on the old rule. Where no text of the older law is held for
    that day, the earliest one held is shown and said to be so. None for any other question.
    """
    day = turn.query.day
    old = day is not None and day.kind is DayKind.OLD
    if turn.follows_up or not (turn.as_of or old):
        return None
    laws = find_in_laws(replace(turn, as_of=None))
    if not laws.is_enough:
        return None
    now = laws.candidates[0].passage.document
    if (
        len(knowledge.editions(turn.session, now.id, on=turn.today)) > 1
        if old
        else edition_then(turn, now.id)
    ):
        return None
    for law, over in knowledge.precedence(turn.session):
        if law == now.id and (found := _of_older(turn, laws.candidates[0].passage, over, laws.sure)):
            return found
    return None


def _of_older(turn: Turn, article: PassageView, over: str, sure: float) -> Finding | None:
    """By the question and the words of the article that answers today, much like the older one."""
    older, _, _ = over.partition("/")
    held = edition_then(turn, older) is not None
    wanted = f"{turn.search_text or turn.question} {article.body}"
    asking = replace(turn, search_text=wanted, as_of=turn.as_of if held else None)
    found = [one.passage for one in search_laws(asking, [older]) if falls_under(one.passage, over)]
    if not found:
        return None
    now = article.document
    about = {"newer": now.title, "since": now.starts_on.isoformat(), "older": found[0].document.title}
    notes = [Note("older_law_then", about)]
    lacking = None if held else not_held_then(turn, older)
    told = law_finding(turn, found[:1], [*notes, *([lacking] if lacking else [])], sure)
    if lacking is None:
        return told
    return replace(told, status=Status.PARTIAL, reason=Reason.NOT_STATED, keep=True)


def unless_held_then(step: Callable[[Turn], Finding]) -> Callable[[Turn], Finding]:
    """``step``, and for a day without an answer: that the law of today has no text held of that day."""

    @wraps(step)
    def told(turn: Turn) -> Finding:
        finding = step(turn)
        if turn.as_of is None or finding.evidence:
            return finding
        laws = find_in_laws(replace(turn, as_of=None))
        note = not_held_then(turn, laws.candidates[0].passage.document.id) if laws.is_enough else None
        if note is None:
            return finding
        return Finding(Status.UNANSWERED, Form.ARTICLES, Reason.NO_MATCH, notes=(note,), keep=True)

    return told
