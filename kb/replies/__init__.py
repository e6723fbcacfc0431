"""Published replies: what they cite, whether they are still in force, and their index.

May import ``notices`` and below. Never publishes: that is an act on a ticket, in ``casework``.
"""
