"""Small corpora made in code, for what the repository's own cannot show."""

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from kb.corpus.folder import Corpus, Mention, Node, SourceAgency, SourceConcept, SourceDocument, SourceVariant
from kb.text.front_matter import FrontMatter

FERRY = SourceAgency("ferry-office", "渡口办", "渡口辦", ("轮渡办",), False, (), None)


def make_document(
    document_id: str = "ferry-rules",
    articles: Sequence[str] = ("渡口每日六时开放。", "行人免费，自行车一元。"),
    **front_matter: Any,
) -> SourceDocument:
    """A law with these articles, the first of which names the ferry office."""
    text, nodes = "", []
    for number, article in enumerate(articles, 1):
        label = f"第{number}条"
        start, body = len(text), len(text) + len(label) + 1
        text += f"{label} {article}\n"
        end = len(text) - 1
        mentions = (Mention(FERRY.id, article[:2], "sole", body, body + 2),) if number == 1 else ()
        nodes.append(Node("article", str(number), label, None, start, end, body, end, None, True, mentions))
    meta = {
        "id": document_id,
        "title": "渡口规则",
        "kind": "plan",
        "number": None,
        "issuer": "渡口办",
        "issued_on": date(2025, 1, 1),
        "effective_on": None,
        "expires_on": None,
        "status": "in_force",
        "script": "hans",
        "source": "渡口办网站",
    }
    digest = hashlib.sha256(text.encode()).hexdigest()
    return SourceDocument(
        FrontMatter(**{**meta, **front_matter}), text, digest, tuple(nodes), Path(f"{document_id}.md")
    )


def make_corpus(
    *documents: SourceDocument,
    agencies: Sequence[SourceAgency] = (FERRY,),
    variants: Sequence[SourceVariant] = (),
    concepts: Sequence[SourceConcept] = (),
) -> Corpus:
    """A corpus of these parts."""
    return Corpus(documents, tuple(agencies), tuple(variants), tuple(concepts), (), ())
