"""Endpoints for what may be read: documents, passages and agencies.

May import the contract and ``request``. Gives what is stored, and words nothing.
"""
