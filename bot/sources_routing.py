"""City or law: which group of sources answers a question, and what the other has to say beside it."""

from dataclasses import replace

from bot.answer import Reason, Status
from bot.confidence import Features, features_of
from bot.decision import decide
from bot.finding import Evidence, Finding, Form
from bot.follow_up import search_passages
from bot.law_answers import LawFound, answer_by_law, find_in_laws, law_evidence
from bot.law_confidence import law_confidence
from bot.law_follow_up import follow_law
from bot.law_references import names_unknown_law
from bot.quoting import cut_quote
from bot.scope import asks_for_statute, is_genuine
from bot.turn import Turn

# So sure the other group has to be before it is shown beside the answer.
_BESIDE_AT = 0.6
_MEASURES_AT = 0.8
_SURE_OF_ANYTHING = 0.4
_NEAREST = 3
_ANSWERED = (Status.ANSWERED, Status.PARTIAL)


def answer_statute(turn: Turn) -> Finding | None:
    """An article for a question that names a law, or asks for penalties or statutes in so many words.

    A law that is named and not here is said not to be. None for any other question, where no law is loaded,
    and where no article is found: the question then goes on.
    """
    names = turn.desk.law_names(turn.session, turn.index)
    named = bool(names.find(turn.reading.text))
    if not names.names or not (named or asks_for_statute(turn)):
        return None
    if not named and names_unknown_law(turn.reading.text):
        return Finding(
            Status.UNANSWERED, Form.NOTHING, Reason.OUT_OF_SCOPE, words="statute_not_held", keep=True
        )
    search_passages(turn)
    laws = find_in_laws(turn)
    if laws.sure < law_confidence().named_at:
        return None
    return _by_law(turn, laws)


def answer_from_sources(turn: Turn) -> Finding:
    """The finding from the city's documents or from the laws, whichever the question is for.

    Scores of the two are never compared, only what each found is weighed. Where the other group is sure as
    well, it is quoted below: 法律依据 under a measure, 本市措施 under an article. What goes on from an answer
    stays with its group.
    """
    followed = follow_law(turn)
    if followed is not None:
        return followed
    if turn.follows_up:
        return decide(turn)
    laws = find_in_laws(turn)
    if _may_answer(turn, laws) and _is_for_law(turn, laws):
        return _by_law(turn, laws)
    finding = decide(turn)
    if finding.status is Status.REFUSED and _is_question_of_law(turn, laws):
        return _kept(laws)
    if finding.status in _ANSWERED and laws.sure >= _BESIDE_AT:
        return replace(finding, related=law_evidence(turn, laws))
    return finding


def _may_answer(turn: Turn, laws: LawFound) -> bool:
    """Whether the first article is sure enough.

    What names nothing of trade and asks for no rule (点错了) takes more: words are alike by chance.
    """
    if laws.features is None:
        return False
    is_question = laws.features.asks_for_rule or is_genuine(turn)
    return laws.sure >= (law_confidence().answer_at if is_question else _SURE_OF_ANYTHING)


def _is_for_law(turn: Turn, laws: LawFound) -> bool:
    return laws.features is not None and law_confidence().is_for_law(laws.features, _features_of_ours(turn))


def _is_question_of_law(turn: Turn, laws: LawFound) -> bool:
    """Whether it asks for a rule and is for the laws, though no article is sure enough: no idle talk."""
    return laws.features is not None and laws.features.asks_for_rule and _is_for_law(turn, laws)


def _kept(laws: LawFound) -> Finding:
    return Finding(
        Status.UNANSWERED,
        Form.NOTHING,
        Reason.LOW_CONFIDENCE,
        words=Reason.LOW_CONFIDENCE.value,
        nearest=tuple(one.passage for one in laws.candidates[:_NEAREST]),
        confidence=laws.sure,
        keep=True,
    )


def _by_law(turn: Turn, laws: LawFound) -> Finding:
    return replace(answer_by_law(turn, laws), related=_measures_beside(turn))


def _features_of_ours(turn: Turn) -> Features | None:
    if not turn.candidates:
        return None
    return features_of(turn.index, turn.lexicon, turn.query, turn.candidates)


def _measures_beside(turn: Turn) -> tuple[Evidence, ...]:
    ours = _features_of_ours(turn)
    if ours is None or turn.desk.confidence.probability(ours) < _MEASURES_AT:
        return ()
    return (cut_quote(turn.index, turn.query, turn.candidates[0].passage),)
