"""Answers from the structure of documents: exhaustive lists, counts, overviews and facts. Executes a
Query; never reads a message again.
"""
