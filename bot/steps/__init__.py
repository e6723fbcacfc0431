"""Execute a query into a ``Finding``, one file a step; the first that has something to say decides.

May import ``words``, ``find`` and ``question``. Never writes a sentence that the asker reads.
"""
