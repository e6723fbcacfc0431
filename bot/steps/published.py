"""Answering from published replies: what an agency has answered once is answered at once.

Replies stand in an index of their own (kb.replies.reply_index), which is asked before the big one: a
question that was out of scope, or that the plan only touches, is exactly what a reply was written for.
"""

from bot.answer import Status
from bot.find.confidence import features_of
from bot.find.outside import Outside
from bot.find.retrieval import Candidate, retrieve
from bot.finding import Evidence, Finding, Form
from bot.question.sorts.particulars import not_stated
from bot.topic import Topic
from bot.turn import Turn
from kb.documents import knowledge
from kb.documents.knowledge import PassageView
from kb.kinds import REPLY
from kb.replies import replies_in_force

_REST = 3
_NEAR = 0.4


def answer_from_replies(turn: Turn) -> Finding | None:
    """The reply that answers the question, whole, if one surely does; else None.

    A reply gives way when a measure of the plan fits better, when the question asks for a particular that it
    neither states nor was asked for, and when a clause that it rests on has changed.
    """
    index = turn.desk.reply_index()
    if index is None or turn.query.points_back or not replies_in_force.any_in_force(turn.session):
        return None
    semantics = turn.desk.reply_semantics
    candidates = retrieve(turn.session, index, semantics, turn.question, turn.today).candidates
    candidates = _reply_first(turn, candidates)
    if not candidates:
        return None
    lexicon = turn.desk.reply_lexicon(turn.session, index)
    # What no document answers is what replies are written for: likeness to that says nothing against one.
    features = features_of(index, lexicon, turn.question, _rivals(candidates), Outside())
    model = turn.desk.confidence.of(candidates)
    sure, passage = model.probability(features), candidates[0].passage
    if sure < model.answer_at or _leaves_open(turn, passage):
        return None
    if not replies_in_force.stands(turn.session, passage.id, on=turn.today):
        return None
    return Finding(
        Status.ANSWERED,
        Form.CLAUSE,
        words="clause",
        evidence=(Evidence.body(passage),),
        confidence=sure,
        topic=Topic(turn.question, (passage.id,), tuple(one.passage.id for one in candidates[1:_REST])),
    )


def _reply_first(turn: Turn, candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """``candidates`` from the best reply on; none where a measure comes first that states all that is asked.

    A measure has hundreds of curated questions and a reply its askers' few, so that a measure which only
    touches the matter may well be found first.
    """
    if not candidates:
        return ()
    least = candidates[0].score * _NEAR
    for at, candidate in enumerate(candidates):
        if candidate.score < least:
            break
        if candidate.passage.kind == REPLY:
            return candidates[at:]
        if not not_stated(turn.question, Evidence.body(candidate.passage).quote):
            break
    return ()


def _rivals(candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """The first reply and the measures: two replies to one matter are no reason to doubt the better one."""
    return (candidates[0], *(one for one in candidates[1:] if one.passage.kind != REPLY))


def _leaves_open(turn: Turn, passage: PassageView) -> bool:
    """Whether the question asks for a particular that the reply does not give, and was not asked for."""
    missing = not_stated(turn.question, Evidence.body(passage).quote)
    asked = (passage.heading or "", *knowledge.variants_of(turn.session, passage.id))
    open_from_the_start = {kind for text in asked for kind in not_stated(text, "")}
    return any(kind not in open_from_the_start for kind in missing)
