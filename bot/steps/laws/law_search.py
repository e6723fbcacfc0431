"""Searching the laws: their own candidates, apart from those of the city's documents."""

from collections.abc import Iterable, Sequence

from bot.find.law_ranking import ranked
from bot.find.retrieval import Candidate
from bot.steps.laws.law_as_of import read_then
from bot.turn import Turn
from bot.words.law_notes import falls_under
from indexer.meaning.fusion import Proposal, propose
from indexer.text.folding import folded_text
from kb.documents import knowledge
from kb.documents.knowledge import PassageView
from kb.kinds import LAW_KINDS

_DEPTH = 10
_POOL = 50
# A newer special law goes before the older one if it was found at least this well, as a share of its score.
_FOUND_AS_WELL = 0.6


def search_laws(turn: Turn, documents: Iterable[str] | None = None) -> tuple[Candidate, ...]:
    """Articles in force for the turn's query, best first; of ``documents`` alone where any are given.

    A newer special law goes before an older one that is found for the same question.
    """
    query = turn.search_text or turn.question
    wanted = frozenset(documents) if documents is not None else None
    proposals = _proposals(turn, query, wanted)
    texts = {one.hit.passage_id: turn.index.entry(one.hit.passage_id).body for one in proposals}
    fused = [(one.hit._replace(score=one.score), texts[one.hit.passage_id]) for one in proposals]
    found = {one.hit.passage_id: one for one in proposals}
    best = [found[hit.passage_id] for hit in ranked(folded_text(query), fused)[:_DEPTH]]
    in_force = _in_force(turn, best)
    held = [Candidate(in_force[key], one) for one in best if (key := one.hit.passage_id) in in_force]
    turn.desk.dropped += len(best) - len(held)
    return tuple(_newer_first(turn, held))


def _in_force(turn: Turn, proposals: Sequence[Proposal]) -> dict[str, PassageView]:
    """What each proposed article reads on the turn's day, by the id it was found under; none that is gone."""
    found = knowledge.passages(turn.session, [one.hit.passage_id for one in proposals], on=turn.today)
    digests = {one.hit.passage_id: one.hit.sha256 for one in proposals}
    same = {key: passage for key, passage in found.items() if passage.sha256 == digests[key]}
    return {**same, **read_then(turn, digests.keys() - same.keys())} if turn.as_of else same


def _proposals(turn: Turn, query: str, documents: frozenset[str] | None) -> list[Proposal]:
    """By words and meaning; of named laws by words, for within one law they tell articles apart."""
    if documents is None:
        return propose(turn.index, turn.desk.semantics, query, _POOL, LAW_KINDS)
    return [Proposal(hit) for hit in turn.index.search(query, _POOL, kinds=LAW_KINDS, documents=documents)]


def _newer_first(turn: Turn, candidates: list[Candidate]) -> list[Candidate]:
    """``candidates`` with the first of a newer special law moved before the older one that leads."""
    if not candidates:
        return candidates
    lead = candidates[0]
    for law, over in knowledge.precedence(turn.session):
        if not falls_under(lead.passage, over):
            continue
        least = lead.hit.score * _FOUND_AS_WELL
        newer = [one for one in candidates if one.passage.document.id == law and one.hit.score >= least]
        if newer:
            return [newer[0], *(one for one in candidates if one is not newer[0])]
    return candidates
