"""Whom to turn to and where: agencies' contacts, hotlines, places and reviewed subjects, as rows and as
views. May use store and corpus; knows nothing of passages, tickets or answers.
"""
