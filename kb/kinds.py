"""The two groups of sources, which are searched apart: scores of one say nothing of the other."""

from kb.documents.passages import LAWS

LAW_KINDS = frozenset(LAWS)
OUR_KINDS = frozenset(("plan", "reply", "document"))
"""What the city says itself: plans, published replies, and papers that are neither plan nor law."""
