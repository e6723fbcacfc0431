"""A kept question: its number and code, its states, clocks, contact and chain of events.

May import ``documents``, ``store`` and the promise of working time. Never decides who may do what.
"""
