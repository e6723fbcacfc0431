"""Telling people: who is to hear of what, what waits in the outbox, and what is due a reminder.

May import ``tickets`` and ``staff``. Never sends: the worker takes from the outbox.
"""
