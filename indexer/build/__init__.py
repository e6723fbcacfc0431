"""Making a generation: what changed, counted and written aside, checked, and switched by one rename.

May import ``search``, ``stored`` and ``text``. Never answers a question; readers notice the switch.
"""
