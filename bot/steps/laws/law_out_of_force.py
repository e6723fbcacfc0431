"""Answers from a law that is named and no longer, or not yet, in force: marked, and not from the index."""

from bot.answer import Reason, Status
from bot.finding import Finding, Form, Note
from bot.question.laws.law_editions import edition_asked
from bot.steps.laws.law_answers import law_finding
from bot.steps.laws.old_edition_search import ranked_articles
from bot.turn import Turn
from bot.words.law_notes import notes_of
from kb.documents import knowledge
from kb.documents.knowledge import DocumentView

# So much of the question one sentence of the best article has to hold; of others nearly as much.
_ENOUGH = 0.4
_NEARLY_AS_MUCH = 0.9


def answer_from_law_out_of_force(turn: Turn) -> Finding | None:
    """The articles that answer, where the question names one law and no edition of it is in force today.

    Where no article holds enough of the question, that it is so. None for any other question.
    """
    named = turn.desk.law_names(turn.session, turn.index).find(turn.query.text)
    laws = {law.document_id for law in named}
    if len(laws) != 1:
        return None
    (law,) = laws
    if knowledge.document(turn.session, law, on=turn.present_day).status == "in_force":
        return None
    editions = knowledge.editions(turn.session, law, on=turn.today)
    asked = edition_asked(turn.query.day, editions, turn.today)
    ranked = ranked_articles(turn, asked.edition)
    best = max((share for _, share in ranked), default=0.0)
    if best < _ENOUGH:
        return _nothing(turn, asked.edition)
    passages = [passage for passage, share in ranked if share >= best * _NEARLY_AS_MUCH]
    return law_finding(turn, passages, notes_of(turn, asked, passages[:1]), best)


def _nothing(turn: Turn, edition: DocumentView) -> Finding:
    about = {"title": edition.title, "since": edition.starts_on.isoformat()}
    note = Note("nothing_in_law_out_of_force", about)
    if edition.ended_by and edition.ended_on:
        by = knowledge.document(turn.session, edition.ended_by, on=turn.today).title
        note = Note("nothing_in_repealed_law", {**about, "until": edition.ended_on.isoformat(), "by": by})
    return Finding(Status.UNANSWERED, Form.ARTICLES, Reason.NO_MATCH, notes=(note,), keep=True)
