"""Meaning beside words, for one process: an encoder, and the vectors of the index in use."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from indexer.encoders import Encoder, EncoderFailed, Vectors
from indexer.errors import GenerationDamaged
from indexer.folding import folded_text
from indexer.index import Index
from indexer.meaning import Meaning
from indexer.vectors import FILE, Text, VectorSet, by_kind, read_vectors, texts_of

_REMEMBERED = 512


@dataclass
class Semantics:
    """Says how close a question lies to each passage, or None while it cannot: then words alone decide.

    ``on_failure`` hears of every question that went without meaning because the encoder failed or the file of
    vectors is damaged, with the reason and whether it is a new one; ``problem`` is the latest, None once it
    works again. Safe to use from several threads.
    """

    root: Path
    encoder: Encoder
    on_failure: Callable[[str, bool], None] = lambda _problem, _is_news: None
    problem: str | None = None
    _name: str | None = None
    _seen: int | None = None
    _meanings: Mapping[str, Meaning] | None = None
    _vectors: VectorSet | None = None
    _questions: OrderedDict[Text, Vectors] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def closeness(
        self, index: Index, question: str, kinds: frozenset[str] | None = None
    ) -> dict[str, float] | None:
        """How close each passage of ``index``, or of its ``kinds``, lies to ``question``, by id.

        None where it is not to be had.
        """
        opened = self._opened(index, question)
        if opened is None:
            return None
        meanings, vector = opened
        wanted = [meaning for kind, meaning in meanings.items() if kinds is None or kind in kinds]
        found: dict[str, float] = {}
        for meaning in wanted:
            found.update(zip(meaning.passage_ids, meaning.closeness(vector).tolist(), strict=True))
        return found if wanted else None

    def nearest_variants(self, index: Index, question: str, kinds: frozenset[str]) -> float | None:
        """How similar ``question`` is to the few curated questions of ``kinds`` nearest to it, as a cosine.

        It compares between kinds, not between encoders. None where it is not to be had.
        """
        opened = self._opened(index, question)
        if opened is None:
            return None
        meanings, vector = opened
        return max((meanings[kind].nearest_variants(vector) for kind in kinds & meanings.keys()), default=0.0)

    def is_ready(self, index: Index) -> bool:
        """Whether the vectors of ``index`` are there and sound."""
        try:
            return self._meanings_of(index) is not None
        except GenerationDamaged:
            return False

    def _opened(self, index: Index, question: str) -> tuple[Mapping[str, Meaning], Vectors] | None:
        try:
            meanings = self._meanings_of(index)
            if meanings is None:
                return None
            vector = self._vector(Text(folded_text(question), is_question=True))
        except (EncoderFailed, GenerationDamaged) as error:
            is_news, self.problem = str(error) != self.problem, str(error)
            self.on_failure(self.problem, is_news)
            return None
        self.problem = None
        return meanings, vector

    def _meanings_of(self, index: Index) -> Mapping[str, Meaning] | None:
        """The opened vectors of ``index``, each kind by its own scale; looked for until they are there."""
        mark = self._mark(index)
        if (index.name, mark) == (self._name, self._seen):
            return self._meanings
        with self._lock:
            if (index.name, mark) != (self._name, self._seen):
                self._vectors = read_vectors(self.root / index.name, self.encoder.name)
                self._meanings = _by_kind(index, self._vectors) if self._vectors else None
                self._name, self._seen = index.name, mark
            return self._meanings

    def _mark(self, index: Index) -> int | None:
        try:
            return (self.root / index.name / FILE).stat().st_mtime_ns
        except OSError:
            return None

    def _vector(self, question: Text) -> Vectors:
        """The question's vector; the last few hundred are remembered, for people ask alike."""
        with self._lock:
            if question in self._questions:
                self._questions.move_to_end(question)
                return self._questions[question]
            known = self._vectors
        vector: Vectors
        if known and known.holds([question]):
            vector = known.of([question])[0]  # asked in the very words of a curated question
        else:
            vector = self.encoder.questions([question.content])[0]
        with self._lock:
            self._questions[question] = vector
            if len(self._questions) > _REMEMBERED:
                self._questions.popitem(last=False)
        return vector


def _by_kind(index: Index, vectors: VectorSet) -> dict[str, Meaning]:
    """The kinds that have all their vectors; the others are still being made."""
    return {
        kind: Meaning(entries, vectors)
        for kind, entries in by_kind(index).items()
        if vectors.holds(texts_of(entries))
    }
