"""Reads a message into a ``Query``: what is asked of whom, about what, as of when, and with which slips.

May import the layers below and no other room. Never searches and never words an answer.
"""
