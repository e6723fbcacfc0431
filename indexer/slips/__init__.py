"""What a piece of text may stand for when it was mistyped, misheard or misread.

May import ``search``, ``stored`` and ``text``. Proposes only; which word was meant is decided above.
"""
