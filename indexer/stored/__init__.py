"""What an index is on disk: entries, counts and segments as arrays that are mapped, not read.

May import ``text``. Never decides which entries belong in an index, nor how they score.
"""
