"""From candidates to a finding: answer, answer in part, ask which, or say that nothing fits."""

import re

from bot.answer import Reason, Status
from bot.find.outside import Outside
from bot.find.retrieval import Candidate
from bot.finding import Evidence, Finding, Form
from bot.question.query import Asked
from bot.question.sorts.particulars import Particular, not_stated, without_particulars
from bot.steps.assessment import assess, outside_of
from bot.steps.door.scope import is_genuine
from bot.steps.search import search
from bot.topic import Topic
from bot.turn import Turn
from bot.words.quoting import cut_quote
from indexer.text.folding import fold
from kb.documents.knowledge import PassageView

_NEAREST = 3
_CHOICES = 3
_WORTH_SHOWING = 0.25  # of the first candidate's score; what scores less is another matter
_SHORTEST_MATTER = 2
_NAMES = "names"
_OTHERS = re.compile("名单(?![^?]{0,6}(谁|哪家|哪个|边个)[^?]{0,3}(负责|管|牵头|定|订))|名录|合作|签约|入驻")
# More than an answer needs, since half of the question has been left out; words alone are seldom so sure.
_SURELY_TOUCHED = 0.85


def decide(turn: Turn) -> Finding:
    """The finding for the turn's candidates. Whatever does not end in an answer is kept for a person."""
    candidates = turn.candidates
    turn.trace.note("candidates", **{one.passage.id: one.told() for one in candidates})
    if not candidates:
        return _nothing(turn, Reason.NO_MATCH, 0.0, outside_of(turn, turn.question))
    found = assess(turn, turn.search_text, candidates)
    if not found.is_enough:
        return _touched(turn) or _nothing(turn, Reason.LOW_CONFIDENCE, found.sure, found.outside)
    if _is_tied(turn, found.features.margin):
        return _choice(turn, found.sure)
    return state(turn, candidates[0].passage, found.sure)


def _touched(turn: Turn) -> Finding | None:
    """An answer in part to a question whose matter a passage surely touches, but not what is asked of it.

    岸电一度多少钱 is like questions that nobody here answers, by its 多少钱. Without that it is about 岸电.
    """
    bare = without_particulars(fold(turn.search_text).text).strip()
    if bare == turn.query.text or len(bare) < _SHORTEST_MATTER:
        return None
    candidates = search(turn, bare)
    if not candidates or not not_stated(turn.question, Evidence.body(candidates[0].passage).quote):
        return None
    found = assess(turn, bare, candidates, aside="matter")
    if found.sure < (_SURELY_TOUCHED if candidates[0].closeness is not None else found.model.answer_at):
        return None
    turn.candidates = candidates
    return state(turn, candidates[0].passage, found.sure)


def state(turn: Turn, passage: PassageView, sure: float) -> Finding:
    """An answer from ``passage``: in part, and kept, where it does not give the particular asked for."""
    who = bool(turn.query.asked & Asked.WHO and passage.agencies)
    missing = _missing(turn, passage, who)
    quote = cut_quote(turn.index, turn.search_text, passage)
    if missing:
        return Finding(
            Status.PARTIAL,
            Form.NOT_STATED,
            reason=Reason.NOT_STATED,
            evidence=(quote,),
            nearest=_nearest(turn),
            missing=missing[:2],
            confidence=sure,
            keep=True,
            topic=_topic(turn, passage),
        )
    return Finding(
        Status.ANSWERED,
        Form.RESPONSIBLE if who else Form.CLAUSE,
        words="clause",
        evidence=(Evidence.with_agencies(passage) if who else quote,),
        confidence=sure,
        topic=_topic(turn, passage),
    )


def _missing(turn: Turn, passage: PassageView, who: bool) -> tuple[Particular, ...]:
    """What ``passage`` does not state of what is asked.

    Names are told by its agencies where the question is ``who`` answers for it (哪几家管), unless a list of
    others is asked for (名单, 合作的是哪几家).
    """
    missing = not_stated(turn.question, Evidence.body(passage).quote)
    if not who or _OTHERS.search(turn.query.text):
        return missing
    return tuple(kind for kind in missing if kind.id != _NAMES)


def _nothing(turn: Turn, reason: Reason, sure: float, outside: Outside) -> Finding:
    if not is_genuine(turn, outside):
        return Finding(Status.REFUSED, Form.TALK, Reason.OUT_OF_SCOPE, words="off_topic", confidence=1 - sure)
    return Finding(
        Status.UNANSWERED,
        Form.NOTHING,
        reason=reason,
        words=reason.value,
        nearest=_nearest(turn),
        confidence=sure,
        keep=True,
    )


def _is_tied(turn: Turn, margin: float) -> bool:
    """Whether two candidates are too close to choose for the asker; never asked twice in a row."""
    if turn.topic.chosen or turn.follows_up or len(turn.candidates) < 2:
        return False
    return margin < turn.desk.confidence.tie_within


def _choice(turn: Turn, sure: float) -> Finding:
    best = turn.candidates[0].score - turn.desk.confidence.tie_within
    tied: list[Candidate] = [one for one in turn.candidates if one.score >= best]
    return Finding(
        Status.CLARIFY,
        Form.CHOICE,
        reason=Reason.LOW_CONFIDENCE,
        words="choice",
        choices=tuple(one.passage for one in tied[:_CHOICES]),
        confidence=sure,
        topic=Topic(turn.question, tuple(one.passage.id for one in tied), chosen=True),
    )


def _topic(turn: Turn, passage: PassageView) -> Topic:
    floor = max((one.score for one in turn.candidates), default=0.0) * _WORTH_SHOWING
    rest = [one.passage.id for one in turn.candidates if one.score >= floor and one.passage != passage]
    return Topic(turn.understood_as, (passage.id,), tuple(rest))


def _nearest(turn: Turn) -> tuple[PassageView, ...]:
    return tuple(candidate.passage for candidate in turn.candidates[:_NEAREST])
