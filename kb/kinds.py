"""Kinds of documents, and the two groups of sources that they make.

The groups are searched apart: scores of one say nothing of the other.
"""

from typing import Final

REPLY: Final = "reply"
"""The kind of a published reply and of its one passage."""
LAWS = ("law", "regulation")
"""Kinds of documents that are written in articles and cited by them."""

LAW_KINDS = frozenset(LAWS)
OUR_KINDS = frozenset(("plan", REPLY, "document"))
"""What the city says itself: plans, published replies, and papers that are neither plan nor law."""
