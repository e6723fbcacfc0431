"""The corpus read from its folder, whole or not at all."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kb.corpus.agency_file import read_agencies
from kb.corpus.curated_words import OutsideQuestion, SourceConcept, SourceVariant, read_vocabulary
from kb.corpus.document_subjects import SourceSubject, read_subjects
from kb.corpus.hotlines import SourceHotline, read_hotlines
from kb.corpus.jurisdictions import SourceJurisdictions, read_jurisdictions
from kb.corpus.law_package import SOURCE, law_data, read_laws
from kb.corpus.law_sources import LawSource, read_law_sources
from kb.corpus.legal_bases import SourceBasis, check_bases, read_bases
from kb.corpus.outside_questions import check_outside, read_outside
from kb.corpus.question_variants import CheckedVariants, check_variants, read_variants
from kb.corpus.source_documents import Node, SourceDocument, read_document
from kb.corpus.source_files import SourceFile, read_source
from kb.corpus.toml_records import TomlRecord
from kb.errors import CorpusRefused
from kb.problems import Problem
from kb.text.agency_registry import AgencyRegistry, SourceAgency
from kb.text.outline import Mention

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
    """Everything in the folder, consistent in itself. ``warnings`` is what a curator may want to tidy up.

    ``laws`` are those that ``sources.toml`` names; ``absent`` those of them whose text is not at hand, since
    the package that carries it is not installed: what was loaded of them before stays. ``subjects`` are by
    the id of the document that they were reviewed for.
    """

    documents: tuple[SourceDocument, ...]
    agencies: tuple[SourceAgency, ...]
    variants: tuple[SourceVariant, ...]
    concepts: tuple[SourceConcept, ...]
    outside: tuple[OutsideQuestion, ...]
    warnings: tuple[Problem, ...]
    laws: tuple[LawSource, ...] = ()
    absent: frozenset[str] = frozenset()
    bases: tuple[SourceBasis, ...] = ()
    hotlines: tuple[SourceHotline, ...] = ()
    jurisdictions: SourceJurisdictions | None = None
    subjects: Mapping[str, tuple[SourceSubject, ...]] = field(default_factory=dict)


def load_corpus(folder: Path, today: date | None = None) -> Corpus:
    """The corpus in ``folder``. CorpusRefused carries every problem of every file, by file and line.

    ``today``, if given, is the last day on which anything can have been checked.
    """
    reading = _Reading(folder, today)
    corpus = reading.corpus()
    if reading.problems:
        raise CorpusRefused(sorted(set(reading.problems)))
    return corpus


@dataclass
class _Reading:
    """One reading of one folder, and the problems met on the way."""

    folder: Path
    today: date | None = None
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def corpus(self) -> Corpus:
        """What could be read; of use only if there are no problems."""
        jurisdictions = self._jurisdictions()
        agencies = self._agencies(jurisdictions)
        documents = self._documents(agencies)
        sources = self._sources()
        laws = self._laws([record.value for record in sources])
        absent = frozenset(key for key, editions in laws.items() if not editions)
        checked = self._variants(documents, laws)
        return Corpus(
            documents=(
                *(document for document in documents.values() if document),
                *(edition for editions in laws.values() for edition in editions),
            ),
            agencies=tuple(agencies or ()),
            variants=checked.variants,
            concepts=self._concepts(),
            outside=self._outside(checked.variants),
            warnings=(*checked.warnings, *self.warnings),
            laws=tuple(record.value for record in sources),
            absent=absent,
            bases=self._bases(documents, laws),
            hotlines=self._hotlines(agencies),
            jurisdictions=jurisdictions,
            subjects=self._subjects(documents, laws),
        )

    def _jurisdictions(self) -> SourceJurisdictions | None:
        """A corpus may do without, and then knows no place."""
        jurisdictions = None
        for source in self._files("jurisdictions.toml"):
            jurisdictions, problems = read_jurisdictions(source)
            self.problems.extend(problems)
        return jurisdictions

    def _hotlines(self, agencies: AgencyRegistry | None) -> tuple[SourceHotline, ...]:
        """A corpus may do without hotlines."""
        hotlines: list[SourceHotline] = []
        known = None if agencies is None else {agency.id for agency in agencies}
        for source in self._files("hotlines.toml"):
            found, problems = read_hotlines(source, known, self.today)
            hotlines.extend(found)
            self.problems.extend(problems)
        return tuple(hotlines)

    def _subjects(
        self,
        documents: Mapping[str, SourceDocument | None],
        laws: Mapping[str, Sequence[SourceDocument]],
    ) -> dict[str, tuple[SourceSubject, ...]]:
        """A document may do without subjects."""
        subjects: dict[str, tuple[SourceSubject, ...]] = {}
        for source in self._files("subjects/*.toml"):
            subjects[source.stem], problems = read_subjects(source, _citable(documents, laws))
            self.problems.extend(problems)
        return subjects

    def _bases(
        self,
        documents: Mapping[str, SourceDocument | None],
        laws: Mapping[str, Sequence[SourceDocument]],
    ) -> tuple[SourceBasis, ...]:
        """A corpus may do without legal bases."""
        records: list[TomlRecord[SourceBasis]] = []
        for source in self._files("legal_basis.toml"):
            found, problems = read_bases(source)
            records.extend(found)
            self.problems.extend(problems)
        self.problems.extend(check_bases(records, _citable(documents, laws)))
        return tuple(record.value for record in records)

    def _sources(self) -> list[TomlRecord[LawSource]]:
        """A corpus may do without laws."""
        records: list[TomlRecord[LawSource]] = []
        for source in self._files("sources.toml"):
            found, problems = read_law_sources(source)
            records.extend(found)
            self.problems.extend(problems)
        return records

    def _laws(self, sources: Sequence[LawSource]) -> dict[str, list[SourceDocument]]:
        """The editions of each law. Without the data the rest of the corpus is still of use."""
        path = law_data() if sources else None
        if path is None:
            if sources:
                self.warnings.append(_no_data("没有安装法律数据", "the data of laws is not installed"))
            return {source.id: [] for source in sources}
        try:
            laws = read_laws(path, sources)
        except sqlite3.Error as error:
            self.warnings.append(_no_data("法律数据读不出来", f"the data of laws cannot be read: {error}"))
            return {source.id: [] for source in sources}
        missing = [source.title for source in sources if not laws[source.id]]
        self.problems.extend(
            Problem("sources.toml", 1, f"法律数据里没有《{title}》", f"the data holds no law called {title}")
            for title in missing
        )
        return laws

    def _agencies(self, jurisdictions: SourceJurisdictions | None) -> AgencyRegistry | None:
        sources = self._read([self.folder / "agencies.toml"])
        if not sources:
            return None
        unreadable = jurisdictions is None and (self.folder / "jurisdictions.toml").exists()
        known = jurisdictions.ids if jurisdictions else None if unreadable else frozenset[str]()
        agencies, problems = read_agencies(sources[0], known, self.today)
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

    def _variants(
        self,
        documents: Mapping[str, SourceDocument | None],
        laws: Mapping[str, Sequence[SourceDocument]],
    ) -> CheckedVariants:
        """An article that any edition of a law holds may be asked for."""
        placed = []
        for source in self._files("questions/*.jsonl"):
            found, problems = read_variants(source)
            placed.extend(found)
            self.problems.extend(problems)
        checked = check_variants(placed, _citable(documents, laws))
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


def _citable(
    documents: Mapping[str, SourceDocument | None], laws: Mapping[str, Sequence[SourceDocument]]
) -> dict[str, frozenset[str] | None]:
    """The sections of each document, of a law those of all its editions; None where they are not known."""
    sections = {key: document.citable if document else None for key, document in documents.items()}
    for key, editions in laws.items():
        of_all = frozenset[str]().union(*(edition.citable for edition in editions))
        sections[key] = of_all if editions else None
    return sections


def _no_data(zh: str, en: str) -> Problem:
    return Problem(
        "sources.toml",
        1,
        f"{zh}（{SOURCE}），因此没有载入法律；运行 make laws 可以装上",
        f"{en} ({SOURCE}), so no law is loaded; make laws installs it",
    )
