"""The console: where staff work at the kept questions. Signed in, and each only at what is theirs.

Knows forms, cookies and how rows become page data. Must never decide who may see or do what (kb.access), nor
query tables itself: a view parses, calls one function of ``kb``, renders.
"""

from web.console import account, acts, editions, inbox, outbox, replies, routes, sign_in, tickets, users
from web.console.blueprint import console

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
