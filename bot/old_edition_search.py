"""Finding articles in an edition that is not in force and so not in the index: by reading it through."""

from bot.source_kinds import LAW_KINDS
from bot.turn import Turn
from kb import knowledge
from kb.knowledge import DocumentView, PassageView

_SHOWN = 3


def search_edition(turn: Turn, edition: DocumentView) -> list[PassageView]:
    """The articles of ``edition`` that hold most of the question close together, best first; at least one."""
    query = turn.query or turn.question
    articles = [
        passage
        for passage in knowledge.passages_of_edition(turn.session, edition.id, edition.version, on=turn.today)
        if passage.kind == "article"
    ]
    ranked = sorted(articles, key=lambda passage: -_share(turn, query, passage))
    return ranked[:_SHOWN]


def _share(turn: Turn, query: str, passage: PassageView) -> float:
    scores = turn.index.sentence_scores(query, passage.body, kinds=LAW_KINDS)
    return max((score.share for score in scores), default=0.0)
