"""The tokens of one question while they are read: what stands where, and what is accounted for."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from bot.question.tokens import Token

NOUNS = frozenset(("measure", "body", "section"))
ALONE = frozenset(("only", "alone"))
ENDS = frozenset(("end", "comma", "stop"))


@dataclass(frozen=True)
class Before:
    """What the conversation holds: the passages listed last, and the agencies whose measures they are."""

    passages: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()


@dataclass
class Reader:
    """The tokens of one question, and which of them are accounted for."""

    tokens: Sequence[Token]
    before: Before
    used: set[int] = field(default_factory=set)

    def kind(self, at: int) -> str:
        """The kind of the token at ``at``; ``end`` where there is none."""
        return self.tokens[at].kind if 0 <= at < len(self.tokens) else "end"

    def kinds(self) -> set[str]:
        """All kinds that occur."""
        return {token.kind for token in self.tokens}

    def free(self, *kinds: str) -> list[int]:
        """Where tokens of these kinds stand that nothing has accounted for."""
        return [at for at, one in enumerate(self.tokens) if one.kind in kinds and at not in self.used]

    def past(self, at: int, kinds: Collection[str], step: int = 1) -> int:
        """The first place from ``at`` on, in steps, whose token is of none of ``kinds``."""
        while self.kind(at) in kinds:
            at += step
        return at

    def use(self, *places: int) -> None:
        """Take the tokens there for accounted for."""
        self.used.update(places)

    def noun_after(self, at: int) -> str | None:
        """The noun right behind a question word: 哪些单位."""
        beyond = self.past(at + 1, ("filler", "number"))
        return self._noun(beyond)

    def noun_before(self, at: int) -> str | None:
        """The noun that a question word behind it asks about: 单位有哪些."""
        before = at - 1
        while (before in self.used and self.kind(before) not in ("agency", "it")) or self.kind(before) in (
            "filler",
            "all",
            "each",
            "number",
            "comma",
            "within",
            "together",
            *ALONE,
        ):
            before -= 1
        return None if before in self.used else self._noun(before)

    def _noun(self, at: int) -> str | None:
        """A noun that can be counted; 那家 is one where no agency is in hand."""
        kind = self.kind(at)
        if kind == "other_bodies" or (kind == "it" and not self.before.agencies):
            return "body"
        return kind if kind in NOUNS else None

    def nouns(self) -> list[str]:
        """All nouns that can be counted, in order."""
        return [noun for at in range(len(self.tokens)) if (noun := self._noun(at))]

    def clause(self, first: int, last: int) -> range:
        """The places of the clause around ``first:last``, up to other agencies and 但."""
        start, end = first, last
        while self.kind(start - 1) not in (*ENDS, "agency", "but"):
            start -= 1
        while self.kind(end + 1) not in ("end", "stop", "agency", "but"):
            end += 1
        return range(start, end + 1)
