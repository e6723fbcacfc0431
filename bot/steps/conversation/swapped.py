"""The same asked of another thing: 空运呢, 换成香港呢, 铅酸电池也可以这样吗, 关税呢.

Answered from the passage in hand where it speaks of that thing too, else from what the question before finds
with that thing in its place; where neither speaks of it, that is said, and never the old answer given again.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.answer import Reason, Status
from bot.find.retrieval import Candidate
from bot.finding import Evidence, Finding, Form
from bot.question.query import read
from bot.question.wishes.own_words import Word, is_swap
from bot.steps.assessment import assess
from bot.steps.conversation.follow_up import departs
from bot.steps.conversation.said_before import (
    in_a_sentence,
    in_its_place,
    is_spoken_of,
    new_words,
    others_of,
    passage_in_hand,
    unspoken,
    words_of,
)
from bot.steps.decision import state
from bot.steps.laws.law_answers import LawFound, answer_by_law, find_in_laws
from bot.steps.search import search
from bot.turn import Rewriting, Turn
from kb.documents.knowledge import PassageView
from kb.kinds import LAWS

_IN_HAND = 0.9
_NEARLY_FIRST = 0.8
_FEW = 3


def ask_of_another(turn: Turn) -> Finding | None:
    """The answer to a message that only puts another thing in the place of one before; None for any other."""
    in_hand = passage_in_hand(turn)
    if in_hand is None or not is_swap(turn.query.text, turn.query.tokens):
        return None
    words = new_words(turn)
    if not words_of(turn, turn.query):
        return _from_in_hand(turn, in_hand)  # 那目标呢: an aspect of the same
    if not words:
        return None
    if not unspoken(turn, in_hand, words):
        return _from_in_hand(turn, in_hand)
    if not _names_anything(turn) and departs(turn, search(turn, turn.question)):
        return None
    return _with_another(turn, in_hand, words)


def _with_another(turn: Turn, in_hand: PassageView, words: Sequence[Word]) -> Finding | None:
    """What the new thing in the old question finds, else that the passage in hand does not speak of it."""
    asked = turn.query
    if sentence := in_its_place(turn, words):
        turn.rewritten = Rewriting(sentence, sentence)
        turn.search_text = sentence
        if found := _found(turn, words):
            return found
    if not others_of(turn, words) and _is_sure_alone(turn, words):
        turn.rewritten, turn.search_text, turn.candidates = None, "", ()
        turn.query = asked
        return None
    turn.rewritten = Rewriting(in_a_sentence(turn, turn.question), in_a_sentence(turn, turn.question))
    turn.search_text = turn.rewritten.query
    return _not_spoken_of(turn, in_hand, unspoken(turn, in_hand, words))


def _is_sure_alone(turn: Turn, words: Sequence[Word]) -> bool:
    """Whether it is a new subject that a search is sure of by itself: 那1210呢."""
    own = search(turn, turn.question)
    if not own or unspoken(turn, own[0].passage, words):
        return False
    return assess(turn, turn.question, own, aside="alone").is_enough


def _names_anything(turn: Turn) -> bool:
    return any(one.mention for one in words_of(turn, turn.query))


def _from_in_hand(turn: Turn, in_hand: PassageView) -> Finding:
    turn.rewritten = Rewriting(in_a_sentence(turn, turn.question), f"{turn.topic.question} {turn.question}")
    turn.search_text = turn.rewritten.query
    if in_hand.document.kind in LAWS:
        found = find_in_laws(turn)
        first = [one for one in found.candidates if one.passage.id == in_hand.id]
        if first:
            return answer_by_law(turn, replace(found, candidates=(*first, *_others(found.candidates, first))))
    return replace(state(turn, in_hand, _IN_HAND), topic=turn.topic.settled())


def _others(candidates: Sequence[Candidate], first: Sequence[Candidate]) -> list[Candidate]:
    return [one for one in candidates if one not in first]


def _found(turn: Turn, words: Sequence[Word]) -> Finding | None:
    """What the question before finds with ``words`` in it: a passage that speaks of them and of the rest."""
    turn.query = replace(read(turn.search_text, turn.lexicon), mentions=turn.query.mentions)
    others = others_of(turn, words)
    turn.candidates = search(turn, turn.search_text)
    if turn.candidates and (best := _speaking(turn, turn.candidates[:1], words, others)):
        found = assess(turn, turn.search_text, turn.candidates, aside="in_its_place")
        if found.is_enough:
            return state(turn, best.passage, found.sure)
    laws: LawFound = find_in_laws(turn)
    in_hand = passage_in_hand(turn)
    of_law = in_hand is not None and in_hand.document.kind in LAWS
    near = (laws.is_near if of_law else laws.is_enough) and _speaking(
        turn, _nearly_first(laws.candidates), words, ()
    )
    if not near:
        return None
    return answer_by_law(turn, replace(laws, candidates=(near, *_others(laws.candidates, [near]))))


def _nearly_first(candidates: Sequence[Candidate]) -> list[Candidate]:
    return [one for one in candidates[:_FEW] if one.score >= candidates[0].score * _NEARLY_FIRST]


def _speaking(
    turn: Turn, candidates: Sequence[Candidate], words: Sequence[Word], others: Sequence[Word]
) -> Candidate | None:
    return next(
        (
            one
            for one in candidates
            if not unspoken(turn, one.passage, words)
            and (not others or any(is_spoken_of(turn, one.passage, other) for other in others))
        ),
        None,
    )


def _not_spoken_of(turn: Turn, in_hand: PassageView, words: Sequence[Word]) -> Finding:
    return Finding(
        Status.PARTIAL,
        Form.NOT_STATED,
        Reason.NOT_STATED,
        words="not_spoken_of",
        about={"words": "、".join(one.text for one in words)},
        evidence=(Evidence.body(in_hand),),
        nearest=(in_hand,),
        confidence=_IN_HAND,
        keep=True,
        topic=turn.topic.settled(),
    )
