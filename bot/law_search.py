"""Searching the laws: their own candidates, apart from those of the city's documents."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.law_notes import falls_under
from bot.law_ranking import ranked
from bot.source_kinds import LAW_KINDS
from bot.turn import Turn
from indexer.folding import folded_text
from indexer.index import Hit
from kb import knowledge
from kb.knowledge import PassageView

_DEPTH = 10
_POOL = 50
# A newer special law goes before the older one if it was found at least this well, as a share of its score.
_FOUND_AS_WELL = 0.6


@dataclass(frozen=True)
class LawCandidate:
    """An article in force that the index proposed, with the index's reasons."""

    passage: PassageView
    hit: Hit


def search_laws(turn: Turn, documents: Iterable[str] | None = None) -> tuple[LawCandidate, ...]:
    """Articles in force for the turn's query, best first; of ``documents`` alone where any are given.

    A newer special law goes before an older one that is found for the same question.
    """
    query = turn.query or turn.question
    wanted = frozenset(documents) if documents is not None else None
    hits = turn.index.search(query, _POOL, kinds=LAW_KINDS, documents=wanted)
    in_force = knowledge.passages(turn.session, [hit.passage_id for hit in hits], on=turn.today)
    held = [
        (hit, in_force[hit.passage_id].body)
        for hit in hits
        if hit.passage_id in in_force and in_force[hit.passage_id].sha256 == hit.sha256
    ]
    turn.desk.dropped += len(hits) - len(held)
    best = ranked(folded_text(query), held)[:_DEPTH]
    return tuple(_newer_first(turn, [LawCandidate(in_force[hit.passage_id], hit) for hit in best]))


def _newer_first(turn: Turn, candidates: list[LawCandidate]) -> list[LawCandidate]:
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
