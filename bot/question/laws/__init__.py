"""Articles, chapters and editions of laws as a question names them. Reads what is named; never fetches a
text.
"""
