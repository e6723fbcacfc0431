"""Front doors: pages, API, command line and their settings.

Knows HTTP, the terminal, the environment and the clock; opens, commits and rolls back transactions.
Must never decide what an answer says (``bot``), what is true (``kb``) or how text is compared (``indexer``).
"""

__all__: list[str] = []
