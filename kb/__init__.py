"""What is true, since when, and what happened to it.

``kb`` knows documents in their editions, passages, agencies, curated words, conversations and tickets, and
keeps them in a database. It takes the session first and ``now`` where time matters; it never commits, never
reads the clock or the environment, and knows nothing of ranking, wording, HTTP or terminals.
"""

__all__: list[str] = []
