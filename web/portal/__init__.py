"""The pages: chat, documents, agencies and tickets, in three languages, with and without JavaScript.

Knows templates, forms, cookies and how rows become page data. Must never decide what an answer says, nor
query tables itself: a view parses, authorises, calls one function, renders.
"""

from web.portal.asking import asker_acts, chat, tickets
from web.portal.blueprint import portal
from web.portal.knowledge import agencies, documents

__all__ = ["agencies", "asker_acts", "chat", "documents", "portal", "tickets"]
