"""Names that stand for one thing only, over all rows of a curated file."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

from indexer.text.folding import folded_text
from kb.corpus.toml_records import TomlRecord
from kb.problems import Problem


class Identified(Protocol):
    """Anything with an id."""

    @property
    def id(self) -> str:
        """Its name in the corpus."""
        ...


T = TypeVar("T", bound=Identified)


def duplicate_ids(records: Iterable[TomlRecord[T]]) -> Iterator[Problem]:
    """A problem for each row whose id an earlier row has."""
    seen: set[str] = set()
    for record in records:
        key = record.value.id
        if key in seen:
            yield record.problem("id", f"编号 {key} 重复", f"id {key} is used twice")
        seen.add(key)


def duplicate_words(
    records: Iterable[TomlRecord[T]],
    words_of: Callable[[T], Sequence[tuple[str, str]]],
) -> Iterator[Problem]:
    """A problem for each word, as (field, word), that stands anywhere before in either script or width."""
    owners: dict[str, str] = {}
    for record in records:
        for field, word in words_of(record.value):
            owner = owners.get(folded_text(word))
            if owner:
                yield record.problem(
                    field, f"“{word}”与 {owner} 的重复", f"{word} already belongs to {owner}"
                )
            else:
                owners[folded_text(word)] = record.value.id
