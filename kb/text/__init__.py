"""Reading documents without a database: front matter, headings, outlines, articles, who answers for what.

Imports no other room. Never fails on a text: what is wrong with it comes back as flaws.
"""
