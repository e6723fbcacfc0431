"""The console's pages of what was learned: editions, published replies, routes.

May import the console's blueprint and ``portal``. Shows what to look at again, and decides nothing.
"""
