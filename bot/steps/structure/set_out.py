"""Lists by subject: every passage on it, complete where a ranking would stop at some score."""

import re
from collections.abc import Collection, Sequence
from functools import cache

from bot.answer import Status
from bot.find.retrieval import Candidate
from bot.finding import Evidence, Finding, Form
from bot.question.names.left_out import kept
from bot.question.names.lexicon import Lexicon
from bot.question.names.subjects import Kind
from bot.question.patterns import Patterns, compiled, data, matches
from bot.question.query import Asked
from bot.steps.assessment import assess
from bot.steps.search import search
from bot.steps.structure.subject_members import excepted_members, members, names_several
from bot.topic import Topic
from bot.turn import Turn
from indexer.text.folding import fold
from kb.documents import knowledge
from kb.documents.knowledge import ConceptView, PassageView
from kb.kinds import OUR_KINDS

# A word in more passages than this is the plan's air (企业, 口岸), not a subject to list by.
_TOO_COMMON = 8
_SHORTEST_TITLE_WORD = 2
# A passage this far ahead of all others is what the question is about, however many it seems to want.
_FAR_AHEAD = 0.31
_FEW = 5
_MANY = 8
_ABOUT_AS_WELL = 0.5
_OF_ONE = re.compile("(那|这|该)(一)?条(?!线|船|例|款)")
_ASKS_FOR_MEASURES = re.compile(
    "(哪|边|几)(几|些|一)?(个|项|条|样)?(措施|条|项|任务|活|事)|有(哪些|几条|边啲)[?？。]*$|(列|整理)(一下|出来|给)"
)


def list_subject(turn: Turn) -> Finding | None:
    """All passages on a subject, for a question that wants several set out; None for any other question.

    By its curated subjects, reviewed passage by passage; where it names none, by the section that has it in
    its title, else by what holds a trade concept of the question in any wording. An agency named with it
    keeps what that agency answers for. One passage alone is listed only where the whole list is asked for,
    since 有哪些 also asks for the particulars of one, as it does of 海沧保税区那条. For the same reason what
    does not ask for the whole gets no list where a search is sure of one passage far ahead of all others
    (化验室要改哪些东西), and a search has to agree where only a way of working is named (平台).
    """
    asked = turn.query.asked
    if not asked & (Asked.LIST | Asked.WHOLE | Asked.COUNT) or asks_who(turn) or _is_of_one(turn):
        return None
    passages = _on_subject(turn)
    if not passages:
        return None
    found = search(turn, turn.question)
    passages = _nearest_if_many(turn, passages, found)
    if len(passages) < (1 if asked & Asked.WHOLE else 2):
        return None
    if not asked & (Asked.WHOLE | Asked.COUNT):
        is_first = _is_first(found, passages)
        if (_is_loose(turn) and not is_first) or (is_first and _is_about_one(turn, found)):
            return None
    return listing(turn, passages)


def list_what_may_be_meant(turn: Turn) -> Finding | None:
    """The few passages on a curated subject, for a question unsure of any one that asks loosely; else None.

    粮食进口这块有啥帮扶 names a subject, and no passage of it is what it asks about more than another.
    """
    if asks_who(turn) or _is_loose(turn) or not matches(_loosely_asked(), turn.query.text):
        return None
    passages = _on_subject(turn)
    return listing(turn, passages) if 1 < len(passages) <= _FEW else None


def listing(turn: Turn, passages: list[PassageView]) -> Finding:
    """The finding that sets out ``passages`` as what the turn's question is about."""
    return Finding(
        Status.ANSWERED,
        Form.LISTING,
        words="subject",
        about={"count": str(len(passages))},
        evidence=tuple(Evidence.with_agencies(passage) for passage in passages),
        confidence=0.9,
        topic=Topic(turn.question, tuple(passage.id for passage in passages), listed=True),
    )


def _is_of_one(turn: Turn) -> bool:
    """Whether it is the particulars of one measure that are asked for (那条有哪些动作)."""
    return bool(_OF_ONE.search(kept(turn.query.text, turn.lexicon.subjects)))


def _is_about_one(turn: Turn, found: Sequence[Candidate]) -> bool:
    if (
        not found
        or names_several(turn.query.text, turn.lexicon.subjects)
        or Kind.PART in _named_kinds(turn.lexicon, turn.query.text)
    ):
        return False
    assessed = assess(turn, turn.question, found, aside="list")
    return assessed.is_enough and assessed.features.margin >= _FAR_AHEAD


