"""Keeping a question for the agency that can answer it."""

from collections.abc import Sequence
from dataclasses import replace

from bot.answer import Answer, Receipt, SimilarTicket
from bot.finding import Finding
from bot.turn import Turn
from bot.words.composition import responsible
from bot.words.wording import ENGLISH, say
from kb.casework import joining
from kb.casework.joining import Asked
from kb.documents.passages import PassageView
from kb.tickets import tickets
from kb.tickets.ticket_states import TicketState
from kb.working_time import CHINA


def keep(turn: Turn, finding: Finding, answer: Answer) -> Answer:
    """``answer`` with the receipt of its kept question, if the finding is one for a person to answer.

    The agencies proposed are those of the passages cited, else of the nearest one. The question is kept as
    masked; of one about another day that is said, for whoever answers it.
    """
    if not finding.keep:
        return answer
    cited = tuple(evidence.passage for evidence in finding.evidence)
    nearest = finding.nearest or cited
    alike = _similar(turn, finding, nearest)  # before anything is written: nobody waits for this
    kept = tickets.keep_question(
        turn.session,
        question=_question(turn, finding),
        script=turn.script,
        reason=str(finding.reason),
        conversation_id=answer.conversation_id,
        nearest=nearest,
        agencies=responsible(cited or nearest[:1], "hans"),
        now=turn.now,
        code_key=turn.desk.code_key,
        promise=turn.desk.promise,
        missing=[kind.id for kind in finding.missing],
    )
    if kept.access_code is None:
        alike = None
    receipt = Receipt(kept.number, kept.state, kept.due_at.isoformat(), kept.access_code, alike)
    words = "kept" if kept.access_code else "kept_before"
    due = f"{kept.due_at.astimezone(CHINA):%Y-%m-%d %H:%M}"
    lines = [say(words, turn.script, turn.locale, number=kept.number, due=due)]
    if not kept.calendar_known:
        lines.append(say("provisional", turn.script, turn.locale))
    if alike:
        state = TicketState(alike.state)
        words = state.en if turn.locale == ENGLISH else state.zh
        lines.append(say("similar", turn.script, turn.locale, number=alike.number, state=words))
    return replace(answer, text="\n".join((answer.text, *lines)), ticket=receipt)


def _question(turn: Turn, finding: Finding) -> str:
    """The question as asked; of several those that are kept."""
    if finding.parts:
        return "；".join(_question(one.turn, one.finding) for one in finding.parts if one.finding.keep)
    if turn.as_of is None:
        return turn.question
    return turn.question + say("kept_as_of", turn.script, day=turn.as_of.isoformat())


def _similar(turn: Turn, finding: Finding, nearest: Sequence[PassageView]) -> SimilarTicket | None:
    """An open ticket that asks the same as far as words tell."""
    asked = Asked(
        turn.question,
        tuple(passage.id for passage in nearest),
        frozenset(kind.id for kind in finding.missing),
    )
    found = next(iter(joining.similar_to(turn.session, asked)), None)
    return SimilarTicket(found.number, found.state) if found else None
