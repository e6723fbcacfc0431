"""The console's pages of tickets: inbox, one ticket, the acts, the reply form, the outbox.

May import the console's blueprint and ``portal``. Never decides who may do what: ``kb.casework`` does.
"""
