"""Finds candidates for a query and says how sure each of them is.

May import ``question``. Never decides whether to answer, and never words anything.
"""
