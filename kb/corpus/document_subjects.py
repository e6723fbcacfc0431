"""Reading ``subjects/``: what people want set out in a list, reviewed passage by passage for one document."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from pydantic import ConfigDict, TypeAdapter

from kb.checked_records import STRICT, Identifier, Line
from kb.corpus.source_files import SourceFile
from kb.corpus.toml_records import TomlRecord, duplicate_ids, duplicate_words, read_records
from kb.problems import Problem

SubjectKind = Literal["matter", "place", "who", "effect", "means", "part"]


@dataclass(frozen=True)
class SourceSubject:
    """A subject: the words it is ``asked`` by and the sections it ``covers``, in the document's order.

    ``named``: the words of a passage of any other document that is about it; those it is asked by where left
    out. ``titled``: of a part, words of its title, by which people name it together with a noun.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    id: Identifier
    asked: tuple[Line, ...]
    covers: tuple[Line, ...]
    kind: SubjectKind = "matter"
    named: tuple[Line, ...] | None = None
    titled: tuple[Line, ...] = ()


_Record = TomlRecord[SourceSubject]
_SUBJECT = TypeAdapter(SourceSubject)


def read_subjects(
    source: SourceFile, sections: Mapping[str, frozenset[str] | None]
) -> tuple[tuple[SourceSubject, ...], list[Problem]]:
    """The subjects of the document that the file is named after, and everything that is wrong with them.

    ``sections`` are those of each document that can be cited. Of a document whose sections are not known
    (None) nothing is held against a subject.
    """
    records, problems = read_records(source, "subject", _SUBJECT)
    conflicts = (
        *_unknown_document(source, sections),
        *_covers(records, source.stem, sections.get(source.stem)),
        *duplicate_ids(records),
        *duplicate_words(records, _asked),
        *duplicate_words(records, _titled),
    )
    return tuple(record.value for record in records), [*problems, *conflicts]


def _asked(subject: SourceSubject) -> list[tuple[str, str]]:
    return [("asked", word) for word in subject.asked]


def _titled(subject: SourceSubject) -> list[tuple[str, str]]:
    return [("titled", word) for word in subject.titled]


def _unknown_document(source: SourceFile, sections: Iterable[str]) -> Iterator[Problem]:
    if source.stem not in sections:
        yield Problem(source.name, 1, f"没有文件“{source.stem}”", f"there is no document {source.stem}")


def _covers(records: Iterable[_Record], document: str, sections: frozenset[str] | None) -> Iterator[Problem]:
    for record in records:
        if not record.value.covers:
            yield record.problem("covers", "没有列出条目", "covers names no passage")
        for section in record.value.covers:
            if sections is not None and section not in sections:
                yield record.problem(
                    "covers", f"“{document}”没有条目 {section}", f"{document} has no passage {section}"
                )
