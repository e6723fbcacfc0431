"""Finding articles in an edition that is not in force and so not in the index: by reading it through."""

from bot.question.patterns import compiled
from bot.turn import Turn
from indexer.text.folding import folded_text
from kb.documents import knowledge
from kb.documents.knowledge import DocumentView, PassageView
from kb.kinds import LAW_KINDS

_SHOWN = 3
# What ties a question to the name before it, and says nothing of its matter: 条例规定多久, 条例里谁.
_OF_THE_LAW = compiled(
    [
        "^(版|的)+",
        "^(的|里|中|上|对|规定|关于|是|怎么|如何|有什么)+|(怎么|如何|是怎么|有什么)规定的?$",
    ]
)


def search_edition(turn: Turn, edition: DocumentView) -> list[PassageView]:
    """The articles of ``edition`` that hold most of the question close together, best first; at least one."""
    return [passage for passage, _ in ranked_articles(turn, edition)]


def ranked_articles(turn: Turn, edition: DocumentView) -> list[tuple[PassageView, float]]:
    """The same, with the share of the question that each holds, from 0 to 1."""
    query = _without_names(turn)
    found = knowledge.passages_of_edition(turn.session, edition.id, edition.version, on=turn.today)
    articles = [passage for passage in found if passage.kind == "article"]
    shares = [(passage, _share(turn, query, passage)) for passage in articles]
    return sorted(shares, key=lambda one: -one[1])[:_SHOWN]


def _without_names(turn: Turn) -> str:
    """The question without the law it names: in that law every article about itself holds those words."""
    query = folded_text(turn.search_text or turn.question)
    named = turn.desk.law_names(turn.session, turn.index).find(query)
    for start, end in sorted({(law.start, law.end) for law in named}, reverse=True):
        query = query[:start] + query[end:]
    if turn.query.day:
        query = query.replace(turn.query.day.words, "")
    for pattern in _OF_THE_LAW:
        query = pattern.sub("", query.strip())
    return query or turn.question


def _share(turn: Turn, query: str, passage: PassageView) -> float:
    scores = turn.index.sentence_scores(query, passage.body, kinds=LAW_KINDS)
    return max((score.share for score in scores), default=0.0)
