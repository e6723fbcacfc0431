"""What a question asks of a document's structure: a set of measures by conditions, and what is wanted of it.

Values only. ``bot.question.grammar`` reads them from a question, ``bot.steps.set_out`` evaluates them over
the tree. Conditions of one question hold together; each says of one measure whether it belongs.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from indexer.text.folding import folded_text
from kb.documents.knowledge import PassageView


class Wanted(StrEnum):
    """What is wanted of the measures that meet the conditions."""

    LIST = "list"
    COUNT = "count"
    AGENCIES = "agencies"
    AGENCY_COUNT = "agency_count"
    PER_SECTION = "per_section"
    PER_AGENCY = "per_agency"
    MEASURES_WITH_MOST = "measures_with_most"
    MEASURES_WITH_FEWEST = "measures_with_fewest"
    AGENCIES_WITH_MOST = "agencies_with_most"
    AGENCIES_WITH_FEWEST = "agencies_with_fewest"
    SECTIONS_WITH_MOST = "sections_with_most"
    SECTIONS_WITH_FEWEST = "sections_with_fewest"
    AGENCIES_BY_COUNT = "agencies_by_count"


class Match(StrEnum):
    """How the agencies of a measure meet those that are named."""

    ALL_OF = "all_of"
    ANY_OF = "any_of"
    NONE_OF = "none_of"
    ONLY = "only"
    ONE_OF = "one_of"
    FIRST = "first"


@dataclass(frozen=True)
class AgencyCondition:
    """``match`` of the agencies with these ids; ``said`` is how the question names them."""

    match: Match
    agencies: tuple[str, ...]

    def holds(self, measure: PassageView) -> bool:
        """Whether the agencies that ``measure`` names are as wanted."""
        its, named = agencies_of(measure), frozenset(self.agencies)
        match self.match:
            case Match.ALL_OF:
                return named <= its
            case Match.ANY_OF:
                return bool(named & its)
            case Match.NONE_OF:
                return not named & its
            case Match.ONLY:
                return its == named
            case Match.ONE_OF:
                return len(named & its) == 1
            case Match.FIRST:
                first = min(measure.agencies, key=lambda one: one.start, default=None)
                return first is not None and first.agency.id in named


@dataclass(frozen=True)
class SizeCondition:
    """So many agencies at least and at most; ``most`` None where there is no upper bound.

    A collective (各成员单位) counts as one, as it is written, but is never the only one.
    """

    least: int = 0
    most: int | None = None

    def holds(self, measure: PassageView) -> bool:
        """Whether ``measure`` names as many agencies as wanted."""
        if self.most == 1 and any(mention.agency.collective for mention in measure.agencies):
            return False
        return self.includes(len(agencies_of(measure)))

    def includes(self, number: int) -> bool:
        """Whether ``number`` lies between the two."""
        return self.least <= number and (self.most is None or number <= self.most)


@dataclass(frozen=True)
class SectionCondition:
    """Below one of ``sections`` (numbers such as "2.6"), or ``outside`` all of them."""

    sections: tuple[str, ...]
    outside: bool = False

    def holds(self, measure: PassageView) -> bool:
        """Whether ``measure`` stands there."""
        within = any(measure.section == one or measure.section.startswith(f"{one}.") for one in self.sections)
        return within is not self.outside


@dataclass(frozen=True)
class ShownCondition:
    """Among the passages shown the turn before (其中), or ``outside`` them (另外的).

    ``single``: these were picked from what was shown by their number.
    """

    passages: tuple[str, ...]
    outside: bool = False
    single: bool = False

    def holds(self, measure: PassageView) -> bool:
        """Whether ``measure`` was among them."""
        return (measure.id in self.passages) is not self.outside


@dataclass(frozen=True)
class WordingCondition:
    """Whose text has these words, folded and letter for letter; or, ``denied``, has them not."""

    words: str
    denied: bool = False

    def holds(self, measure: PassageView) -> bool:
        """Whether the text of ``measure``, with its agencies, is so worded."""
        return (self.words in folded_text(measure.text)) is not self.denied


Condition = AgencyCondition | SizeCondition | SectionCondition | ShownCondition | WordingCondition


@dataclass(frozen=True)
class Structure:
    """A question about the structure of a document, as a whole.

    ``wanted`` is None where the question asks for nothing of the sort; ``conditions`` hold together.
    ``left_out``: agencies whose company is asked for (A和谁一起), and which are not told themselves.
    ``number``: how many measures the agencies wanted must have; ``absent``: those are wanted that are not
    there, ``only_there`` those that are nowhere else, ``in_each`` those that are in every section named.
    ``pick``: the first, second … of what is found, -1 the last, 0 all. ``named``: all agencies named.
    ``whole``: it speaks of measures, agencies or sections as such.
    ``unread``: words of the question that nothing accounts for; with any of them it may not be answered.
    """

    wanted: Wanted | None = None
    conditions: tuple[Condition, ...] = ()
    left_out: tuple[str, ...] = ()
    number: SizeCondition | None = None
    unread: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    absent: bool = False
    only_there: bool = False
    in_each: bool = False
    pick: int = 0
    whole: bool = False
    every: bool = False

    def of_agencies(self, measure: PassageView) -> bool:
        """Whether ``measure`` meets the conditions on its agencies, whatever else is asked."""
        return all(
            one.holds(measure) for one in self.conditions if isinstance(one, AgencyCondition | SizeCondition)
        )

    def as_dict(self) -> dict[str, Any]:
        """The structure in plain values."""
        return {
            "wanted": self.wanted.value if self.wanted else None,
            "conditions": [{"kind": type(one).__name__, **asdict(one)} for one in self.conditions],
            "left_out": list(self.left_out),
            "number": asdict(self.number) if self.number else None,
            "absent": self.absent,
            "unread": list(self.unread),
        }

    def holds(self, measure: PassageView) -> bool:
        """Whether ``measure`` meets every condition."""
        return all(condition.holds(measure) for condition in self.conditions)


def agencies_of(measure: PassageView) -> frozenset[str]:
    """The ids of the agencies that a measure names."""
    return frozenset(mention.agency.id for mention in measure.agencies)


def meeting(measures: Iterable[PassageView], structure: Structure) -> list[PassageView]:
    """The measures that meet ``structure``, in their order."""
    return [measure for measure in measures if structure.holds(measure)]
