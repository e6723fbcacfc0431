"""How good the answers are: labelled questions, figures, intervals, and fitting the confidence.

May import ``asking``. Never serves an asker, and never measures with what the index has seen.
"""
