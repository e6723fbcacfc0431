"""The editions of a document beside each other, to switch between."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from kb.documents.knowledge import DocumentView
from web.locale import Locale
from web.portal.addresses import document_address
from web.portal.dates import day_words
from web.portal.knowledge.document_page import STATUS_WORDS


@dataclass(frozen=True)
class EditionChoice:
    """One edition: when it was adopted, how it stands today (source text), and its page."""

    day: str
    status: str
    url: str
    shown: bool


def changes_address(editions: Sequence[DocumentView], shown: DocumentView) -> str | None:
    """The page that compares the edition shown with the one before it, the first with the one after it.

    None where there is but one. ``editions`` come newest first.
    """
    if len(editions) < 2:
        return None
    at = next(place for place, one in enumerate(editions) if one.version == shown.version)
    new, old = editions[at : at + 2] if at + 1 < len(editions) else editions[-2:]
    return url_for("portal.document_changes", document_id=shown.id, edition=new.version, against=old.version)


def edition_switch(
    editions: Sequence[DocumentView], shown: DocumentView, locale: Locale
) -> tuple[EditionChoice, ...]:
    """The editions newest first; none where there is but one."""
    if len(editions) < 2:
        return ()
    return tuple(
        EditionChoice(
            day=day_words(one.adopted_on or one.starts_on, locale),
            status=STATUS_WORDS[one.status],
            url=document_address(one.id, edition=one.version),
            shown=one.version == shown.version,
        )
        for one in editions
    )
