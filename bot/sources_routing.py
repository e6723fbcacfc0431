"""City or law: which group of sources answers a question, and what the other has to say beside it."""

from dataclasses import replace

from bot.answer import Reason, Status
from bot.assessment import assess
from bot.decision import decide
from bot.finding import Evidence, Finding, Form
from bot.follow_up import search_passages
from bot.law_answers import LawFound, answer_by_law, find_in_laws, law_evidence
from bot.law_follow_up import follow_law
from bot.law_references import names_unknown_law
from bot.quoting import cut_quote
from bot.scope import asks_for_statute
from bot.turn import Turn

# So sure the other group has to be before it is shown beside the answer.
_BESIDE_AT = 0.6
_MEASURES_AT = 0.8
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
    if laws.model is None or laws.sure < laws.model.named_at:
        return None
    return _by_law(turn, laws)


def answer_from_sources(turn: Turn) -> Finding:
    """The finding from the city's documents, or from the laws where those do not surely answer.

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
    if not _is_ours(turn) and _may_answer(laws):
        return _by_law(turn, laws)
    finding = decide(turn)
    if finding.status is Status.REFUSED and _is_near(laws):
        return _kept(laws)
    if finding.status in _ANSWERED and laws.sure >= _BESIDE_AT:
        return replace(finding, related=law_evidence(turn, laws))
    return finding


def _is_ours(turn: Turn) -> bool:
    """Whether the city's documents surely answer."""
    if not turn.candidates:
        return False
    return assess(turn, turn.query, turn.candidates, aside="ours").is_enough


def _may_answer(laws: LawFound) -> bool:
    """Whether the first article is sure enough, for a question that sounds like one about a rule or else."""
    if laws.features is None or laws.model is None:
        return False
    asks_for_rule = laws.features.asks_for_rule
    return laws.sure >= (laws.model.answer_at if asks_for_rule else laws.model.otherwise_at)


def _is_near(laws: LawFound) -> bool:
    """Whether it asks for a rule and some article is near, though not surely the one: no idle talk."""
    if laws.features is None or laws.model is None:
        return False
    return laws.features.asks_for_rule and laws.sure >= laws.model.named_at


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


def _measures_beside(turn: Turn) -> tuple[Evidence, ...]:
    if not turn.candidates:
        return ()
    if assess(turn, turn.query, turn.candidates, aside="ours").sure < _MEASURES_AT:
        return ()
    return (cut_quote(turn.index, turn.query, turn.candidates[0].passage),)
