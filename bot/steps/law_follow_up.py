"""What goes on from an answer given from a law: 超了会怎样, 那罚多少."""

from dataclasses import replace

from bot.find.retrieval import Candidate
from bot.finding import Finding
from bot.rewriting import Rewriting
from bot.steps.departure import departs
from bot.steps.law_answers import LawFound, answer_by_law, find_in_laws
from bot.steps.scope import names_trade
from bot.turn import Turn
from kb.documents import knowledge
from kb.kinds import LAWS


def follow_law(turn: Turn) -> Finding | None:
    """The answer to a message that leans on the article before it, asked of both together; else None.

    The article in hand goes first where it is among what is found.
    """
    if not turn.topic.passages or not _leans_back(turn):
        return None
    in_hand = knowledge.passages(turn.session, turn.topic.passages[:1], on=turn.today)
    if not any(passage.document.kind in LAWS for passage in in_hand.values()):
        return None
    turn.rewritten = Rewriting(turn.topic.question, turn.question)
    turn.search_text = turn.rewritten.query
    found = find_in_laws(turn)
    if not found.is_near:
        return None
    return answer_by_law(turn, _in_hand_first(found, turn.topic.passages[0]))


def _leans_back(turn: Turn) -> bool:
    """Whether the message points back, was found to by the search before, or names nothing of its own."""
    if turn.follows_up:
        return True
    leans = turn.query.points_back or not names_trade(turn)
    return leans and not departs(turn, turn.candidates)


def _in_hand_first(found: LawFound, passage_id: str) -> LawFound:
    def rank(candidate: Candidate) -> bool:
        return candidate.passage.id != passage_id

    return replace(found, candidates=tuple(sorted(found.candidates, key=rank)))
