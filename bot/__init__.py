"""Decides what may be said, and words it.

``bot`` knows questions, passages in force and how sure the index is. It never states as policy what is
not a verified span of a passage, never opens a database or a file of the state folder, never reads the
clock, and knows nothing of HTTP or terminals. Enter by ``conversation.converse``; its ``STEPS`` are the
whole way from a question to an answer.
"""

__all__: list[str] = []
