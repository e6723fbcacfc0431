"""Telling the corpus from what came after it: published replies are documents that no file stands behind."""

from sqlalchemy import select

from kb.store.tables.documents import Edition
from kb.store.tables.replies import PublishedReply

OF_THE_CORPUS = Edition.document_id.not_in(select(PublishedReply.document_id))
"""True of editions that an ingest made, which are the ones an ingest may supersede or withdraw."""
