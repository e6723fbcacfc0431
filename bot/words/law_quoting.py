"""What of an article is quoted: all of a short one, of a long one the paragraph or item that answers."""

from bot.finding import Evidence
from indexer.search.index import Index
from kb.documents.knowledge import PassageView
from kb.kinds import LAW_KINDS
from kb.text.article_parts import Paragraph, paragraphs

_SHORT_ENOUGH = 320
_BELONGS = 0.6
_MOST_ITEMS = 3


def cut_article(index: Index, query: str, passage: PassageView) -> list[Evidence]:
    """The spans of ``passage`` to quote for ``query``, in its order.

    Of a long article: the paragraphs that hold most of what is asked; of one with many items its lead, so
    that the rule is told, and those items. A paragraph is never cut inside a sentence.
    """
    body = passage.body
    whole = Evidence.body(passage)
    if len(body) <= _SHORT_ENOUGH:
        return [whole]
    parts = paragraphs(body)
    shares = [_share(index, query, body[part.start : part.end]) for part in parts]
    best = max(shares, default=0.0)
    if best == 0.0:
        return [_span(passage, parts[0].start, parts[0].end)] if parts else [whole]
    chosen = [
        part for part, share in zip(parts, shares, strict=True) if share >= best * _BELONGS
    ]  # fmt: skip
    return _joined(passage, [span for part in chosen for span in _of_paragraph(index, query, passage, part)])


def _of_paragraph(index: Index, query: str, passage: PassageView, part: Paragraph) -> list[tuple[int, int]]:
    """All of a paragraph, or its lead and the items that answer where it has many."""
    if not part.items or part.end - part.start <= _SHORT_ENOUGH:
        return [(part.start, part.end)]
    body = passage.body
    shares = [_share(index, query, body[item.start : item.end]) for item in part.items]
    best = max(shares)
    if best == 0.0:
        return [(part.start, part.end)]
    ranked = sorted(range(len(shares)), key=lambda at: -shares[at])[:_MOST_ITEMS]
    items = [part.items[at] for at in sorted(ranked) if shares[at] >= best * _BELONGS]
    return [(part.start, part.lead_end), *((item.start, item.end) for item in items)]


def _joined(passage: PassageView, spans: list[tuple[int, int]]) -> list[Evidence]:
    """Spans that follow each other with nothing but blanks between are one quote."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and not passage.body[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return [_span(passage, start, end) for start, end in joined]


def _span(passage: PassageView, start: int, end: int) -> Evidence:
    return Evidence(passage, passage.body_start + start, passage.body_start + end)


def _share(index: Index, query: str, text: str) -> float:
    return max((score.share for score in index.sentence_scores(query, text, kinds=LAW_KINDS)), default=0.0)
