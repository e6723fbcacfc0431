"""Whether a passage has words for what a question names."""

from bot.question.names.mentions import Sort
from bot.question.query import Query
from indexer.text.folding import folded_text
from kb.documents.knowledge import PassageView


def speaks_of(query: Query, passage: PassageView) -> bool:
    """Whether ``passage`` has words for a matter that the question names behind its head."""
    text = folded_text(passage.text)
    return any(
        passage.id in one.value.covers
        if one.sort is Sort.SUBJECT
        else any(folded_text(word) in text for word in (one.value.term, *one.value.says))
        for one in query.own_matters
    )
