"""The last check before an answer goes out: every quote is a span of a passage in force."""

from collections.abc import Sequence

from bot.answer import Citation
from kb.documents import knowledge
from kb.errors import CitationBroken


def citations_hold(citations: Sequence[Citation]) -> bool:
    """Whether each quote equals its span of the passage, and the passage still has its stored digest."""
    try:
        for citation in citations:
            knowledge.verify_citation(
                citation.passage, citation.start, citation.end, citation.quote, citation.passage.sha256
            )
    except CitationBroken:
        return False
    return True
