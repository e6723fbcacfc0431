"""The last check before words go out as policy: they are what the edition holds, letter for letter."""

import hashlib

from kb.documents.passages import PassageView
from kb.errors import CitationBroken


def verify_citation(passage: PassageView, start: int, end: int, quote: str, sha256: str) -> None:
    """Raise ``CitationBroken`` unless ``quote`` stands at ``start:end`` in a passage as it was stored.

    ``sha256`` is the digest that came with the citation. The passage's text is digested anew, so that words
    changed anywhere between the stored digest and the answer are found.
    """
    if sha256 != passage.sha256 or hashlib.sha256(passage.text.encode()).hexdigest() != passage.sha256:
        raise CitationBroken(f"{passage.id}: the text is not the one that was digested")
    if not passage.start <= start < end <= passage.end:
        raise CitationBroken(f"{passage.id}: {start}:{end} lies outside {passage.start}:{passage.end}")
    if passage.text[start - passage.start : end - passage.start] != quote:
        raise CitationBroken(f"{passage.id}: the quotation is not what stands at {start}:{end}")
