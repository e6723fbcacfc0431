"""One turn of a conversation on its way from question to answer."""

from dataclasses import dataclass, field
from datetime import date, datetime

from bot.answer import Script
from bot.desk.shared import Desk
from bot.find.outside import Outside
from bot.find.retrieval import Candidate
from bot.question.names.lexicon import Lexicon
from bot.question.names.spelling import Correction
from bot.question.query import Query
from bot.topic import Topic
from bot.trace import Trace
from indexer.search.index import Index
from kb.documents import knowledge
from kb.documents.knowledge import DocumentView
from kb.store.db import Session
from kb.working_time import CHINA


@dataclass(frozen=True)
class Rewriting:
    """A follow-up as it can be understood by itself: the ``question`` it was taken for, and what is
    searched."""

    question: str
    query: str


@dataclass
class Turn:
    """What the steps pass on. A step reads what earlier ones filled in and adds its own.

    ``question`` is the message with personal data masked; ``query`` what was read of it; ``search_text``
    is what gets searched, which after a
    follow-up is more than the question; ``candidates`` are passages in force, best first;
    ``corrections`` are those of the question that the query rests on, and ``rewritten`` is what a follow-up
    was taken for. A ``literal`` turn is read as it stands: nothing is corrected, nothing taken from the turn
    before. ``trace`` tells the way to whoever asks for it; ``outsides`` keeps what was found once a query.
    ``as_of`` is the day that the asker wants to know of, None for today.
    """

    session: Session
    desk: Desk
    index: Index
    lexicon: Lexicon
    question: str
    script: Script
    locale: str | None
    now: datetime
    topic: Topic
    query: Query
    personal_data: frozenset[str] = frozenset()
    search_text: str = ""
    candidates: tuple[Candidate, ...] = ()
    literal: bool = False
    rewritten: Rewriting | None = None
    corrections: tuple[Correction, ...] = ()
    trace: Trace = field(default_factory=Trace)
    outsides: dict[str, Outside] = field(default_factory=dict)
    as_of: date | None = None

    @property
    def follows_up(self) -> bool:
        """Whether it was understood from the turn before."""
        return self.rewritten is not None

    @property
    def understood_as(self) -> str:
        """The question as it can be understood by itself."""
        return self.rewritten.question if self.rewritten else self.search_text or self.question

    @property
    def today(self) -> date:
        """The day that decides what is in force: the one asked for, else the day in China."""
        return self.as_of or self.present_day

    @property
    def present_day(self) -> date:
        """The day in China, whatever day is asked for."""
        return self.now.astimezone(CHINA).date()

    @property
    def plans(self) -> list[DocumentView]:
        """The plans in the knowledge base, which structural questions are about; of a day those that held."""
        shown = knowledge.documents(self.session, on=self.today, kind="plan")
        return [one for one in shown if self.as_of is None or one.status == "in_force"]
