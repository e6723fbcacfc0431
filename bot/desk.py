"""The desk an asker comes to: the open index, the curated words, and how sure an answer must be."""

from dataclasses import dataclass, field
from pathlib import Path

from bot.confidence import ConfidenceModel
from bot.law_names import LawNames
from bot.lexicon import Lexicon
from indexer.index import Index
from indexer.reader import IndexReader
from kb import knowledge
from kb.db import Session


@dataclass
class Desk:
    """What every question shares in one process; safe to use from several threads.

    ``code_key`` signs the access codes of kept questions. ``dropped`` counts the hits that fell away since
    the process began because their passage is gone, changed or no longer in force: a stale index shows here.
    """

    reader: IndexReader
    code_key: bytes
    confidence: ConfidenceModel = field(default_factory=ConfidenceModel.load)
    dropped: int = 0
    _lexicon: Lexicon | None = None
    _law_names: LawNames | None = None

    @classmethod
    def open(cls, index_root: Path, code_key: bytes) -> "Desk":
        """A desk over the index at ``index_root``; a missing or damaged one is an IndexerError."""
        return cls(IndexReader(index_root), code_key)

    def lexicon(self, session: Session, index: Index) -> Lexicon:
        """The curated words of ``index``'s generation, read once: a corpus change makes a new generation."""
        lexicon = self._lexicon
        if lexicon is None or lexicon.index_name != index.name:
            lexicon = Lexicon.of(index, knowledge.agencies(session), knowledge.concepts(session))
            self._lexicon = lexicon
        return lexicon

    def law_names(self, session: Session, index: Index) -> LawNames:
        """The names of the laws that are loaded, read once a generation like the curated words."""
        names = self._law_names
        if names is None or names.index_name != index.name:
            names = LawNames.of(index.name, knowledge.law_names(session))
            self._law_names = names
        return names
