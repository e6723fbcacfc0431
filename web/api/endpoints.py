"""All endpoints, registered on the blueprint by being imported."""

from web.api.asking import asker_acts, chat, feedback, tickets
from web.api.blueprint import api
from web.api.knowledge import agencies, documents, passages

__all__ = ["agencies", "api", "asker_acts", "chat", "documents", "feedback", "passages", "tickets"]
