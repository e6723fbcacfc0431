"""Follow-ups, understood with the turn before, and what leaves it; questions taken as they were meant.

Whether a message leaves the matter for what is no business of this desk: 那帮我订张机票 is sure of nothing by
itself, as 那进口的呢 is. What tells is that questions which nobody here should see are the nearest to it.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.answer import Reason, Status
from bot.find.retrieval import Candidate
from bot.finding import Evidence, Finding, Form
from bot.question.query import Asked, bare_subject
from bot.question.sorts.particulars import without_particulars
from bot.steps.assessment import assess, outside_of
from bot.steps.conversation.said_before import in_a_sentence
from bot.steps.decision import state
from bot.steps.door.ours import names_ours
from bot.steps.door.scope import names_trade
from bot.steps.laws.law_answers import find_in_laws
from bot.steps.search import search, search_as_meant
from bot.topic import Topic
from bot.turn import Rewriting, Turn
from kb.documents import knowledge

_LETTER = re.compile(r"\w")
# How much nearer idle questions lie than any of trade; and what else speaks for an idle one: it names more
# than a word or two, none of them of trade, and no passage scores for it. Measured on follow-ups of the
# question sets and on idle questions of authors that were held out.
_CLEARLY = 0.2
_NEXT_TO_NOTHING = 0.25
_A_MATTER = 8
_SHOWN_AT_ONCE = 3
_IN_HAND = 0.9


def show_more(turn: Turn) -> Finding | None:
    """The next passages found for the last question (还有别的吗), or that there are none; else None."""
    if not turn.topic or not turn.query.asked & Asked.MORE:
        return None
    passages = knowledge.passages(turn.session, turn.topic.rest, on=turn.today)
    shown = [passages[key] for key in turn.topic.rest if key in passages][:_SHOWN_AT_ONCE]
    if not shown:
        return Finding(Status.SMALLTALK, Form.TALK, words="no_more", confidence=1.0, topic=turn.topic)
    return Finding(
        Status.ANSWERED,
        Form.LISTING,
        words="more",
        evidence=tuple(Evidence.with_agencies(passage) for passage in shown),
        confidence=0.6,
        topic=Topic(
            turn.topic.question, tuple(passage.id for passage in shown), turn.topic.rest[len(shown) :]
        ),
    )


def ask_about_what(turn: Turn) -> Finding | None:
    """A question back where a first message points at something nobody has named (那归谁管); else None."""
    ours = names_ours(turn) and not turn.query.points_back
    if turn.topic or names_something(turn) or ours:
        return None
    return Finding(Status.CLARIFY, Form.TALK, Reason.LOW_CONFIDENCE, words="about_what")


def stay_with_passages(turn: Turn) -> Finding | None:
    """What is asked of the passages in hand by a message that names nothing itself (那归谁管); else None."""
    if not turn.topic or names_something(turn):
        return None
    found = knowledge.passages(turn.session, turn.topic.passages, on=turn.today)
    in_hand = [found[key] for key in turn.topic.passages if key in found]
    if not in_hand:
        return None
    turn.rewritten = _going_on(turn, turn.question)
    turn.search_text = turn.rewritten.query
    first = state(turn, in_hand[0], _IN_HAND)
    others = tuple(Evidence.with_agencies(passage) for passage in in_hand[1:_SHOWN_AT_ONCE])
    return replace(
        first,
        evidence=first.evidence + (others if first.form is Form.RESPONSIBLE else ()),
        topic=turn.topic.settled(),
    )


def search_passages(turn: Turn) -> None:
    """Search for the question as it was meant, or for what it means after the turn before.

    If it points back or is sure of nothing by itself (那进口的呢), both questions are searched together, and
    passages already in hand go first where they are among what was found. Else it is a new subject, or no
    business of this desk, which is not glued to the old.
    """
    own = search_as_meant(turn)
    turn.candidates = own
    if not turn.topic or not _leans_back(turn, own):
        return
    turn.rewritten = _going_on(turn, turn.search_text)
    turn.search_text = turn.rewritten.query
    turn.candidates = _in_hand_first(search(turn, turn.search_text), turn.topic)


def _going_on(turn: Turn, question: str) -> Rewriting:
    """``question`` about the passage in hand: its heading, else the words of the question before."""
    found = knowledge.passages(turn.session, turn.topic.passages[:1], on=turn.today)
    subject = next((one.heading for one in found.values() if one.heading), turn.topic.question)
    return Rewriting(in_a_sentence(turn, question), f"{subject} {question}")


def _leans_back(turn: Turn, own: Sequence[Candidate]) -> bool:
    if departs(turn, own):
        return False
    if own and own[0].passage.id in turn.topic.passages:
        return True
    if not turn.query.points_back and _is_answered_by_law(turn):
        return False
    if not own:
        return True
    found = assess(turn, turn.search_text, own, aside="alone")
    return found.sure < (found.model.new_subject_at if turn.query.points_back else found.model.answer_at)


def _is_answered_by_law(turn: Turn) -> bool:
    """Whether the laws surely answer the message by itself, as far as it names anything by itself."""
    return names_trade(turn) and find_in_laws(turn).is_enough


def _in_hand_first(candidates: Sequence[Candidate], topic: Topic) -> tuple[Candidate, ...]:
    in_hand = [candidate for candidate in candidates if candidate.passage.id in topic.passages]
    return (*in_hand, *(candidate for candidate in candidates if candidate not in in_hand))


def departs(turn: Turn, own: Sequence[Candidate]) -> bool:
    """Whether the turn's question, which found ``own``, is neither of trade nor about the turn before."""
    if not names_something(turn):
        return False
    score = own[0].score if own else 0.0
    outside = outside_of(turn, turn.question)
    if outside.dropped - max(score, outside.kept) > _CLEARLY:
        return True
    return score < _NEXT_TO_NOTHING and len(_named(turn)) >= _A_MATTER and not names_trade(turn)


def names_something(turn: Turn) -> bool:
    """Whether two characters or more are left that are no asking words: 干 of 能干嘛 is not enough."""
    return len(_named(turn)) > 1


def _named(turn: Turn) -> list[str]:
    return _LETTER.findall(bare_subject(without_particulars(turn.query.text)))
