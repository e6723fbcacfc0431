"""The console: where staff work at the kept questions. Signed in, and each only at what is theirs.

Knows forms, cookies and how rows become page data. Must never decide who may see or do what: ``kb.casework``
does. Nor may it query tables: a view parses, calls one function of ``kb``, renders.
"""

from web.console.accounts import account, sign_in, users
from web.console.blueprint import console
from web.console.casework import acts, inbox, outbox, tickets
from web.console.knowledge import editions, replies, routes

__all__ = [
    "account",
    "acts",
    "console",
    "editions",
    "inbox",
    "outbox",
    "replies",
    "routes",
    "sign_in",
    "tickets",
    "users",
]
