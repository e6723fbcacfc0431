"""Passages asked for by their number, and questions about the document itself."""

import re
from dataclasses import replace

from bot.answer import Reason, Status
from bot.finding import Evidence, Finding, Form
from bot.question.query import Asked
from bot.steps.structure.overview import outline
from bot.topic import Topic
from bot.turn import Turn
from kb.documents import knowledge
from kb.documents.knowledge import DocumentView, PassageView

_MAIN_PART = "2"
_NUMBERED = re.compile("第.+[部块章节项]")
_LONGEST_NUMBER_QUESTION = 14
_OF_DOCUMENT = Asked.DOCUMENT_COUNT | Asked.DOCUMENT_OUTLINE


def look_up_number(turn: Turn) -> Finding | None:
    """The passages whose numbers the message gives; of a part or section, all its passages."""
    if not turn.query.sections:
        return _counted_through(turn)
    for document in turn.plans:
        passages = [leaf for section in turn.query.sections for leaf in _of_section(turn, document, section)]
        if passages:
            measures = [one for one in passages if one.kind == "measure"]
            return _clauses(turn, _of_agencies(turn, measures or passages))
    return Finding(Status.UNANSWERED, Form.TALK, Reason.NO_MATCH, words="no_such_number")


def look_up_document(turn: Turn) -> Finding | None:
    """How many measures the plan has, and its parts; else None."""
    asked = turn.query.asked
    if not asked & _OF_DOCUMENT:
        return None
    plans = turn.plans
    if not plans or turn.query.agencies:
        return None
    return None if _names_matter(turn) else outline(turn, plans[0])


def _of_agencies(turn: Turn, passages: list[PassageView]) -> list[PassageView]:
    """Of several passages those whose agencies are as wanted (第六部分里海事局的), if there are any."""
    return [one for one in passages if turn.query.structure.of_agencies(one)] or passages


def _names_matter(turn: Turn) -> bool:
    """Whether something in the document is asked about rather than the document: 探索的一共几条."""
    return bool(turn.query.concepts or turn.query.subjects)


def _of_section(turn: Turn, document: DocumentView, section: str) -> list[PassageView]:
    """What stands under ``section``; people also count the sections of the main part as parts (第五部分).

    Where the question says besides what the part is about (第一部分讲通关效率的), that tells which is meant.
    """
    wanted = [f"{document.id}/{section}", f"{document.id}/{_MAIN_PART}.{section}"]
    said = [
        one.subject for one in turn.lexicon.subjects.find(turn.query.text) if not _NUMBERED.search(one.word)
    ]
    if any(key.startswith(f"{wanted[1]}.") for subject in said for key in subject.covers):
        wanted.reverse()
    found = knowledge.passages(turn.session, wanted, on=turn.today)
    return next((_leaves(turn, found[key]) for key in wanted if key in found), [])


def _counted_through(turn: Turn) -> Finding | None:
    """The measure that 第三十九条 means when counted through the plan, if nothing else is asked."""
    ordinal = turn.query.ordinal
    if ordinal is None or len(turn.query.text) > _LONGEST_NUMBER_QUESTION:
        return None
    for document in turn.plans:
        nodes = knowledge.outline(turn.session, document.id, on=turn.today)
        measures = [node for node in nodes if node.kind == "measure"]
        if 0 < ordinal <= len(measures):
            return replace(_clauses(turn, [measures[ordinal - 1]]), words="numbered_through")
    return Finding(Status.UNANSWERED, Form.TALK, Reason.NO_MATCH, words="no_such_number")


def _clauses(turn: Turn, passages: list[PassageView]) -> Finding:
    several = len(passages) > 1
    who = bool(turn.query.asked & Asked.WHO and passages[0].agencies)
    form = Form.LISTING if several else (Form.RESPONSIBLE if who else Form.CLAUSE)
    span = Evidence.body if form is Form.CLAUSE else Evidence.with_agencies
    return Finding(
        Status.ANSWERED,
        form,
        words="numbered",
        about={"count": str(len(passages))},
        evidence=tuple(map(span, passages)),
        confidence=1.0,
        topic=Topic(turn.question, tuple(passage.id for passage in passages), listed=several),
    )


def _leaves(turn: Turn, passage: PassageView) -> list[PassageView]:
    if passage.citable:
        return [passage]
    children = knowledge.children(turn.session, passage.document.id, passage.section, on=turn.today)
    return [leaf for child in children for leaf in _leaves(turn, child)]
