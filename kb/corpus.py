"""The corpus read from its folder, whole or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kb.agency_file import read_agencies
from kb.agency_registry import AgencyRegistry, SourceAgency
from kb.curated_words import OutsideQuestion, SourceConcept, SourceVariant
from kb.errors import CorpusRefused
from kb.outline import Mention
from kb.outside_questions import check_outside, read_outside
from kb.problems import Problem
from kb.question_variants import CheckedVariants, check_variants, read_variants
from kb.source_documents import Node, SourceDocument, read_document
from kb.source_files import SourceFile, read_source
from kb.vocabulary import read_vocabulary

__all__ = [
    "Corpus",
    "Mention",
    "Node",
    "OutsideQuestion",
    "SourceAgency",
    "SourceConcept",
    "SourceDocument",
    "SourceVariant",
    "load_corpus",
]


@dataclass(frozen=True)
class Corpus:
    """Everything in the folder, consistent in itself. ``warnings`` is what a curator may want to tidy up."""

    documents: tuple[SourceDocument, ...]
    agencies: tuple[SourceAgency, ...]
    variants: tuple[SourceVariant, ...]
    concepts: tuple[SourceConcept, ...]
    outside: tuple[OutsideQuestion, ...]
    warnings: tuple[Problem, ...]


def load_corpus(folder: Path) -> Corpus:
    """The corpus in ``folder``. CorpusRefused carries every problem of every file, by file and line."""
    reading = _Reading(folder)
    corpus = reading.corpus()
    if reading.problems:
        raise CorpusRefused(sorted(set(reading.problems)))
    return corpus


@dataclass
class _Reading:
    """One reading of one folder, and the problems met on the way."""

    folder: Path
    problems: list[Problem] = field(default_factory=list)

    def corpus(self) -> Corpus:
        """What could be read; of use only if there are no problems."""
        agencies = self._agencies()
        documents = self._documents(agencies)
        checked = self._variants(documents)
        return Corpus(
            documents=tuple(document for document in documents.values() if document),
            agencies=tuple(agencies or ()),
            variants=checked.variants,
            concepts=self._concepts(),
            outside=self._outside(checked.variants),
            warnings=checked.warnings,
        )

    def _agencies(self) -> AgencyRegistry | None:
        sources = self._read([self.folder / "agencies.toml"])
        if not sources:
            return None
        agencies, problems = read_agencies(sources[0])
        self.problems.extend(problems)
        return agencies

    def _documents(self, agencies: AgencyRegistry | None) -> dict[str, SourceDocument | None]:
        """By the name of the file, which is the id; None for a document that is not sound."""
        paths = sorted(self.folder.glob("documents/*.md"))
        if not paths:
            self.problems.append(Problem("documents", 1, "一份文件也没有", "there are no documents"))
        documents: dict[str, SourceDocument | None] = dict.fromkeys(path.stem for path in paths)
        for source in self._read(paths):
            document, problems = read_document(source, agencies)
            documents[source.stem] = document
            self.problems.extend(problems)
        return documents

    def _variants(self, documents: Mapping[str, SourceDocument | None]) -> CheckedVariants:
        placed = []
        for source in self._files("questions/*.jsonl"):
            found, problems = read_variants(source)
            placed.extend(found)
            self.problems.extend(problems)
        citable = {key: document.citable if document else None for key, document in documents.items()}
        checked = check_variants(placed, citable)
        self.problems.extend(checked.problems)
        return checked

    def _concepts(self) -> tuple[SourceConcept, ...]:
        """A corpus may do without a vocabulary."""
        concepts: list[SourceConcept] = []
        for source in self._files("vocabulary.toml"):
            found, problems = read_vocabulary(source)
            concepts.extend(found)
            self.problems.extend(problems)
        return tuple(concepts)

    def _outside(self, variants: Sequence[SourceVariant]) -> tuple[OutsideQuestion, ...]:
        """What no document answers; a corpus may do without."""
        placed = []
        for source in self._files("outside/*.jsonl"):
            found, problems = read_outside(source)
            placed.extend(found)
            self.problems.extend(problems)
        questions, problems = check_outside(placed, (variant.text for variant in variants))
        self.problems.extend(problems)
        return questions

    def _files(self, pattern: str) -> list[SourceFile]:
        return self._read(sorted(self.folder.glob(pattern)))

    def _read(self, paths: Sequence[Path]) -> list[SourceFile]:
        read = [read_source(self.folder, path) for path in paths]
        self.problems.extend(one for one in read if isinstance(one, Problem))
        return [one for one in read if isinstance(one, SourceFile)]
