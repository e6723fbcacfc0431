"""Everything that has a name in a question: agencies, concepts, subjects, laws, headings and function
words, found in one pass. May use the index and the knowledge base; never decides what a question wants.
"""
