"""City or law: which group of sources answers a question, and what the other has to say beside it."""

from dataclasses import replace

from bot.answer import Status
from bot.confidence import features_of
from bot.decision import decide
from bot.finding import Evidence, Finding
from bot.law_answers import LawFound, answer_by_law, find_in_laws, law_evidence
from bot.law_confidence import law_confidence
from bot.patterns import compiled, data, matches
from bot.quoting import cut_quote
from bot.turn import Turn

# So sure the other group has to be before it is shown beside the answer.
_BESIDE_AT = 0.7


def answer_from_sources(turn: Turn) -> Finding:
    """The finding from the city's documents or from the laws, whichever is surer.

    Scores of the two are never compared, only how sure each is to be right. Where the other group is sure as
    well, it is quoted below: 法律依据 under a measure, 本市措施 under an article.
    """
    laws = find_in_laws(turn)
    ours = _sure_of_ours(turn)
    if laws.candidates and laws.good_enough and _is_for_law(turn, laws, ours):
        finding = answer_by_law(turn, laws)
        return replace(finding, related=_measures_beside(turn, ours))
    finding = decide(turn)
    if finding.status is Status.ANSWERED and laws.candidates and laws.sure >= _BESIDE_AT:
        return replace(finding, related=law_evidence(turn, laws))
    return finding


def _is_for_law(turn: Turn, laws: LawFound, ours: float) -> bool:
    if laws.named or matches(compiled(data("law_confidence")["speaks_of_law"]), turn.reading.text):
        return laws.sure >= ours or bool(laws.named)
    return laws.sure >= ours + law_confidence().ahead_by


def _sure_of_ours(turn: Turn) -> float:
    if not turn.candidates:
        return 0.0
    features = features_of(turn.index, turn.lexicon, turn.query, turn.candidates)
    return turn.desk.confidence.probability(features)


def _measures_beside(turn: Turn, ours: float) -> tuple[Evidence, ...]:
    if ours < _BESIDE_AT:
        return ()
    return (cut_quote(turn.index, turn.query, turn.candidates[0].passage),)
