"""City or law: which group of sources answers a question, and what the other has to say beside it."""

from dataclasses import replace

from bot.answer import Reason, Status
from bot.finding import Evidence, Finding, Form
from bot.question.laws.law_references import names_unknown_law
from bot.question.query import Asked
from bot.steps.conversation.follow_up import search_passages
from bot.steps.conversation.law_follow_up import follow_law
from bot.steps.decision import decide
from bot.steps.door.offer import ask_instead
from bot.steps.door.scope import asks_for_statute
from bot.steps.laws.law_answers import LawFound, answer_by_law, find_in_laws, legal_basis
from bot.steps.structure.set_out import list_what_may_be_meant
from bot.turn import Turn
from bot.words.quoting import cut_quote

# So sure the city's documents have to be before a measure is shown below an article.
_MEASURES_AT = 0.8
_NEAREST = 3
_ANSWERED = (Status.ANSWERED, Status.PARTIAL)


def answer_statute(turn: Turn) -> Finding | None:
    """An article for a question that names a law, or asks for penalties or statutes in so many words.

    A law that is named and not here is said not to be. None for any other question, where no law is loaded,
    and where no article is found: the question then goes on.
    """
    names = turn.desk.law_names(turn.session, turn.index)
    named = bool(names.find(turn.query.text))
    if not names.names or not (named or asks_for_statute(turn)):
        return None
    if not named and names_unknown_law(turn.query.text):
        return Finding(
            Status.UNANSWERED, Form.NOTHING, Reason.OUT_OF_SCOPE, words="statute_not_held", keep=True
        )
    search_passages(turn)
    laws = find_in_laws(turn)
    return _by_law(turn, laws) if laws.is_near else None


def answer_from_sources(turn: Turn) -> Finding:
    """The finding from the laws where they surely answer, else from the city's documents.

    Scores of the two are never compared: how sure the laws are has been weighed with what the city's
    documents hold. The other group is quoted below: under a measure an article that it rests on, if that was
    found too (法律依据; not where things are to be set out, which an article is not among), and under an
    article a measure that is sure as well (本市措施). What goes on from an answer stays with its group.
    """
    if turn.follows_up:
        return follow_law(turn) or decide(turn)
    laws = find_in_laws(turn)
    if laws.is_enough and (laws.named or not names_unknown_law(turn.query.text)):
        return _by_law(turn, laws)
    finding = ask_instead(turn, decide(turn))
    if finding.reason is Reason.LOW_CONFIDENCE and finding.status is Status.UNANSWERED:
        finding = list_what_may_be_meant(turn) or finding
    if finding.status is Status.REFUSED and _asks_for_rule(laws) and laws.is_near:
        return _kept(laws)
    listed = turn.query.asked & (Asked.WHOLE | Asked.COUNT)
    if finding.status in _ANSWERED and finding.evidence and not listed:
        return replace(finding, related=legal_basis(turn, laws, finding.evidence[0].passage))
    return finding


def _asks_for_rule(laws: LawFound) -> bool:
    return laws.features is not None and laws.features.asks_for_rule


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
    return replace(answer_by_law(turn, laws), related=_measures_beside(turn, laws))


def _measures_beside(turn: Turn, laws: LawFound) -> tuple[Evidence, ...]:
    if not turn.candidates or laws.features is None or laws.features.ours < _MEASURES_AT:
        return ()
    return (cut_quote(turn.index, turn.search_text, turn.candidates[0].passage),)
