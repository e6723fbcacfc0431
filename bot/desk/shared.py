"""The desk an asker comes to: the open index, the curated words, and how sure an answer must be."""

from dataclasses import dataclass, field
from pathlib import Path

from bot.desk.generation_cache import GenerationCache
from bot.desk.prepared_index import PreparedIndex
from bot.find.confidence import ConfidenceModel
from bot.question.names.law_names import LawNames
from bot.question.names.lexicon import Lexicon
from bot.question.names.policy_words import PolicyWords
from bot.question.names.spelling import Speller
from indexer.errors import IndexerError
from indexer.meaning.encoders import Encoder
from indexer.meaning.semantics import Semantics
from indexer.reader import IndexReader
from indexer.search.index import Index
from kb.documents import directory, knowledge
from kb.store.db import Session
from kb.tickets.service_promise import Promise

DEFAULT_PROMISE = Promise()


@dataclass
class Desk:
    """What every question shares in one process; safe to use from several threads.

    ``code_key`` signs the access codes of kept questions; ``promise`` says by when they are answered.
    ``semantics`` is None where questions are answered by words alone. ``dropped`` counts the hits that fell
    away since the process began because their passage is gone, changed or no longer in force: a stale index
    shows here.
    """

    reader: IndexReader
    code_key: bytes
    semantics: Semantics | None = None
    replies: IndexReader | None = None
    reply_semantics: Semantics | None = None
    promise: Promise = field(default_factory=Promise)
    confidence: ConfidenceModel = field(default_factory=ConfidenceModel.load)
    dropped: int = 0
    _lexicons: GenerationCache[Lexicon] = field(default_factory=GenerationCache)
    _reply_lexicons: GenerationCache[Lexicon] = field(default_factory=GenerationCache)
    _spellers: GenerationCache[Speller] = field(default_factory=GenerationCache)
    _law_names: GenerationCache[LawNames] = field(default_factory=GenerationCache)
    _prepared: PreparedIndex = field(default_factory=PreparedIndex)
    _policy_words: PolicyWords = field(default_factory=PolicyWords)

    @classmethod
    def open(
        cls,
        index_root: Path,
        code_key: bytes,
        encoder: Encoder | None = None,
        *,
        replies_root: Path | None = None,
        promise: Promise = DEFAULT_PROMISE,
    ) -> "Desk":
        """A desk over the index at ``index_root``; a missing or damaged one is an IndexerError.

        With an ``encoder``, meaning is used from the moment the index has vectors. ``replies_root``: where
        the index of published replies stands, once there are any. ``promise``: by when a kept question is
        answered.
        """
        semantics = Semantics(index_root, encoder) if encoder else None
        replies = IndexReader(replies_root) if replies_root else None
        reply_semantics = Semantics(replies_root, encoder) if replies_root and encoder else None
        return cls(IndexReader(index_root), code_key, semantics, replies, reply_semantics, promise)

    def reply_index(self) -> Index | None:
        """The index of published replies; None while there is none."""
        try:
            return self.replies.current() if self.replies else None
        except IndexerError:
            return None

    def reply_lexicon(self, session: Session, index: Index) -> Lexicon:
        """The curated words together with the texts of the index of replies."""
        return self._reply_lexicons.get(index.name, lambda: self._make_lexicon(session, index))

    def lexicon(self, session: Session, index: Index) -> Lexicon:
        """The curated words of ``index``'s generation: a corpus change makes a new generation."""
        return self._lexicons.get(index.name, lambda: self._make_lexicon(session, index))

    def speller(self, index: Index, lexicon: Lexicon) -> Speller:
        """The speller of ``index``'s generation."""
        return self._spellers.get(index.name, lambda: Speller.of(index, lexicon, self._policy_words))

    def law_names(self, session: Session, index: Index) -> LawNames:
        """The names of the laws that are loaded."""
        return self._law_names.get(index.name, lambda: LawNames.of(index.name, knowledge.law_names(session)))

    def current_index(self, session: Session) -> Index:
        """The index to answer from, with all that belongs to it made; an unusable one is an IndexerError.

        Where a build has switched generations, the thread that notices makes this for the new one, and all
        others go on answering from the one before until it is made.
        """
        return self._prepared.of(self.reader.current(), lambda index: self._prepare(session, index))

    def _make_lexicon(self, session: Session, index: Index) -> Lexicon:
        names = self.law_names(session, index).names
        words = (knowledge.agencies(session), knowledge.concepts(session), names, _headings(session))
        return Lexicon.of(index, *words, knowledge.subjects(session), directory.hotlines(session))

    def _prepare(self, session: Session, index: Index) -> None:
        self.speller(index, self.lexicon(session, index))
        self.law_names(session, index)


def _headings(session: Session) -> dict[str, str]:
    """The headings of the plans' parts and measures, each with its section."""
    return {
        node.heading: node.section
        for plan in knowledge.documents(session, kind="plan")
        for node in knowledge.outline(session, plan.id)
        if node.heading
    }
