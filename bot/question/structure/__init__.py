"""Questions on the structure of a document: from tokens to conditions on its measures. Values and grammar
only; never touches a document or the text of a message.
"""
