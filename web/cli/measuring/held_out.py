"""The desk as it would answer without some curated questions, to be asked just those.

What is measured must not be indexed: a variant that stands in the index is found by its own words.
"""

import shutil
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from bot.desk.shared import Desk
from indexer.build.generation import current_name
from indexer.meaning.vectors import FILE
from kb.documents import knowledge
from kb.documents.indexing import rebuild_index
from web.clock import now
from web.state.encoder_choice import encoder_for
from web.state.front_desk import FrontDesk


@contextmanager
def without_author(front: FrontDesk, author: str) -> Iterator[FrontDesk]:
    """``front`` over an index that lacks what ``author`` wrote, answered and outside."""
    with front.sessions() as session:
        answered = knowledge.variants_by_author(session).get(author, ())
        outside = knowledge.outside_by_author(session).get(author, ())
    with without(front, {*(text for _, text in answered), *outside}) as others:
        yield others


@contextmanager
def without(front: FrontDesk, texts: Collection[str]) -> Iterator[FrontDesk]:
    """``front`` over an index that lacks these curated questions; vectors that exist are used again."""
    with tempfile.TemporaryDirectory(prefix="guanwen-held-out-") as folder:
        root = Path(folder)
        with front.sessions() as session:
            name = rebuild_index(session, root, now(), without=frozenset(texts))
        vectors = front.home.index / current_name(front.home.index) / FILE
        if vectors.exists():
            shutil.copy(vectors, root / name / FILE)
        # A front that answers by words alone does so without these questions too.
        encoder = encoder_for(front.settings) if front.desk.semantics else None
        desk = Desk.open(root, front.desk.code_key, encoder)
        yield replace(front, desk=desk)
