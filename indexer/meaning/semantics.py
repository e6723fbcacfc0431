"""Meaning beside words, for one process: an encoder, and the vectors of the index in use."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from threading import Lock

from indexer.errors import GenerationDamaged
from indexer.meaning.closeness_in_meaning import Compared, Meaning, Nearness
from indexer.meaning.encoders import Encoder, EncoderFailed, Vectors
from indexer.meaning.vectors import FILE, Text, VectorSet, by_kind, read_vectors, texts_of
from indexer.search.index import Index
from indexer.text.folding import folded_text

_REMEMBERED = 512
_COMPARED = 64

_Meanings = Mapping[str, Meaning | None]


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
    _meanings: _Meanings | None = None
    _vectors: VectorSet | None = None
    _questions: OrderedDict[Text, Vectors] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        # One answer asks the same of the same passages several times.
        self._compared = lru_cache(maxsize=_COMPARED)(self._compare)

    def closeness(self, index: Index, question: str, kinds: frozenset[str] | None = None) -> Nearness | None:
        """How close each passage of ``index``, or of its ``kinds``, lies to ``question``, by id.

        None where it is not to be had for all of them.
        """
        compared = self._asked(index, question, kinds)
        return Nearness(compared) if compared else None

    def nearest_variants(self, index: Index, question: str, kinds: frozenset[str]) -> float | None:
        """How similar ``question`` is to the few curated questions of ``kinds`` nearest to it, as a cosine.

        It compares between kinds, not between encoders. None where it is not to be had.
        """
        compared = self._asked(index, question, kinds)
        if compared is None:
            return None
        return max((one.nearest_variants for _, one in compared), default=0.0)

    def is_ready(self, index: Index) -> bool:
        """Whether the vectors of ``index`` are there and sound."""
        try:
            return self._meanings_of(index) is not None
        except GenerationDamaged:
            return False

    def _asked(
        self, index: Index, question: str, kinds: frozenset[str] | None
    ) -> list[tuple[Meaning, Compared]] | None:
        try:
            meanings = self._meanings_of(index)
            if meanings is None:
                return None
            wanted = [meaning for kind, meaning in meanings.items() if kinds is None or kind in kinds]
            asked = Text(folded_text(question), is_question=True)
            # What is still being made for one kind must not put the other kinds ahead of it.
            found = [(one, self._compared(one, asked)) for one in wanted if one] if all(wanted) else None
        except (EncoderFailed, GenerationDamaged) as error:
            is_news, self.problem = str(error) != self.problem, str(error)
            self.on_failure(self.problem, is_news)
            return None
        self.problem = None
        return found

    def _compare(self, meaning: Meaning, question: Text) -> Compared:
        return meaning.compared(self._vector(question))

    def _meanings_of(self, index: Index) -> _Meanings | None:
        """The opened vectors of ``index``, each kind by its own scale; looked for until they are there."""
        mark = self._mark(index)
        if (index.name, mark) == (self._name, self._seen):
            return self._meanings
        with self._lock:
            if (index.name, mark) != (self._name, self._seen):
                self._vectors = read_vectors(self.root / index.name, self.encoder.name)
                self._meanings = _by_kind(index, self._vectors) if self._vectors else None
                self._name, self._seen = index.name, mark
                self._compared.cache_clear()  # the old vectors would stay as long
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


def _by_kind(index: Index, vectors: VectorSet) -> _Meanings:
    """Each kind with its vectors, or with None while they are still being made."""
    return {
        kind: Meaning(entries, vectors) if vectors.holds(texts_of(entries)) else None
        for kind, entries in by_kind(index).items()
    }
