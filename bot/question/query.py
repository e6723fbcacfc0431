"""A question, read once: what is asked, about what, of whom.

``read`` turns a message into a frozen ``Query``, which the steps that follow execute. The guards of scope and
of small talk still match patterns against its text. ``Query.as_dict`` is the whole of it in plain values.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from enum import Flag, auto
from functools import cache, cached_property
from typing import Any

from bot.question.names.law_names import NamedLaw
from bot.question.names.lexicon import Lexicon
from bot.question.names.mentions import Mention, Sort, apart_from, longest
from bot.question.patterns import Patterns, compiled, data, matches, without
from bot.question.structure.conditions import Structure
from bot.question.structure.section_numbers import ordinal_named, section_numbers
from bot.question.structure.structure_grammar import read_structure
from bot.question.structure.swapping import swapped, swaps
from bot.question.structure.token_reader import Before
from bot.question.tokens import STRUCTURAL, Token, tokenised
from bot.question.wishes.clauses import ASKING
from bot.question.wishes.days import Day, DayKind, read_day
from bot.question.wishes.facts import Fact, read_facts
from bot.question.wishes.parts import Parts, read_parts
from bot.question.wishes.retelling_wish import Retelling, read_retelling
from bot.question.wishes.wants import Want, for_structure, public_numbers, read_wants
from bot.topic import Topic
from indexer.text.folding import fold

_EDGES = " ?!.,~。…\n\t"
_PART_EDGES = " ,，。;；:：、\n"


class Asked(Flag):
    """What a question asks for. Several may hold at once (列出海关单独负责的, and how many)."""

    CONTENT = 0
    WHO = auto()
    LIST = auto()
    WHOLE = auto()
    COUNT = auto()
    MORE = auto()
    DOCUMENT_COUNT = auto()
    DOCUMENT_OUTLINE = auto()


@dataclass(frozen=True)
class Query:
    """A question as read.

    ``text`` is the folded message. ``sections``: passage numbers named, and ``ordinal`` the number in 第七条
    where nothing says of which section; ``subject``: the message without asking words and filler, which is
    what a list is to be about; ``points_back``: it leans on the turn before; ``mentions``: everything named,
    with its span; ``structure``: what it asks of the structure of a document; ``wants``: what it comes to,
    first, and what its words name besides; ``numbers``: the public telephone numbers that it gives;
    ``retelling``: how it wants the answer before told again;
    ``day``: that of which it asks what held; ``facts``: what it asks of a document itself; ``said``: the
    message as written. ``parts``: the questions it holds where it holds several, and whether it says so
    itself
    (``parts_sure``); of a part ``head`` is what it shares with the others.
    """

    text: str
    asked: Asked
    sections: tuple[str, ...]
    ordinal: int | None
    subject: str
    points_back: bool
    mentions: tuple[Mention, ...] = field(default=(), repr=False)
    tokens: tuple[Token, ...] = field(default=(), repr=False)
    structure: Structure = field(default_factory=Structure)
    wants: tuple[Want, ...] = (Want.CONTENT,)
    numbers: tuple[str, ...] = ()
    retelling: Retelling | None = None
    day: Day | None = None
    facts: tuple[Fact, ...] = ()
    said: str = ""
    parts: tuple["Query", ...] = ()
    parts_sure: bool = False
    head: str = ""

    @cached_property
    def agencies(self) -> tuple[Mention, ...]:
        """Agencies named, by official name or alias, left to right."""
        return longest(self.mentions, Sort.AGENCY)

    @cached_property
    def concepts(self) -> tuple[Mention, ...]:
        """Trade concepts named, by official term or by what people say."""
        return longest(self.mentions, Sort.CONCEPT)

    @cached_property
    def subjects(self) -> tuple[Mention, ...]:
        """Curated subjects named."""
        return longest(self.mentions, Sort.SUBJECT)

    @cached_property
    def own_subjects(self) -> tuple[Mention, ...]:
        """Subjects named beside the agencies, since 港口局 is no question on ports."""
        return longest(apart_from(self.mentions, self.agencies), Sort.SUBJECT)

    @cached_property
    def laws(self) -> tuple[NamedLaw, ...]:
        """Laws named; all those of a name that several share, at one place."""
        named = longest(self.mentions, Sort.LAW)
        return tuple(NamedLaw(key, one.start, one.end) for one in named for key in one.value)

    @property
    def want(self) -> Want:
        """What the message comes to."""
        return self.wants[0]

    @cached_property
    def hotlines(self) -> tuple[Mention, ...]:
        """Public numbers named, by number or by what they are called."""
        return longest(self.mentions, Sort.HOTLINE)

    @cached_property
    def names_document(self) -> bool:
        """Whether it speaks of a document as such: 这个方案, 该文件."""
        return any(one.sort is Sort.MARK and one.value == "document" for one in self.mentions)

    @cached_property
    def own_matters(self) -> tuple[Mention, ...]:
        """The concepts and subjects that it names behind its head."""
        behind = len(fold(self.head).text)
        return tuple(one for one in (*self.concepts, *self.own_subjects) if one.start >= behind)

    @cached_property
    def names_matter(self) -> bool:
        """Whether it names a subject, a trade concept other than a place, or an agency."""
        return bool(self.subjects) or self.names_trade

    @cached_property
    def asks_of_structure(self) -> bool:
        """Whether it asks for measures by their place in a document."""
        return bool(self.sections) or (self.structure.wanted is not None and bool(self.structure.conditions))

    @cached_property
    def names_trade(self) -> bool:
        """Whether it names a trade concept, other than a mere place, or an agency."""
        return bool(self.agencies) or any(one.value.area != "place" for one in self.concepts)

    def as_dict(self) -> dict[str, Any]:
        """The query in plain values, as ``docs/api.md`` describes it."""
        return {
            "text": self.text,
            "asked": [str(flag.name).lower() for flag in Asked if self.asked & flag],
            "sections": list(self.sections),
            "ordinal": self.ordinal,
            "points_back": self.points_back,
            "wants": [want.value for want in self.wants],
            "agencies": [one.value.name_hans for one in self.agencies],
            "concepts": [one.value.term for one in self.concepts],
            "subjects": [one.text for one in self.own_subjects],
            "laws": [one.document_id for one in self.laws],
            "structure": self.structure.as_dict(),
            "retelling": self.retelling.value if self.retelling else None,
            "day": asdict(self.day) if self.day else None,
            "facts": [fact.value for fact in self.facts],
            "parts": [one.as_dict() for one in self.parts],
        }


def read(message: str, lexicon: Lexicon, topic: Topic = Topic()) -> Query:  # noqa: B008
    """Read ``message`` with the curated words of ``lexicon`` and what the conversation holds.

    What it does not recognise is asked for as plain content.
    """
    whole = _read(message, lexicon, topic)
    named = tokenised(whole.text, _saying(whole.mentions), sorts=(*STRUCTURAL, Sort.MARK))
    found = read_parts(whole.text, named)
    if not found.spans or _is_read_whole(whole, found):
        return whole
    parts = [
        replace(_read(_written(message, spans), lexicon, topic), head=_written(message, spans[: found.head]))
        for spans in found.spans
    ]
    return replace(whole, parts=_with_day(whole, parts), parts_sure=found.sure)


def _read(message: str, lexicon: Lexicon, topic: Topic) -> Query:
    folded = fold(message).text.strip(_EDGES)
    mentions = lexicon.mentions(folded)
    numbers = section_numbers(folded)
    tokens = tokenised(folded, mentions, numbers)
    called = public_numbers(folded)
    row = tokenised(folded, mentions, sorts=(Sort.LAW, Sort.MARK, Sort.WORD))
    return Query(
        text=folded,
        asked=_asked(folded),
        sections=tuple(dict.fromkeys(number for _, _, number in numbers)),
        ordinal=None if numbers else ordinal_named(folded),
        subject=subject_of(folded),
        points_back=matches(_patterns("anaphora"), folded),
        mentions=mentions,
        tokens=tuple(tokens),
        structure=_structure(for_structure(tokens), lexicon, topic),
        wants=read_wants(tokens, called),
        numbers=called,
        retelling=read_retelling(tokens),
        day=read_day(folded, row),
        facts=read_facts(row),
        said=message,
    )


def _structure(tokens: Sequence[Token], lexicon: Lexicon, topic: Topic) -> Structure:
    """The structure asked for; of 换成海事局呢 that of the question before, asked of another."""
    structure = read_structure(tokens, _before(topic))
    if not topic.listed or not swaps(tokens):
        return structure
    folded = fold(topic.question).text.strip(_EDGES)
    before = tokenised(folded, lexicon.mentions(folded), section_numbers(folded))
    return swapped(read_structure(before), read_structure(tokens)) or structure


def _saying(mentions: Sequence[Mention]) -> list[Mention]:
    """``mentions`` without concepts that hold a word of asking (归谁管): these name no matter."""
    asking = [one for one in mentions if one.sort in (Sort.WORD, Sort.MARK) and one.value in ASKING]
    return [
        one
        for one in mentions
        if one.sort is not Sort.CONCEPT
        or not any(one.start <= word.start and word.end <= one.end for word in asking)
    ]


def _is_read_whole(whole: Query, found: Parts) -> bool:
    """Whether the structure of a document accounts for all of it, and no sentence of its own parts it."""
    return whole.asks_of_structure and not whole.structure.unread and not found.sure


def _written(message: str, spans: Sequence[tuple[int, int]]) -> str:
    """The stretches of ``message`` that a part is put together from, as they are written."""
    folded = fold(message)
    lead = len(folded.text) - len(folded.text.lstrip(_EDGES))
    pieces = (folded.source_span(lead + start, lead + end) for start, end in spans)
    return "".join(message[start:end] for start, end in pieces).strip(_PART_EDGES)


def _with_day(whole: Query, parts: Sequence[Query]) -> tuple[Query, ...]:
    """``parts``; a day named once before all of them (按2023年的规定，…) is that of each."""
    first = parts[0].day
    stated = first is not None and first.kind is DayKind.DATED and first.marked
    if not stated or not whole.text.startswith(first.words if first else ""):
        return tuple(parts)
    return tuple(one if one.day else replace(one, day=first) for one in parts)


def _before(topic: Topic) -> Before:
    return Before(topic.list_shown, topic.agencies)


def _asked(folded: str) -> Asked:
    asked = Asked.CONTENT
    for flag, patterns in _askings():
        if matches(patterns, folded):
            asked |= flag
    return asked


def subject_of(folded: str) -> str:
    """What is left of a folded question when asking words and filler are taken away."""
    return " ".join(without(_patterns("filler"), folded).split())


def bare_subject(folded: str) -> str:
    """What a message names by itself: its subject without words that point back or ask who."""
    return subject_of(without((*_patterns("who"), *_patterns("anaphora")), folded))


@cache
def _askings() -> tuple[tuple[Asked, Patterns], ...]:
    return tuple((flag, _patterns(str(flag.name).lower())) for flag in Asked)


@cache
def _patterns(name: str) -> Patterns:
    return compiled(data("reading")[name])
