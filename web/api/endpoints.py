"""All endpoints, registered on the blueprint by being imported."""

from web.api import agencies, chat, documents, feedback, passages, tickets
from web.api.blueprint import api

__all__ = ["agencies", "api", "chat", "documents", "feedback", "passages", "tickets"]
