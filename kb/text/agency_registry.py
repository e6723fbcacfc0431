"""The agencies of the corpus, and finding them by name in either script."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import ClassVar, Literal

from pydantic import ConfigDict

from indexer.text.folding import fold, folded_text
from kb.checked_records import STRICT, Identifier, Line, WebAddress

ContactKind = Literal["telephone", "hours", "address", "website"]


@dataclass(frozen=True)
class SourceContact:
    """One way to reach an agency: where it was found, and the day on which somebody last checked it there."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    kind: ContactKind
    value: Line
    source: Line
    checked: date


@dataclass(frozen=True)
class SourceAgency:
    """A body as ``agencies.toml`` describes it; only a collective has ``members``, by id.

    ``jurisdiction`` is the id of the place it belongs to, home where left out.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    id: Identifier
    name_hans: Line
    name_hant: Line
    aliases: tuple[Line, ...] = ()
    collective: bool = False
    members: tuple[Identifier, ...] = ()
    portal_url: WebAddress | None = None
    jurisdiction: Identifier | None = None
    contact: tuple[SourceContact, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it goes by, the one in simplified script first."""
        return (self.name_hans, self.name_hant, *self.aliases)


@dataclass(frozen=True)
class AgencyRegistry:
    """All agencies in the order of the file. A name means the first that goes by it."""

    agencies: tuple[SourceAgency, ...]

    def __iter__(self) -> Iterator[SourceAgency]:
        return iter(self.agencies)

    def __len__(self) -> int:
        return len(self.agencies)

    def resolve(self, name: str) -> SourceAgency | None:
        """The agency called ``name``, in either script and width, or None."""
        return self._by_name.get(folded_text(name))

    def mentions(self, text: str) -> list[tuple[int, int, str]]:
        """The agencies named in ``text`` as (start, end, id), in its order; the longest name wins.

        >>> agencies.mentions("市商務局(口岸辦)和海关")
        [(0, 9, 'port-office'), (10, 12, 'xiamen-customs')]
        """
        folded = fold(text)
        found, at = [], 0
        while at < len(folded.text):
            end = self._longest_name(folded.text, at)
            if end:
                start, stop = folded.source_span(at, end)
                found.append((start, stop, self._by_name[folded.text[at:end]].id))
            at = end or at + 1
        return found

    def _longest_name(self, folded: str, at: int) -> int | None:
        ends = range(min(at + self._longest, len(folded)), at, -1)
        return next((end for end in ends if folded[at:end] in self._by_name), None)

    @cached_property
    def _by_name(self) -> dict[str, SourceAgency]:
        named = [(folded_text(name), agency) for agency in self.agencies for name in agency.names]
        return dict(reversed(named))

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self._by_name), default=0)
