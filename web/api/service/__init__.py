"""Endpoints about the service itself: health, metrics, the description and its page.

May import the other endpoints' contract. Tells nothing of who asked what.
"""
