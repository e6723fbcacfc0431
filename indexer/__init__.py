"""Chinese text in; tokens, vectors and scores out.

Knows how text is folded, cut into terms, counted, stored as a generation and searched, and nothing of what
the texts are: no document, agency, question or answer, no database, no settings and no clock. Whoever calls
hands in entries, words and times, and gets back positions and numbers.
"""

__all__ = [
    "bm25",
    "errors",
    "fields",
    "folding",
    "generation",
    "index",
    "phrases",
    "reader",
    "script",
    "segmentation",
    "sentences",
    "terms",
    "windows",
]
