"""Answers from laws: articles by number, chapters, searches, former and future editions. Executes a Query;
words nothing.
"""
