"""What a new edition changes, article by article, and what of ours it touches."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.knowledge import passages_of_edition
from kb.tables.documents import QuestionVariant
from kb.tables.questions import AnswerCitation, Question
from kb.views import PassageView

# Below this share of the words in common a renumbered article is another article.
_SAME_ARTICLE = 0.75


@dataclass(frozen=True)
class ArticleChange:
    """An article before and after; None where it is new or gone. Renumbered: other numbers, words alike."""

    before: PassageView | None
    after: PassageView | None

    @property
    def kind(self) -> str:
        """``added``, ``removed``, ``renumbered`` or ``changed``."""
        if self.before is None:
            return "added"
        if self.after is None:
            return "removed"
        return "renumbered" if self.before.body == self.after.body else "changed"


def compare_editions(
    session: Session, document_id: str, old: str, new: str, *, on: date
) -> list[ArticleChange]:
    """The articles that differ between two editions, in the order of the new; what is gone comes last.

    An article keeps its identity by its words, not its number: where 第三十条 moved to 第三十七条 unchanged,
    that is one renumbered article.
    """
    before = _articles(session, document_id, old, on)
    after = _articles(session, document_id, new, on)
    pairs = _pairs(before, after)
    changes = [ArticleChange(pairs.get(passage.section), passage) for passage in after]
    kept = {passage.section for passage in pairs.values()}
    changes += [ArticleChange(passage, None) for passage in before if passage.section not in kept]
    return [change for change in changes if not _is_same(change)]


def _is_same(change: ArticleChange) -> bool:
    before, after = change.before, change.after
    return bool(before and after and before.section == after.section and before.body == after.body)


def _articles(session: Session, document_id: str, version: str, on: date) -> list[PassageView]:
    found = passages_of_edition(session, document_id, version, on=on)
    return [passage for passage in found if passage.kind != "preamble"]


def _pairs(before: Sequence[PassageView], after: Sequence[PassageView]) -> dict[str, PassageView]:
    """The old article of each new one, by the new one's number: equal words first, then the most alike."""
    free = {passage.section: passage for passage in before}
    by_words = {passage.body: passage.section for passage in before}
    pairs: dict[str, PassageView] = {}
    for passage in after:
        section = by_words.get(passage.body)
        if section in free:
            pairs[passage.section] = free.pop(section)
    for passage in after:
        if passage.section not in pairs and (match := _most_alike(passage, free)):
            pairs[passage.section] = free.pop(match)
    return pairs


def _most_alike(passage: PassageView, free: Mapping[str, PassageView]) -> str | None:
    """Of the old articles not yet paired the one with most words in common, if it has enough of them."""
    shares = {section: _likeness(passage.body, other.body) for section, other in free.items()}
    best = max(shares, key=lambda section: (shares[section], section == passage.section), default=None)
    return best if best and shares[best] >= _SAME_ARTICLE else None


def _likeness(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < _SAME_ARTICLE or matcher.quick_ratio() < _SAME_ARTICLE:
        return 0.0
    return matcher.ratio()


@dataclass(frozen=True)
class Touched:
    """What speaks of articles that a new edition changed: for a person to look at."""

    variants: tuple[tuple[str, str], ...]
    answers: tuple[tuple[str, str, str], ...]


def touched_by(session: Session, changes: Sequence[ArticleChange]) -> Touched:
    """Question variants (passage id, words) and answers given (message id, passage id, question).

    Counted are the articles by their old numbers, since that is how they were cited and asked for.
    """
    old = {change.before.id: change.before for change in changes if change.before}
    keys = sorted(old)
    asked = session.execute(
        select(QuestionVariant.passage_key, QuestionVariant.text)
        .where(QuestionVariant.passage_key.in_(keys))
        .order_by(QuestionVariant.passage_key, QuestionVariant.text)
    )
    return Touched(tuple((row.passage_key, row.text) for row in asked), tuple(_answers(session, old)))


def _answers(session: Session, old: Mapping[str, PassageView]) -> Iterator[tuple[str, str, str]]:
    """Answers that quoted just these words; one that quoted another edition is not touched."""
    rows = session.execute(
        select(Question.id, AnswerCitation.passage_key, AnswerCitation.passage_sha256, Question.text)
        .join(Question, Question.id == AnswerCitation.question_id)
        .where(AnswerCitation.passage_key.in_(old))
        .order_by(Question.asked_at, Question.id)
    )
    for message_id, key, sha256, text in rows:
        if sha256 == old[key].sha256:
            yield message_id, key, text
