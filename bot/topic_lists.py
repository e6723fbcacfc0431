"""Lists by subject: every passage that names it, or every measure of the section it is the title of."""

from collections.abc import Iterable

from bot.answer import Status
from bot.finding import Evidence, Finding, Form
from bot.reading import Asked
from bot.themes import themes_in
from bot.topic import Topic
from bot.turn import Turn
from indexer.folding import fold
from kb import knowledge
from kb.knowledge import ConceptView, PassageView

# A word in more passages than this is the plan's air (企业, 口岸), not a subject to list by.
_TOO_COMMON = 14


def list_subject(turn: Turn) -> Finding | None:
    """All passages on a subject, for a question that wants several set out; None for any other question.

    Membership is containment of the subject in any of its curated wordings, so that the list is complete
    where a ranking would stop at some score. A section whose title holds every character of the subject
    (降费 in 降低进出口环节税费) gives its own measures.
    """
    if not turn.reading.asked & (Asked.LIST | Asked.COUNT) or turn.reading.asked & Asked.WHO:
        return None
    passages = [one for one in _of_section(turn) or _naming_subject(turn) if _concerns_named(turn, one)]
    if not passages:
        return None
    return Finding(
        Status.ANSWERED,
        Form.LISTING,
        words="subject",
        about={"count": str(len(passages))},
        evidence=tuple(Evidence.with_agencies(passage) for passage in passages),
        confidence=0.9,
        topic=Topic(turn.question, tuple(passage.id for passage in passages)),
    )


def _concerns_named(turn: Turn, passage: PassageView) -> bool:
    """Whether the agencies the question names, if any, answer for ``passage``."""
    named = {found.item.id for found in turn.lexicon.agencies(turn.reading.text)}
    return named <= {mention.agency.id for mention in passage.agencies}


def _of_section(turn: Turn) -> list[PassageView]:
    subject = set(turn.reading.subject) - {" "}
    if len(subject) < 2:
        return []
    for document in turn.plans:
        for node in knowledge.outline(turn.session, document.id, on=turn.today):
            if node.kind == "section" and subject <= set(fold(node.heading or "").text):
                return knowledge.children(turn.session, document.id, node.section, on=turn.today)
    return []


def _naming_subject(turn: Turn) -> list[PassageView]:
    named = {
        passage_id
        for theme in themes_in(turn.reading.text)
        for passage_id, text in turn.lexicon.texts.items()
        if theme.is_named_in(text)
    }
    for concept in [] if named else _subjects(turn):
        named |= turn.lexicon.passages_naming(concept)
    passages = knowledge.passages(turn.session, sorted(named), on=turn.today)
    order = {entry.passage_id: position for position, entry in enumerate(turn.index.entries)}
    return sorted(passages.values(), key=lambda passage: order[passage.id])


def _subjects(turn: Turn) -> Iterable[ConceptView]:
    """Concepts of the question that divide the passages: named somewhere, and not everywhere."""
    concepts = {match.item.id: match.item for match in turn.lexicon.concepts(turn.reading.text)}
    return [
        concept
        for concept in concepts.values()
        if 0 < len(turn.lexicon.passages_naming(concept)) <= _TOO_COMMON
    ]
