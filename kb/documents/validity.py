"""Until when each edition holds: a newer edition ends it, or another law that says so.

Computed over all editions that stand, whatever order they were taken in: an old edition that arrives late
ends where the one after it begins.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from kb.kinds import LAWS
from kb.store.tables.documents import CURRENT, Edition

_COUNTRY = "中华人民共和国"
_REPEALS = ("同时废止", "同時廢止", "即行废止", "予以废止")
_REPEALING = re.compile("|".join(_REPEALS))
_SENTENCE_ENDS = re.compile(r"[。\n]")
_TITLE = re.compile(r"《([^《》\n]{2,60})》")
_ARTICLES = re.compile(r"《[^《》\n]+》(?:中|第)")


@dataclass(frozen=True)
class _Life:
    """An edition's days: from when it holds, and its title to be found by."""

    id: int
    document_id: str
    title: str
    start: date
    ended_on: date | None
    ended_by: str | None


def settle_validity(session: Session, document_id: str | None = None) -> bool:
    """Set ``ended_on`` and ``ended_by`` of every edition that stands; whether any was another before.

    Of one document alone, editions that another law has ended stay so: the texts of others are not read.
    """
    lives = _lives(session, document_id)
    if document_id is None:
        ends = {**dict(_succeeded(lives)), **dict(_repealed(session, lives))}
    else:
        ends = {**dict(_ended_by_others(lives)), **dict(_succeeded(lives))}
    changed = False
    for life in lives:
        ended_on, ended_by = ends.get(life.id, (None, None))
        if (life.ended_on, life.ended_by) != (ended_on, ended_by):
            row = session.get_one(Edition, life.id)
            row.ended_on, row.ended_by, changed = ended_on, ended_by, True
    session.flush()
    return changed


def bare_title(title: str) -> str:
    """A title without the country before it and the brackets around it."""
    return title.strip("《》 　").removeprefix(_COUNTRY)


def _ended_by_others(lives: list[_Life]) -> Iterator[tuple[int, tuple[date, str]]]:
    for life in lives:
        if life.ended_on and life.ended_by and life.ended_by != life.document_id:
            yield life.id, (life.ended_on, life.ended_by)


def _lives(session: Session, document_id: str | None) -> list[_Life]:
    of_document = () if document_id is None else (Edition.document_id == document_id,)
    rows = session.execute(
        select(
            Edition.id,
            Edition.document_id,
            Edition.title,
            func.coalesce(Edition.effective_on, Edition.issued_on),
            Edition.ended_on,
            Edition.ended_by,
        ).where(CURRENT, *of_document)
    )
    return [_Life(*row) for row in rows]


def _succeeded(lives: list[_Life]) -> Iterator[tuple[int, tuple[date, str]]]:
    by_document: dict[str, list[_Life]] = {}
    for life in lives:
        by_document.setdefault(life.document_id, []).append(life)
    for editions in by_document.values():
        by_age = sorted(editions, key=lambda life: (life.start, life.id))
        yield from ((old.id, (new.start, new.document_id)) for old, new in pairwise(by_age))


def _repealed(session: Session, lives: list[_Life]) -> Iterator[tuple[int, tuple[date, str]]]:
    """The newest edition of each document whose title a law repeals, from the day that law holds."""
    newest: dict[str, _Life] = {}
    for life in sorted(lives, key=lambda life: (life.start, life.id)):
        newest[bare_title(life.title)] = life
    for document_id, start, title in _repeals(session, {life.id: life for life in lives}):
        gone = newest.get(title)
        if gone and gone.document_id != document_id and gone.start < start:
            yield gone.id, (start, document_id)


def _repeals(session: Session, lives: Mapping[int, _Life]) -> Iterator[tuple[str, date, str]]:
    says_so = or_(*(Edition.text.contains(words) for words in _REPEALS))
    rows = session.execute(select(Edition.id, Edition.text).where(CURRENT, Edition.kind.in_(LAWS), says_so))
    for edition_id, text in rows:
        life = lives[edition_id]
        for title in repealed_titles(text):
            yield life.document_id, life.start, title


def repealed_titles(text: str) -> list[str]:
    """The titles that ``text`` repeals, without the country; not those of which only an article goes.

    >>> repealed_titles("本法自2024年12月1日起施行。《中华人民共和国进出口关税条例》同时废止。")
    ['进出口关税条例']
    """
    clauses = [clause for clause in _repealing(text) if not _ARTICLES.search(clause)]
    return [bare_title(title) for clause in clauses for title in _TITLE.findall(clause)]


def _repealing(text: str) -> Iterator[str]:
    """From the full stop before to the words that repeal: the titles between are those that go."""
    end = 0
    for found in _REPEALING.finditer(text):
        before = text[end : found.start()]
        start = end + max((stop.end() for stop in _SENTENCE_ENDS.finditer(before)), default=0)
        end = found.end()
        yield text[start:end]
