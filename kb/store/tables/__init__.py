"""Every table of the knowledge base; importing this package makes ``Base.metadata`` whole."""

from kb.store.tables import (
    agencies,
    directory,
    documents,
    feedback,
    outbox,
    outside,
    people,
    questions,
    replies,
    routes,
    throttle,
    tickets,
)
from kb.store.tables.base import Base

__all__ = [
    "Base",
    "agencies",
    "directory",
    "documents",
    "feedback",
    "outbox",
    "outside",
    "people",
    "questions",
    "replies",
    "routes",
    "throttle",
    "tickets",
]
