"""Reading ``vocabulary.toml``: trade words, and what people say for them."""

from pydantic import TypeAdapter

from kb.corpus.curated_words import SourceConcept
from kb.corpus.duplicates import duplicate_ids, duplicate_words
from kb.corpus.source_files import SourceFile
from kb.corpus.toml_records import read_records
from kb.problems import Problem

_CONCEPT = TypeAdapter(SourceConcept)


def read_vocabulary(source: SourceFile) -> tuple[tuple[SourceConcept, ...], list[Problem]]:
    """The concepts in the order of the file, and everything that is wrong with them.

    A word belongs to one concept and is listed once, script and width apart.
    """
    records, problems = read_records(source, "concept", _CONCEPT)
    concepts = tuple(record.value for record in records)
    return concepts, [*problems, *duplicate_ids(records), *duplicate_words(records, _words)]


def _words(concept: SourceConcept) -> list[tuple[str, str]]:
    return [("term", concept.term), *(("says", word) for word in concept.says)]
