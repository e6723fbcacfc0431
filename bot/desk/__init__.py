"""What all questions share in one process: the open index, what was prepared from it, the models.

May import ``find`` and ``question``. Holds nothing of a single conversation.
"""
