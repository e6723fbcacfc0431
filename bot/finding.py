"""What a step found: enough to word an answer, and nothing worded yet."""

from dataclasses import dataclass, field
from enum import Enum, auto

from bot.answer import Reason, Status
from bot.question.sorts.particulars import Particular
from bot.question.structure.conditions import Structure
from bot.topic import Topic
from bot.turn import Turn
from bot.way import Way
from kb.documents.knowledge import PassageView


class Form(Enum):
    """The shapes an answer takes; ``composition`` has one function for each."""

    CLAUSE = auto()
    ARTICLES = auto()
    CHAPTER = auto()
    RESPONSIBLE = auto()
    LISTING = auto()
    SEVERAL = auto()
    NOT_STATED = auto()
    CHOICE = auto()
    NOTHING = auto()
    TALK = auto()
    RECKONED = auto()
    OVERVIEW = auto()
    WAY = auto()
    RETOLD = auto()
    FACTS = auto()


@dataclass(frozen=True)
class Evidence:
    """A span of a passage, in the coordinates of its edition's text."""

    passage: PassageView
    start: int
    end: int

    @property
    def quote(self) -> str:
        """The span, verbatim."""
        return self.passage.text[self.start - self.passage.start : self.end - self.passage.start]

    @classmethod
    def whole(cls, passage: PassageView) -> "Evidence":
        """All of a passage."""
        return cls(passage, passage.start, passage.end)

    @classmethod
    def with_agencies(cls, passage: PassageView) -> "Evidence":
        """A passage without its number and title, up to its responsible agencies."""
        return cls(passage, passage.body_start, passage.end)

    @classmethod
    def body(cls, passage: PassageView) -> "Evidence":
        """A passage without its number, title and responsible agencies."""
        return cls(passage, passage.body_start, passage.body_end)


@dataclass(frozen=True)
class Note:
    """A sentence of ours, by its key among the wordings, and what fills its gaps."""

    words: str
    about: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Reckoning:
    """How an answer on structure was reckoned, to be told with it.

    ``total``: the measures gone through; ``found``: those that meet the conditions; ``tally``: a number for
    each agency or section told; ``number``: how many agencies the measures told have.
    """

    structure: Structure
    total: int
    found: int
    tally: tuple[tuple[str, int], ...] = ()
    number: int = 0


@dataclass(frozen=True)
class Part:
    """One question of several in a message: its turn, as it stood after the steps, and what was found."""

    turn: Turn
    finding: "Finding"


@dataclass(frozen=True)
class Finding:
    """The outcome of a turn before it is worded.

    ``words`` names the wording of forms that have several; ``about`` fills it in. ``nearest``: passages to
    go with a kept question, which are not stated as an answer. ``parts``: those of a message with
    several questions. ``notes``: sentences that go before the quotes, each with what fills it in.
    ``tally``: how much stands below each of ``evidence``, from the first on. ``taps``: parts of a document,
    and ``asks`` questions by their wording, to offer. ``way``: whom else to turn to.
    ``reckoning``: how an answer on structure came about. ``agencies``: the ids of those to be told, where
    they are others than all that the passages name. ``related``: what other sources say beside it, cited
    after ``evidence``. ``keep``: a person should answer
    this.
    """

    status: Status
    form: Form
    reason: Reason | None = None
    words: str = ""
    about: dict[str, str] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    nearest: tuple[PassageView, ...] = ()
    missing: tuple[Particular, ...] = ()
    choices: tuple[PassageView, ...] = ()
    parts: tuple[Part, ...] = ()
    notes: tuple["Note", ...] = ()
    related: tuple[Evidence, ...] = ()
    reckoning: Reckoning | None = None
    agencies: tuple[str, ...] | None = None
    tally: tuple[int, ...] = ()
    taps: tuple[PassageView, ...] = ()
    asks: tuple[tuple[str, dict[str, str]], ...] = ()
    way: Way | None = None
    confidence: float = 0.0
    keep: bool = False
    topic: Topic | None = None
