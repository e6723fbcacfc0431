"""Documents in the database: loaded, in editions, in force or not, read as passages and indexed.

May import ``corpus``, ``text`` and ``store``. Never knows who asked, and no ticket.
"""
