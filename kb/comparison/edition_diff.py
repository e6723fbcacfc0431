"""What a new edition changes, article by article."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kb.comparison.article_pairs import pairs
from kb.documents import knowledge
from kb.documents.editions import OF_THE_CORPUS
from kb.documents.passages import DocumentView, PassageView
from kb.errors import NotFound
from kb.store.tables.documents import CURRENT, Edition

ChangeKind = Literal["added", "removed", "renumbered", "changed"]


@dataclass(frozen=True)
class ArticleChange:
    """An article before and after; None where it is new or gone. Renumbered: other numbers, words alike."""

    before: PassageView | None
    after: PassageView | None

    @property
    def kind(self) -> ChangeKind:
        """What became of it."""
        if self.before is None:
            return "added"
        if self.after is None:
            return "removed"
        return "renumbered" if self.before.body == self.after.body else "changed"


def documents_in_editions(session: Session, *, on: date) -> list[list[DocumentView]]:
    """The editions of each document that has several, newest first; by the newest, the latest first."""
    several = (
        select(Edition.document_id)
        .where(CURRENT, OF_THE_CORPUS)
        .group_by(Edition.document_id)
        .having(func.count() > 1)
    )
    found = [knowledge.editions(session, document_id, on=on) for document_id in session.scalars(several)]
    return sorted(found, key=lambda editions: (editions[0].starts_on, editions[0].id), reverse=True)


def editions_to_compare(
    session: Session, document_id: str, *, old: str | None = None, new: str | None = None, on: date
) -> tuple[DocumentView, DocumentView]:
    """Two editions of a document, the older first: those named, else the newest and the one before it.

    With only ``new`` the one before that. Raises ``NotFound`` where there is none such.
    """
    by_age = knowledge.editions(session, document_id, on=on)
    at = next((place for place, one in enumerate(by_age) if new in (None, one.version)), len(by_age))
    before = next((one for one in by_age[at + 1 :] if old in (None, one.version)), None)
    if before is None:
        raise NotFound("edition", f"{document_id}@{old or ''}..{new or ''}")
    return before, by_age[at]


def compare_editions(
    session: Session, document_id: str, old: str, new: str, *, on: date
) -> list[ArticleChange]:
    """The articles that differ between two editions, in the order of the new; what is gone comes last.

    An article keeps its identity by its words, not its number: where 第三十条 moved to 第三十七条 unchanged,
    that is one renumbered article.
    """
    before = _articles(session, document_id, old, on)
    after = _articles(session, document_id, new, on)
    found = pairs(before, after)
    changes = [ArticleChange(found.get(passage.section), passage) for passage in after]
    kept = {passage.section for passage in found.values()}
    changes += [ArticleChange(passage, None) for passage in before if passage.section not in kept]
    return [change for change in changes if not _is_same(change)]


def _is_same(change: ArticleChange) -> bool:
    before, after = change.before, change.after
    return bool(before and after and before.section == after.section and before.body == after.body)


def _articles(session: Session, document_id: str, version: str, on: date) -> list[PassageView]:
    found = knowledge.passages_of_edition(session, document_id, version, on=on)
    return [passage for passage in found if passage.kind != "preamble"]
