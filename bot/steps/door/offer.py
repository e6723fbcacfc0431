"""A question back never comes without something to tap: two to five choices, found at one place."""

from dataclasses import replace

from bot.answer import Reason, Status
from bot.finding import Finding, Form
from bot.steps.door.ours import is_bare, names_ours
from bot.steps.laws.law_search import search_laws
from bot.steps.search import search
from bot.steps.structure.overview import sections_of
from bot.topic import Topic
from bot.turn import Turn
from kb.documents import knowledge
from kb.documents.knowledge import PassageView

FEWEST, MOST = 2, 5
_NEAREST = 3
_OF_LAWS = 2


def with_choices(turn: Turn, finding: Finding) -> Finding:
    """``finding``; what asks back with two to five things to tap: nearest passages, else parts of a plan."""
    if finding.status is not Status.CLARIFY:
        return finding
    if FEWEST <= len(finding.choices) + len(finding.taps) + len(finding.asks) <= MOST:
        return finding
    if finding.choices or finding.asks:
        cut = replace(finding, choices=finding.choices[:MOST], asks=finding.asks[:MOST], taps=())
        if len(cut.choices) + len(cut.asks) >= FEWEST:
            return cut
    near = nearest(turn) if names_ours(turn) else ()
    if len(near) >= FEWEST:
        topic = Topic(turn.question, tuple(one.id for one in near), chosen=True)
        return replace(finding, choices=near, topic=finding.topic or topic)
    return replace(finding, taps=_parts(turn))


def ask_instead(turn: Turn, finding: Finding) -> Finding:
    """A question back for a few words of ours that nothing surely answers; else ``finding``.

    What names anything of ours is never told to be no business of this desk.
    """
    found_nothing = finding.status in (Status.UNANSWERED, Status.REFUSED) and finding.form in (
        Form.NOTHING,
        Form.TALK,
    )
    if not found_nothing or turn.topic.chosen or turn.topic or not names_ours(turn):
        return finding
    if finding.status is not Status.REFUSED and not is_bare(turn):
        return finding
    near = nearest(turn)
    if len(near) < FEWEST:
        return finding
    return Finding(
        Status.CLARIFY,
        Form.CHOICE,
        Reason.LOW_CONFIDENCE,
        words="choice",
        choices=near,
        confidence=finding.confidence,
        topic=Topic(turn.question, tuple(one.id for one in near), chosen=True),
    )


def nearest(turn: Turn) -> tuple[PassageView, ...]:
    """The passages of plan and laws nearest to the message."""
    ours = [one.passage for one in turn.candidates or search(turn, turn.question)]
    laws = [one.passage for one in search_laws(turn)]
    found = [*ours[:_NEAREST], *laws[:_OF_LAWS]]
    return tuple(dict.fromkeys(found))[:MOST]


def _parts(turn: Turn) -> tuple[PassageView, ...]:
    for document in turn.plans:
        nodes = knowledge.outline(turn.session, document.id, on=turn.today)
        return tuple(sections_of(nodes)[:MOST])
    return ()
