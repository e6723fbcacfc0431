"""The names of laws in a question, from the knowledge base."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.patterns import compiled
from indexer.folding import fold

# What may not follow a name: 海关法规 and 海关法定 are words of their own, 海关法院 another thing. But
# 海关法规定 is the law and what it says.
(_GOES_ON,) = compiled(["[律定院庭制官治案例域]|规(?!定)"])
_SHORTEST = 3


@dataclass(frozen=True)
class NamedLaw:
    """A law named at ``start:end`` of a folded question."""

    document_id: str
    start: int
    end: int


@dataclass(frozen=True)
class LawNames:
    """Every name of every law, to be found in questions; belongs to one index generation."""

    index_name: str
    names: Mapping[str, str]
    longest: int

    @classmethod
    def of(cls, index_name: str, names: Mapping[str, str]) -> "LawNames":
        """``names``: ids by title and short names, in any script."""
        folded = {fold(name).text: key for name, key in names.items() if len(name) >= _SHORTEST}
        return cls(index_name, folded, max(map(len, folded), default=0))

    def find(self, folded: str) -> list[NamedLaw]:
        """The laws named in a folded question, left to right; of names that overlap the longest."""
        found: list[NamedLaw] = []
        at = 0
        while at < len(folded):
            end = self._longest_from(folded, at)
            if end:
                found.append(NamedLaw(self.names[folded[at:end]], at, end))
            at = end or at + 1
        return found

    def _longest_from(self, folded: str, at: int) -> int:
        for end in range(min(len(folded), at + self.longest), at + _SHORTEST - 1, -1):
            if folded[at:end] in self.names and not _GOES_ON.match(folded, end):
                return end
        return 0
