"""A document as a whole: its parts with what stands below each, or all its measures, from the structure."""

from collections.abc import Sequence

from bot.answer import Reason, Status
from bot.finding import Evidence, Finding, Form
from bot.question.wishes.wants import Want
from bot.topic import Topic
from bot.turn import Turn
from indexer.text.folding import folded_text
from kb.documents import knowledge
from kb.documents.knowledge import DocumentView, PassageView

_AIM = "目标"
_LITTLE_MORE = 8
_LEVELS = ("part", "chapter")


def overview(turn: Turn) -> Finding | None:
    """The outline of the document meant, or the whole list of its measures; None where neither is wanted."""
    query = turn.query
    if query.want not in (Want.SUMMARY, Want.WHOLE_LIST, Want.START):
        by_title = [one for one in turn.plans if _is_all_of(query.text, folded_text(one.title))]
        return outline(turn, by_title[0]) if by_title else None
    if query.laws:
        return outline_of_law(turn, query.laws[0].document_id) if query.want is Want.SUMMARY else None
    if turn.topic and not query.names_document and query.want is Want.SUMMARY:
        return None  # 有哪些措施, after an answer: of what was spoken of
    return _of_plans(turn, query.want)


def _is_all_of(text: str, title: str) -> bool:
    """Whether a message names a document by its title and says next to nothing besides."""
    return title in text and len(text) - len(title) <= _LITTLE_MORE


def _of_plans(turn: Turn, want: Want) -> Finding | None:
    meant = turn.plans
    if not meant:
        return None
    if len(meant) > 1 and want is not Want.START:
        return Finding(
            Status.CLARIFY,
            Form.TALK,
            Reason.LOW_CONFIDENCE,
            words="which_document",
            asks=tuple(("ask_overview", {"title": one.title}) for one in meant),
        )
    if want is Want.WHOLE_LIST:
        return _all_measures(turn, meant[0])
    return outline(turn, meant[0], words="start" if want is Want.START else "outline")


def outline(turn: Turn, document: DocumentView, words: str = "outline") -> Finding:
    """The aim of a plan in its own words, then its sections with the number of measures below each."""
    nodes = knowledge.outline(turn.session, document.id, on=turn.today)
    measures = [node for node in nodes if node.kind == "measure"]
    sections = sections_of(nodes)
    aims = (
        [] if words == "start" else [one for one in nodes if one.citable and _AIM in (one.heading or "")][:1]
    )
    return Finding(
        Status.ANSWERED,
        Form.OVERVIEW,
        words=words,
        about={"title": document.title, "count": str(len(measures)), "sections": str(len(sections))},
        evidence=(*map(_heading, sections), *map(Evidence.body, aims)),
        tally=tuple(_below(node, measures) for node in sections),
        taps=tuple(sections),
        confidence=1.0,
    )


def sections_of(nodes: Sequence[PassageView]) -> list[PassageView]:
    """The sections of a plan that measures stand in; of a plan without measures all that hold anything."""
    sections = [node for node in nodes if node.kind == "section" and not node.citable]
    above = {node.parent for node in nodes if node.kind == "measure"}
    return [node for node in sections if node.section in above] or sections


def outline_of_law(turn: Turn, document_id: str) -> Finding | None:
    """The chapters of a law with the articles in each; of one without chapters its first article."""
    nodes = knowledge.outline(turn.session, document_id, on=turn.today)
    articles = [node for node in nodes if node.kind == "article"]
    if not articles:
        return None
    level = next((one for one in _LEVELS if any(node.kind == one for node in nodes)), None)
    chapters = [node for node in nodes if node.kind == level] if level else []
    about = {"title": articles[0].document.title, "count": str(len(articles)), "sections": str(len(chapters))}
    if not chapters:
        return Finding(
            Status.ANSWERED,
            Form.OVERVIEW,
            words="law_without_chapters",
            about=about,
            evidence=(Evidence.body(articles[0]),),
            confidence=1.0,
            topic=Topic(turn.question, (articles[0].id,)),
        )
    return Finding(
        Status.ANSWERED,
        Form.OVERVIEW,
        words="law_outline_parts" if level == "part" else "law_outline",
        about=about,
        evidence=tuple(map(_heading, chapters)),
        tally=tuple(_below(node, articles) for node in chapters),
        taps=tuple(chapters),
        confidence=1.0,
    )


def _all_measures(turn: Turn, document: DocumentView) -> Finding:
    nodes = knowledge.outline(turn.session, document.id, on=turn.today)
    measures = [node for node in nodes if node.kind == "measure"]
    sections = sections_of(nodes)
    return Finding(
        Status.ANSWERED,
        Form.OVERVIEW,
        words="whole_list",
        about={"title": document.title, "count": str(len(measures)), "sections": str(len(sections))},
        evidence=tuple(map(Evidence.with_agencies, measures)),
        taps=tuple(sections),
        confidence=1.0,
        topic=Topic(turn.question, tuple(one.id for one in measures), listed=True),
    )


def _below(node: PassageView, leaves: Sequence[PassageView]) -> int:
    return sum(f"{one.parent or ''}.".startswith(f"{node.section}.") for one in leaves)


def _heading(node: PassageView) -> Evidence:
    return Evidence(node, node.start, node.body_start if node.body_start > node.start else node.end)
