"""The database itself: engines, sessions, tables, migrations, and the few ways rows are written.

Imports no other room and knows none of what rows mean. Never commits: front doors do.
"""
