"""Turn a finding into an ``Answer``: sentences from the data, quotes cut from verbatim text and verified.

May import ``question``. Never searches, and never changes what was found.
"""
