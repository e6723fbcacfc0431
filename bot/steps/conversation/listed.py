"""What is asked of the list just shown: its second, its last, the one on railways."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from bot.answer import Reason, Status
from bot.finding import Evidence, Finding, Form
from bot.question.structure.conditions import ShownCondition
from bot.steps.conversation.said_before import is_agency_of, unspoken, words_of
from bot.steps.decision import state
from bot.steps.search import search
from bot.steps.structure.set_out import listing
from bot.topic import Topic
from bot.turn import Turn
from kb.documents import knowledge
from kb.documents.knowledge import PassageView
from kb.kinds import LAWS

_CHOSEN_BY_THE_ASKER = 0.95
# One of several that fit is meant by 哪条 where it is found so much better than the next.
_CLEARLY_BETTER = 1.2
_MOST_CHOICES = 5
# What may stand beside a bare number that means an item: 2呢.
_BESIDE_A_NUMBER = frozenset(("number", "filler", "comma", "stop"))


def pick_of_list(turn: Turn) -> Finding | None:
    """The passages of the list just shown that the message means by number or by what they say; else None."""
    shown = _shown(turn)
    if len(shown) < 2 or turn.query.sections or turn.query.laws:
        return None
    structure = turn.query.structure
    if structure.wanted is None and any(isinstance(one, ShownCondition) for one in structure.conditions):
        meant = [one for one in shown if structure.holds(one)]
        return _of_list(turn, shown, meant) if meant and not structure.unread else None
    places = _places(turn, len(shown))
    if places:
        return _by_place(turn, shown, places)
    return _by_words(turn, shown) if _asks_which(turn) else None


def _shown(turn: Turn) -> list[PassageView]:
    """The list, where its items are not numbered by themselves as articles are."""
    found = knowledge.passages(turn.session, turn.topic.list_shown, on=turn.today)
    shown = [found[key] for key in turn.topic.list_shown if key in found]
    return [] if any(one.document.kind in LAWS for one in shown) else shown


def _places(turn: Turn, size: int) -> list[int]:
    """The places in the list that are named, from 1; none where they are left out (除了第一条)."""
    tokens = turn.query.tokens
    kinds = {one.kind for one in tokens}
    if any(isinstance(one, ShownCondition) for one in turn.query.structure.conditions):
        return []
    numbers = [int(one.value) for one in tokens if one.kind == "number"]
    if "last" in kinds:
        return list(range(size + 1 - max(1, min(numbers[0] if numbers else 1, size)), size + 1))
    if kinds <= _BESIDE_A_NUMBER:
        return numbers[:1]
    return [int(one.value) for one in tokens if one.kind == "ordinal"]


def _by_place(turn: Turn, shown: Sequence[PassageView], places: Sequence[int]) -> Finding:
    meant = [shown[place - 1] for place in places if 0 < place <= len(shown)]
    if not meant:
        return Finding(
            Status.CLARIFY,
            Form.CHOICE,
            Reason.LOW_CONFIDENCE,
            words="not_so_many_shown",
            about={"count": str(len(shown))},
            choices=tuple(shown[:_MOST_CHOICES]),
            topic=turn.topic,
        )
    return _of_list(turn, shown, meant)


def _asks_which(turn: Turn) -> bool:
    """Whether it speaks of some of the list by words of its own: 哪条, 海运那条, 其中."""
    tokens = turn.query.tokens
    if any(isinstance(one, ShownCondition) for one in turn.query.structure.conditions):
        return bool(turn.query.structure.unread)
    return any(
        one.kind == "measure" and (before.kind in ("which", "shown") or before.text in ("那", "这"))
        for before, one in pairwise(tokens)
    )


def _by_words(turn: Turn, shown: Sequence[PassageView]) -> Finding | None:
    agencies = [(one.start, one.end) for one in turn.query.agencies]
    own = [one for one in words_of(turn, turn.query) if not one.counts]
    words = [one for one in own if (one.start, one.end) not in agencies]
    if not words:
        return None
    of_agencies = [one for one in shown if turn.query.structure.of_agencies(one)]
    meant = [one for one in of_agencies if not unspoken(turn, one, words)]
    if any(one.kind == "take_part" for one in turn.query.tokens):
        meant = [one for one in meant if all(is_agency_of(one, word) for word in words)] or meant
    meant = meant or [one for one in of_agencies if not unspoken(turn, one, words, loosely=True)]
    if not meant:
        return None
    scores = {one.passage.id: one.score for one in search(turn, " ".join(one.text for one in words))}
    best = sorted(meant, key=lambda one: -scores.get(one.id, 0.0))
    if len(best) > 1 and scores.get(best[0].id, 0.0) > scores.get(best[1].id, 0.0) * _CLEARLY_BETTER:
        best = best[:1]
    return _of_list(turn, shown, [one for one in meant if one in best])


def _of_list(turn: Turn, shown: Sequence[PassageView], meant: Sequence[PassageView]) -> Finding:
    """The one that is meant, as far as asked; several as a list. 第三条 still means the list shown."""
    if len(meant) > 1:
        finding = listing(turn, list(meant))
        return replace(finding, words="numbered", topic=_still(turn, shown, meant))
    finding = state(turn, meant[0], _CHOSEN_BY_THE_ASKER)
    if finding.form is Form.NOT_STATED and any(one.kind == "which" for one in turn.query.tokens):
        # Which of the list it is has been told, and no more was asked.
        finding = replace(
            finding, status=Status.ANSWERED, form=Form.CLAUSE, reason=None, missing=(), keep=False
        )
    if finding.form is Form.CLAUSE:
        finding = replace(finding, evidence=(Evidence.body(meant[0]),))
    return replace(finding, topic=_still(turn, shown, meant))


def _still(turn: Turn, shown: Sequence[PassageView], meant: Sequence[PassageView]) -> Topic:
    return replace(
        turn.topic,
        question=meant[0].heading or turn.topic.question,
        passages=tuple(one.id for one in meant),
        rest=(),
        chosen=False,
        listed=False,
        shown=tuple(one.id for one in shown),
    )
