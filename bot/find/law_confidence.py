"""How sure the articles found answer a question.

A small logistic model over named features. Laws have weights of their own: articles are told from each other
otherwise than the measures of a plan.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache

from bot.find.confidence import logistic
from bot.find.outside import Outside
from bot.find.retrieval import Candidate
from bot.question.patterns import Patterns, compiled, data, matches
from bot.question.sorts.particulars import not_stated
from indexer.search.index import Index
from indexer.text.folding import folded_text
from kb.kinds import LAW_KINDS

_LONG_QUESTION = 60


@dataclass(frozen=True)
class LawFeatures:
    """What the models see, each from 0 to about 1; ``confidence.Features`` has those of that name.

    ``body`` is the score of the article's own words, ``window`` how close together it holds those of the
    question. ``law``, ``time`` and ``may`` are 1 where the question asks for law (处罚, 规定), for a time
    limit, for what one may or must, and ``named`` where it names the law; ``unstated`` is 1 where it asks
    for a particular (a form, a fee, a place) that the first article does not give. ``ours`` is how sure it
    is that the city's documents answer, ``ours_variant`` how much more closely one of their curated
    questions resembles it than any of the candidates' does.

    In meaning, 0 without it: ``closeness`` and ``lead``, ``outside_closeness`` and ``outside_lead`` as for
    the city's documents; ``ours_closeness`` that of the first of their passages, and ``ours_lead`` how much
    nearer their curated questions are than those of the laws.
    """

    strength: float
    margin: float
    coverage: float
    variant: float
    known: float
    body: float
    window: float
    law: float
    time: float
    may: float
    named: float
    unstated: float
    length: float
    outside: float
    ours: float
    ours_variant: float
    closeness: float = 0.0
    lead: float = 0.0
    outside_closeness: float = 0.0
    outside_lead: float = 0.0
    ours_closeness: float = 0.0
    ours_lead: float = 0.0

    @property
    def asks_for_rule(self) -> bool:
        """Whether the question itself sounds like one about a rule."""
        return bool(self.law or self.time or self.may or self.named)


@dataclass(frozen=True)
class LawModel:
    """Reviewed weights, and how sure an answer must be.

    At ``answer_at`` and above an article answers. ``near_at`` is enough where the asker names the law, asks
    for statutes in so many words, or goes on from an article.
    """

    bias: float
    weights: Mapping[str, float]
    answer_at: float
    near_at: float

    def probability(self, features: LawFeatures) -> float:
        """The chance, by this model, that one of the first three articles answers the question."""
        return logistic(self.bias, self.weights, asdict(features))


def law_model(candidates: Sequence[Candidate]) -> LawModel:
    """The model for these candidates, by whether meaning had a part in finding them."""
    with_meaning = bool(candidates) and candidates[0].closeness is not None
    return _models()["meaning" if with_meaning else "words"]


@cache
def _models() -> dict[str, LawModel]:
    """The weights in ``bot/data/law_confidence.toml``."""
    stored = data("law_confidence")
    return {name: LawModel(**stored[name]) for name in ("words", "meaning")}


@dataclass(frozen=True)
class Rivals:
    """What else may be meant: outside questions, and passages of the city's documents, first the best.

    ``sure``: how sure it is that the first of those answers; the leads are those of ``LawFeatures``.
    """

    outside: Outside
    outside_lead: float
    ours: Sequence[Candidate]
    ours_sure: float
    ours_lead: float


def law_features(
    index: Index, query: str, candidates: Sequence[Candidate], rivals: Rivals, *, named: bool
) -> LawFeatures:
    """The features of ``candidates`` (best first, at least one). ``named``: the query names the law."""
    closest = max((one.closeness or 0.0 for one in candidates[1:]), default=0.0)
    folded = folded_text(query)
    first = candidates[0].hit
    second = max((one.hit.score for one in candidates[1:]), default=0.0)
    variant = max(one.hit.best_variant_score for one in candidates)
    ours = rivals.ours[:1]
    return LawFeatures(
        strength=first.score,
        margin=max(0.0, first.score - second) / first.score if first.score else 0.0,
        coverage=index.coverage(query, first.passage_id),
        variant=first.best_variant_score,
        known=index.known_share(query, kinds=LAW_KINDS),
        body=first.fields["body"],
        window=first.fields["window"],
        **{kind: float(matches(patterns, folded)) for kind, patterns in _askings()},
        named=float(named),
        unstated=float(bool(not_stated(query, candidates[0].passage.body))),
        length=min(len(query) / _LONG_QUESTION, 1.0),
        outside=rivals.outside.words - variant,
        ours=rivals.ours_sure,
        ours_variant=max((one.hit.best_variant_score for one in ours), default=0.0) - variant,
        closeness=candidates[0].closeness or 0.0,
        lead=(candidates[0].closeness or 0.0) - closest if candidates[0].closeness is not None else 0.0,
        outside_closeness=rivals.outside.closeness or 0.0,
        outside_lead=rivals.outside_lead,
        ours_closeness=max((one.closeness or 0.0 for one in ours), default=0.0),
        ours_lead=rivals.ours_lead,
    )


@cache
def _askings() -> tuple[tuple[str, Patterns], ...]:
    return tuple((kind, compiled(patterns)) for kind, patterns in data("law_confidence")["asks"].items())
