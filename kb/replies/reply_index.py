"""The index of published replies: small, so that it is built anew within a second of a publication.

The big index holds the corpus and takes long to build. This one holds the replies and, beside them, the plans
with their question variants, so that what is rare and what is common is weighed as in the big one, and a
question that a plan answers better is seen to be.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from indexer.build.generation import build_generation
from indexer.stored.fields import Entry
from kb.documents import knowledge
from kb.documents.indexing import entries, user_words
from kb.documents.passage_queries import in_force, read_passages
from kb.kinds import REPLY
from kb.replies import replies_in_force
from kb.store.tables.documents import Passage
from kb.working_time import CHINA

_BACKGROUND = "measure"


@dataclass(frozen=True)
class ReplyContents:
    """All that the index of replies is made of; equal contents make the same index."""

    entries: tuple[Entry, ...]
    words: tuple[str, ...]


def read_contents(session: Session, now: datetime) -> ReplyContents | None:
    """What the index of replies must hold at ``now``; None while there are no replies in force."""
    today = now.astimezone(CHINA).date()
    replies = replies_in_force.passages(session, on=today)
    if not replies:
        return None
    # Chosen by the database: to read all of the laws for the sake of the plans would take long.
    measures = read_passages(session, Passage.citable, Passage.kind == _BACKGROUND, in_force(today))
    texts = (passage.text for passage in (*measures, *replies))
    words = user_words(knowledge.agencies(session), knowledge.concepts(session), texts)
    # Of one kind, so that replies are weighed by the statistics of both.
    found = entries([*measures, *replies], knowledge.variants(session))
    return ReplyContents(tuple(replace(entry, kind=REPLY) for entry in found), tuple(words))


def build(root: Path, contents: ReplyContents, now: datetime) -> str:
    """Build the index and switch to it; its generation's name. Nothing is written if it is there already."""
    return build_generation(root, contents.entries, contents.words, now)
