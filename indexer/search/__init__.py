"""From a question to scored hits: what is known of its terms, a first pass over all, a second over the best.

May import ``stored`` and ``text``. Never writes a file and never looks at meaning.
"""
