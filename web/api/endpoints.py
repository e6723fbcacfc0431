"""All endpoints, registered on the blueprint by being imported."""

from web.api import agencies, asker_acts, chat, documents, feedback, passages, tickets
from web.api.blueprint import api

__all__ = ["agencies", "api", "asker_acts", "chat", "documents", "feedback", "passages", "tickets"]
