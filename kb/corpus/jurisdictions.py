"""Reading ``jurisdictions.toml``: home, what belongs to it, and other places."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from pydantic import ConfigDict, TypeAdapter

from indexer.text.folding import folded_text
from kb.checked_records import STRICT, Identifier, Line
from kb.corpus.source_files import SourceFile
from kb.corpus.toml_records import TomlRecord, duplicate_ids, duplicate_words, read_records, read_table
from kb.problems import Problem

PlaceKind = Literal["port", "district", "city", "province", "country", "region"]
_WIDE = ("province", "country", "region")


@dataclass(frozen=True)
class SourceHome:
    """The place whose documents these are; ``within`` are the ids of places it is part of, nearest first."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    id: Identifier
    name_hans: Line
    name_hant: Line
    kind: PlaceKind
    aliases: tuple[Line, ...] = ()
    within: tuple[Identifier, ...] = ()


@dataclass(frozen=True)
class SourcePlace:
    """A place that questions name, with what else people call it (``says``).

    ``home``: it belongs to home. ``passing``: goods come from it and go to it, so that naming it does not
    make a question one of that place; left out, this holds of provinces, countries and regions. ``hant``: its
    name in the other script, where conversion would not give it. A place with an ``id`` is a jurisdiction.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    name: Line
    kind: PlaceKind
    hant: Line | None = None
    id: Identifier | None = None
    home: bool = False
    passing: bool | None = None
    says: tuple[Line, ...] = ()

    @property
    def is_passed(self) -> bool:
        """``passing`` as it holds of the place."""
        return self.kind in _WIDE if self.passing is None else self.passing


@dataclass(frozen=True)
class SourceJurisdictions:
    """Everything in the file."""

    home: SourceHome
    places: tuple[SourcePlace, ...]

    @property
    def ids(self) -> frozenset[str]:
        """Of home and of every place that has one."""
        return frozenset((self.home.id, *(place.id for place in self.places if place.id)))


@dataclass(frozen=True)
class _Named:
    """Home or a place, as far as its names go; ``id`` is the name of a place that has none."""

    id: str
    has_id: bool
    hans: tuple[str, str]
    hant: tuple[str, str] | None
    others: tuple[tuple[str, str], ...]


_HOME = TypeAdapter(SourceHome)
_PLACE = TypeAdapter(SourcePlace)


def read_jurisdictions(source: SourceFile) -> tuple[SourceJurisdictions | None, list[Problem]]:
    """What the file says and everything that is wrong with it; None if home could not be read."""
    places, problems = read_records(source, "place", _PLACE, beside=("home",))
    home, flaws = read_table(source, "home", _HOME)
    named = [TomlRecord(_home_names(home.value), home.row)] if home else []
    named += [TomlRecord(_place_names(place.value), place.row) for place in places]
    conflicts = (
        *duplicate_ids([record for record in named if record.value.has_id]),
        *duplicate_words(named, _words),
        *_scripts(named),
        *_within(home, places),
    )
    read = SourceJurisdictions(home.value, tuple(one.value for one in places)) if home else None
    return read, [*problems, *flaws, *conflicts]


def _home_names(home: SourceHome) -> _Named:
    others = tuple(("aliases", name) for name in home.aliases)
    return _Named(home.id, True, ("name_hans", home.name_hans), ("name_hant", home.name_hant), others)


def _place_names(place: SourcePlace) -> _Named:
    others = tuple(("says", name) for name in place.says)
    hant = ("hant", place.hant) if place.hant else None
    return _Named(place.id or place.name, place.id is not None, ("name", place.name), hant, others)


def _words(named: _Named) -> list[tuple[str, str]]:
    return [named.hans, *named.others]


def _scripts(named: Sequence[TomlRecord[_Named]]) -> Iterator[Problem]:
    """The names in both scripts are one name."""
    for record in named:
        hans, hant = record.value.hans, record.value.hant
        if hant and folded_text(hans[1]) != folded_text(hant[1]):
            yield record.problem(hant[0], "简繁两种名称不一致", f"is not {hans[0]} in the other script")


def _within(
    home: TomlRecord[SourceHome] | None, places: Sequence[TomlRecord[SourcePlace]]
) -> Iterator[Problem]:
    ids = {record.value.id for record in places}
    for name in home.value.within if home else ():
        if home and name not in ids:
            yield home.problem("within", f"没有编号为“{name}”的地方", f"no place has the id {name}")
