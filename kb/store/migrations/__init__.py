"""How the tables came to be, one file a step under ``versions``; ``kb.store.schema`` runs them."""

HEAD = "0011"
"""The newest step. Written here so that a server can check its tables without loading Alembic."""
