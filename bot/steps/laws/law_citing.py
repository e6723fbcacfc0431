"""Articles of laws asked for by their numbers, quoted from the edition that is meant."""

from collections.abc import Sequence
from dataclasses import replace

from bot.answer import Reason, Status
from bot.finding import Evidence, Finding, Form, Note
from bot.question.laws.english_articles import in_chinese
from bot.question.laws.law_editions import EditionAsked, edition_asked
from bot.question.laws.law_references import (
    ArticleNumber,
    LawReference,
    articles_in,
    references_in,
    unknown_law,
)
from bot.steps.laws.law_as_of import not_held_then
from bot.topic import Topic
from bot.turn import Turn
from bot.words.law_notes import notes_of, shared_name_notes
from kb.documents import knowledge
from kb.documents.knowledge import PassageView
from kb.kinds import LAWS
from kb.text.article_parts import paragraphs


def cite_articles(turn: Turn) -> Finding | None:
    """The articles that the message names, or that a law has none of that number; None if it names none.

    After an answer from a law, a number alone is of that law (那87条呢).
    """
    folded = turn.query.text
    named = turn.desk.law_names(turn.session, turn.index).find(folded)
    references = references_in(folded, named) or _in_hand(turn, folded)
    if references:
        return _quoted(turn, references)
    missing = None if named else unknown_law(folded)
    if missing is None or _is_ours(turn, missing):
        return None
    return Finding(
        Status.UNANSWERED,
        Form.TALK,
        Reason.NO_MATCH,
        words="law_not_held",
        about={"title": missing},
        keep=True,
    )


def _in_hand(turn: Turn, folded: str) -> list[LawReference]:
    """A number alone, after an answer from a law."""
    articles = articles_in(in_chinese(folded)) if turn.topic.passages else ()
    if not articles:
        return []
    found = knowledge.passages(turn.session, turn.topic.passages[:1], on=turn.today)
    laws = [passage.document.id for passage in found.values() if passage.document.kind in LAWS]
    return [LawReference(key, articles) for key in laws]


def _is_ours(turn: Turn, name: str) -> bool:
    """Whether 方案第三条 or the like speaks of a plan."""
    return any(name in plan.title for plan in turn.plans)


def _quoted(turn: Turn, references: Sequence[LawReference]) -> Finding:
    evidence: list[Evidence] = []
    notes = shared_name_notes(turn)
    for reference in references:
        if note := not_held_then(turn, reference.document_id):
            notes.append(note)
            continue
        asked = edition_asked(
            turn.query.day,
            knowledge.editions(turn.session, reference.document_id, on=turn.today),
            turn.today,
        )
        found = _passages(turn, reference, asked)
        notes += notes_of(turn, asked, [one.passage for one in found])
        notes += _absent(asked, reference, found)
        evidence += found
    if not evidence:
        return Finding(Status.UNANSWERED, Form.ARTICLES, Reason.NO_MATCH, notes=tuple(notes), confidence=1.0)
    return Finding(
        Status.ANSWERED,
        Form.ARTICLES,
        notes=tuple(notes),
        evidence=tuple(evidence),
        confidence=1.0,
        topic=Topic(turn.question, tuple(dict.fromkeys(one.passage.id for one in evidence))),
    )


def _passages(turn: Turn, reference: LawReference, asked: EditionAsked) -> list[Evidence]:
    found = knowledge.passages_of_edition(
        turn.session,
        reference.document_id,
        asked.edition.version,
        [article.section for article in reference.articles],
        on=turn.today,
    )
    by_section = {passage.section: passage for passage in found}
    return [
        part
        for article in reference.articles
        if article.section in by_section
        for part in _parts(by_section[article.section], article)
    ]


def _parts(passage: PassageView, article: ArticleNumber) -> list[Evidence]:
    """The paragraph that is named, or the item with the words that lead to it; else the whole article."""
    spans = _spans(passage, article) or [(0, len(passage.body))]
    return [Evidence(passage, passage.body_start + start, passage.body_start + end) for start, end in spans]


def _spans(passage: PassageView, article: ArticleNumber) -> list[tuple[int, int]]:
    """Spans of the body for the paragraph or item; an item without a paragraph is looked for in all."""
    if article.either:
        item, paragraph = (
            replace(article, either=0, item=article.either),
            replace(article, either=0, paragraph=article.paragraph or article.either),
        )
        return _spans(passage, item) or ([] if article.paragraph else _spans(passage, paragraph))
    named = [one for one in paragraphs(passage.body) if article.paragraph in (0, one.number)]
    if article.item:
        found = [(part, item) for part in named for item in part.items if item.number == article.item]
        return [
            span for part, item in found[:1] for span in ((part.start, part.lead_end), (item.start, item.end))
        ]
    return [(part.start, part.end) for part in named[:1]] if article.paragraph else []


def _number(article: ArticleNumber) -> dict[str, str]:
    """The number of an article, and what comes behind 条 of one that was inserted: 17, 之1."""
    number, _, inserted = article.section.partition("-")
    return {"number": number, "inserted": f"之{inserted}" if inserted else ""}


def _absent(asked: EditionAsked, reference: LawReference, found: Sequence[Evidence]) -> list[Note]:
    """What is named and does not exist: an article, or a paragraph or item of one that does."""
    title, sections = asked.edition.title, {one.passage.section for one in found}
    notes = [
        Note("no_such_article", {"title": title, **_number(article)})
        for article in reference.articles
        if article.section not in sections
    ]
    passages = {one.passage.section: one.passage for one in found}
    return notes + [
        Note("no_such_part", {"title": title, "label": passages[article.section].label})
        for article in reference.articles
        if article.names_part
        and article.section in passages
        and not _spans(passages[article.section], article)
    ]
