"""What else a message wants: a day, a fact of a document, its parts, a person, the answer told again.
Reads tokens; never answers.
"""
