"""Answers from the laws: which articles are found for a question, how sure they are, and what is said."""

from dataclasses import asdict, dataclass
from functools import partial

from bot.answer import Status
from bot.find.law_confidence import LawFeatures, LawModel, Rivals, law_features, law_model
from bot.find.outside import lead_over
from bot.find.retrieval import Candidate
from bot.finding import Evidence, Finding, Form, Note
from bot.question.laws.law_editions import EditionAsked, edition_asked
from bot.steps.assessment import assess, outside_of
from bot.steps.laws.law_search import search_laws
from bot.steps.laws.old_edition_search import search_edition
from bot.topic import Topic
from bot.turn import Turn
from bot.words.law_notes import notes_of, precedence_notes, shared_name_notes
from bot.words.law_quoting import cut_article
from kb.documents import knowledge
from kb.documents.knowledge import PassageView
from kb.kinds import LAW_KINDS, OUR_KINDS

# How many articles are shown, and how well all but the first must be found next to it.
SHOWN = 3
_NEARLY_AS_WELL = 0.65


@dataclass(frozen=True)
class LawFound:
    """The articles found, best first, how sure it is that they answer, and the law that the question names.

    ``features`` is what was seen of the first and ``model`` what weighed it; None where nothing was found.
    """

    candidates: tuple[Candidate, ...] = ()
    sure: float = 0.0
    named: str | None = None
    features: LawFeatures | None = None
    model: LawModel | None = None

    @property
    def is_enough(self) -> bool:
        """Whether it is sure enough to answer."""
        return self.model is not None and self.sure >= self.model.answer_at

    @property
    def is_near(self) -> bool:
        """Whether something in them may be meant: enough where the asker speaks of law in so many words."""
        return self.model is not None and self.sure >= self.model.near_at


def find_in_laws(turn: Turn) -> LawFound:
    """What the laws hold for the turn's query; only those that it names, if it names any."""
    named = [law.document_id for law in turn.desk.law_names(turn.session, turn.index).find(turn.query.text)]
    candidates = search_laws(turn, named or None)
    if not candidates:
        return LawFound(named=named[0] if named else None)
    query = turn.search_text or turn.question
    features = law_features(turn.index, query, candidates, _rivals(turn, query), named=bool(named))
    model = law_model(candidates)
    sure = model.probability(features)
    ids = [one.passage.id for one in candidates]
    turn.trace.note("laws", found=ids, features=asdict(features), sure=sure, answer_at=model.answer_at)
    return LawFound(candidates, sure, named[0] if named else None, features, model)


def _rivals(turn: Turn, query: str) -> Rivals:
    outside, semantics = outside_of(turn, query), turn.desk.semantics
    lead = partial(lead_over, outside, turn.index, semantics, query)
    over_laws = lead(LAW_KINDS)
    sure = assess(turn, query, turn.candidates, aside="ours").sure if turn.candidates else 0.0
    return Rivals(outside, over_laws, turn.candidates, sure, over_laws - lead(OUR_KINDS))


def answer_by_law(turn: Turn, found: LawFound) -> Finding:
    """The answer from the first article, with those that were found nearly as well below it."""
    asked = _edition(turn, found)
    if asked and asked.edition.status_on(turn.today) != "in_force":
        passages = search_edition(turn, asked.edition)
    else:
        passages = _worth_showing(found)
    notes = notes_of(turn, asked, passages[:1]) if asked else precedence_notes(turn, passages[:1])
    return law_finding(turn, passages, [*shared_name_notes(turn), *notes], found.sure)


def law_finding(turn: Turn, passages: list[PassageView], notes: list[Note], sure: float) -> Finding:
    """Quotes of ``passages``: the first as far as it answers, of the others the one part that fits best."""
    query = turn.search_text or turn.question
    first, *rest = cut_article(turn.index, query, passages[0])
    others = [cut_article(turn.index, query, passage)[0] for passage in passages[1:]]
    # The other articles come before the rest of the first: a reader of citations meets each source early.
    evidence = (first, *others, *rest)
    return Finding(
        Status.ANSWERED,
        Form.ARTICLES,
        notes=tuple(notes),
        evidence=evidence,
        confidence=sure,
        topic=Topic(turn.understood_as, tuple(passage.id for passage in passages[:1]), _ids(passages[1:])),
    )


def legal_basis(turn: Turn, found: LawFound, measure: PassageView) -> tuple[Evidence, ...]:
    """What the best found says of the articles that ``measure`` rests on; nothing where none is found."""
    ids = knowledge.rests_on(turn.session, measure.id)
    best = next((one.passage for one in found.candidates if one.passage.id in ids), None)
    return tuple(cut_article(turn.index, turn.search_text or turn.question, best)[:1]) if best else ()


def _edition(turn: Turn, found: LawFound) -> EditionAsked | None:
    law = found.named
    if law is None and turn.query.day and turn.query.day.names_edition:
        law = found.candidates[0].passage.document.id  # 旧法: of the law found
    if law is None:
        return None
    editions = knowledge.editions(turn.session, law, on=turn.today)
    return edition_asked(turn.query.day, editions, turn.today)


def _worth_showing(found: LawFound) -> list[PassageView]:
    best = found.candidates[0].score * _NEARLY_AS_WELL
    others = [one.passage for one in found.candidates[1:] if one.score >= best]
    return [found.candidates[0].passage, *others[: SHOWN - 1]]


def _ids(passages: list[PassageView]) -> tuple[str, ...]:
    return tuple(passage.id for passage in passages)
