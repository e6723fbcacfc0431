"""Addresses of what is cited: the page of a document, opened at a passage with a span marked."""

from typing import Any

from flask import url_for


def document_address(document_id: str, section: str | None = None, edition: str | None = None) -> str:
    """A document's page, at a passage if one is named; the edition standing today unless another is named."""
    return url_for("portal.document", document_id=document_id, edition=edition, _anchor=section)


def span_address(document_id: str, section: str, start: int, end: int, edition: str | None = None) -> str:
    """A document's page at a passage, with the characters ``start:end`` of its text marked."""
    span: dict[str, Any] = {"from": start, "to": end}
    return url_for("portal.document", document_id=document_id, edition=edition, _anchor=section, **span)


def agency_address(agency_id: str) -> str:
    """An agency's page."""
    return url_for("portal.agency", agency_id=agency_id)
