"""How sure it is that what was found answers the question."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from bot.find.confidence import Features, LogisticModel, features_of
from bot.find.outside import Outside, lead_over, nearest_outside
from bot.find.retrieval import Candidate
from bot.turn import Turn
from kb.kinds import OUR_KINDS


@dataclass(frozen=True)
class Assessment:
    """``sure``: the chance that the first candidate answers; ``model``: what said so, with its threshold."""

    sure: float
    features: Features
    outside: Outside
    model: LogisticModel

    @property
    def is_enough(self) -> bool:
        """Whether it is sure enough to answer."""
        return self.sure >= self.model.answer_at


def assess(
    turn: Turn, query: str, candidates: Sequence[Candidate], *, aside: str | None = None
) -> Assessment:
    """The assessment of ``candidates`` (best first, at least one) for ``query``.

    ``aside`` names one that the decision does not rest on: it is noted under that name.
    """
    outside = outside_of(turn, query)
    desk = turn.desk
    lead = lead_over(outside, turn.index, desk.semantics, query, OUR_KINDS)
    features = features_of(turn.index, turn.lexicon, query, candidates, outside, lead)
    model = desk.confidence.of(candidates)
    sure = model.probability(features)
    if aside:
        first = candidates[0].passage.id
        turn.trace.note(aside, query=query, first=first, sure=sure, features=asdict(features))
        return Assessment(sure, features, outside, model)
    turn.trace.note("outside", **asdict(outside))
    turn.trace.note("features", **asdict(features))
    turn.trace.note("confidence", sure=sure, answer_at=model.answer_at)
    return Assessment(sure, features, outside, model)


def outside_of(turn: Turn, query: str) -> Outside:
    """The outside questions most like ``query``, looked for once a turn."""
    if query not in turn.outsides:
        turn.outsides[query] = nearest_outside(turn.index, turn.desk.semantics, query)
    return turn.outsides[query]
