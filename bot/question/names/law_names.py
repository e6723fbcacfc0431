"""The names of laws in a question, from the knowledge base."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.question.names.short_law_names import short_names
from bot.question.patterns import compiled
from indexer.text.folding import folded_text

# What may not follow a name: 海关法规 and 海关法定 are words of their own, 海关法院 another thing. But
# 海关法规定 is the law and what it says.
(_GOES_ON,) = compiled(["[律定院庭制官治案例域]|规(?!定)"])
_SHORTEST = 3
# A short name of more laws than so many says nothing.
_MOST_LAWS = 3


@dataclass(frozen=True)
class NamedLaw:
    """A law named at ``start:end`` of a folded question."""

    document_id: str
    start: int
    end: int


@dataclass(frozen=True)
class LawNames:
    """Every name of every law, to be found in questions; belongs to one index generation.

    A short name may be that of several laws, a title or a curated name is of one.
    """

    index_name: str
    names: Mapping[str, tuple[str, ...]]
    longest: int

    @classmethod
    def of(cls, index_name: str, names: Mapping[str, str]) -> "LawNames":
        """``names``: ids by title and curated names, in any script. Short names of titles are added."""
        folded = {folded_text(name): (key,) for name, key in names.items() if len(name) >= _SHORTEST}
        short: dict[str, dict[str, None]] = {}
        for name, key in names.items():
            for shorter in map(folded_text, short_names(name)):
                if len(shorter) >= _SHORTEST and shorter not in folded:
                    short.setdefault(shorter, {})[key] = None
        found = {**folded, **{name: tuple(keys) for name, keys in short.items() if len(keys) <= _MOST_LAWS}}
        return cls(index_name, found, max(map(len, found), default=0))

    def find(self, folded: str) -> list[NamedLaw]:
        """The laws named in a folded question, left to right; of names that overlap the longest.

        All the laws of a name that several share, at the same place.
        """
        found: list[NamedLaw] = []
        at = 0
        while at < len(folded):
            end = self._longest_from(folded, at)
            if end:
                found += [NamedLaw(key, at, end) for key in self.names[folded[at:end]]]
            at = end or at + 1
        return found

    def shared(self, folded: str) -> dict[str, tuple[str, ...]]:
        """The names in a folded question that several laws share, with the ids of these."""
        spans = dict.fromkeys((law.start, law.end) for law in self.find(folded))
        return {name: keys for start, end in spans if len(keys := self.names[name := folded[start:end]]) > 1}

    def _longest_from(self, folded: str, at: int) -> int:
        for end in range(min(len(folded), at + self.longest), at + _SHORTEST - 1, -1):
            if (
                folded[at:end] in self.names
                and not _GOES_ON.match(folded, end)
                and _is_whole(folded, at, end)
            ):
                return end
        return 0


def _is_whole(folded: str, start: int, end: int) -> bool:
    """Whether no English word is cut in two: customs lawyer names no law."""
    borders = [folded[max(0, at - 1) : at + 1] for at in (start, end)]
    return not any(len(both) > 1 and both.isascii() and both.isalnum() for both in borders)
