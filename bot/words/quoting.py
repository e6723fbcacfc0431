"""Cutting a quote: the sentences of a passage that answer, from its verbatim text."""

from bot.finding import Evidence
from bot.question.sorts.particulars import stated_at
from indexer.search.index import Index
from kb.documents.knowledge import PassageView

_SHORT_ENOUGH_TO_SHOW_WHOLE = 60
_BELONGS = 0.45
_TELLING = 0.3


def cut_quote(index: Index, query: str, passage: PassageView) -> Evidence:
    """The run of sentences in ``passage`` that carries what ``query`` asks, without number and agencies.

    A sentence belongs if it holds at least ``_BELONGS`` of what the best sentence holds of the query. The
    run is kept whole between the first and the last that belong, so that a quote never leaves out a
    condition that stands in between. A sentence that gives a particular asked for (多久: 24小时内) belongs in
    whatever words it is put. Where no sentence shares much with the query (the question came in other words),
    the whole body is the quote: cutting would then be guessing.
    """
    body = Evidence.body(passage)
    if len(body.quote) <= _SHORT_ENOUGH_TO_SHOW_WHOLE:
        return body
    scores = index.sentence_scores(query, body.quote, kinds=frozenset((passage.document.kind,)))
    best = max((score.share for score in scores), default=0.0)
    if best < _TELLING:
        return body
    given = stated_at(query, body.quote)
    chosen = [
        score
        for score in scores
        if score.share >= best * _BELONGS or any(score.start <= start < score.end for start, _ in given)
    ]
    quote_start = body.start + min(score.start for score in chosen)
    quote_end = body.start + max(score.end for score in chosen)
    return _without_edge_space(Evidence(passage, quote_start, quote_end))


def _without_edge_space(evidence: Evidence) -> Evidence:
    quote = evidence.quote
    lead = len(quote) - len(quote.lstrip())
    return Evidence(evidence.passage, evidence.start + lead, evidence.start + len(quote.rstrip()))