def _nearest_if_many(
    turn: Turn, passages: list[PassageView], found: Sequence[Candidate]
) -> list[PassageView]:
    """``passages``, or of very many only those that were ``found`` nearly as well as the best.

    通关 names a dozen measures; what else the question says tells which of them are meant. A part of the plan
    is given whole, however long it is.
    """
    if len(passages) <= _MANY or Kind.PART in _named_kinds(turn.lexicon, turn.query.text):
        return passages
    scores = {one.passage.id: one.score for one in found}
    best = max(scores.get(one.id, 0.0) for one in passages)
    return [one for one in passages if scores.get(one.id, 0.0) >= best * _ABOUT_AS_WELL > 0] or passages


def _is_loose(turn: Turn) -> bool:
    """Whether the question names no matter, place or part of its own."""
    named = _named_kinds(turn.lexicon, without_agencies(turn.lexicon, turn.query.text))
    return named <= {Kind.MEANS, Kind.WHO}


def _named_kinds(lexicon: Lexicon, folded: str) -> set[Kind]:
    return {one.subject.kind for one in lexicon.subjects.find(folded)}


def _is_first(found: Sequence[Candidate], passages: list[PassageView]) -> bool:
    """Whether one of ``passages`` was found first."""
    return bool(found) and found[0].passage.id in {one.id for one in passages}


def without_agencies(lexicon: Lexicon, folded: str) -> str:
    """A folded text without the agencies it names, since 港口局 is no question on ports."""
    for match in reversed(lexicon.agencies(folded)):
        folded = f"{folded[: match.start]} {folded[match.end :]}"
    return folded


def _on_subject(turn: Turn) -> list[PassageView]:
    text = without_agencies(turn.lexicon, turn.query.text)
    excepted = excepted_members(text, turn.lexicon.subjects, turn.lexicon.texts)
    if (
        excepted
        and turn.query.structure.conditions
        and not turn.lexicon.subjects.find(kept(text, turn.lexicon.subjects))
    ):
        found: Collection[str] = turn.lexicon.texts.keys() - excepted
    else:
        named = members(text, turn.lexicon.subjects, turn.lexicon.texts)
        found = named or _of_section(turn) or _naming_concept(turn, text)
    return [one for one in in_order(turn, found) if turn.query.structure.of_agencies(one)]


def in_order(turn: Turn, found: Collection[str]) -> list[PassageView]:
    """The passages of our own with these ids that are in force, in the order of the documents."""
    passages = knowledge.passages(turn.session, sorted(found), on=turn.today)
    order = {entry.passage_id: position for position, entry in enumerate(turn.index.entries_of(OUR_KINDS))}
    kept = [one for one in passages.values() if one.document.kind in OUR_KINDS]
    return sorted(kept, key=lambda passage: order[passage.id])


def asks_who(turn: Turn) -> bool:
    """Whether it is asked who answers for something, and not what those answer for who are named.

    港务集团在哪些措施的责任单位里 says 责任单位, and asks for measures.
    """
    if not turn.query.asked & Asked.WHO:
        return False
    return not (turn.lexicon.agencies(turn.query.text) and _ASKS_FOR_MEASURES.search(turn.query.text))


def _of_section(turn: Turn) -> frozenset[str]:
    """What stands under the section whose title has the question's subject, if that is no common word."""
    subject = turn.query.subject
    if len(subject) < _SHORTEST_TITLE_WORD or _is_common(turn, subject):
        return frozenset()
    for document in turn.plans:
        for node in knowledge.outline(turn.session, document.id, on=turn.today):
            if node.kind == "section" and subject in fold(node.heading or "").text:
                below = knowledge.children(turn.session, document.id, node.section, on=turn.today)
                return frozenset(one.id for one in below)
    return frozenset()


def _is_common(turn: Turn, word: str) -> bool:
    return sum(word in text for text in turn.lexicon.texts.values()) > _TOO_COMMON


def _naming_concept(turn: Turn, text: str) -> frozenset[str]:
    """What names a concept of the question that divides the passages: named somewhere, and not everywhere."""
    concepts: set[ConceptView] = {match.item for match in turn.lexicon.concepts(text)}
    named = [turn.lexicon.passages_naming(concept) for concept in concepts]
    return frozenset().union(*(one for one in named if len(one) <= _TOO_COMMON))


@cache
def _loosely_asked() -> Patterns:
    return compiled(data("reading")["loosely"])
