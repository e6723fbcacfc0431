"""Endpoints for whoever asks: chat, feedback, and the tickets that questions became.

May import the contract and ``request``. Parses, calls one function below, renders.
"""
