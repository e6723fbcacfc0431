"""The console's pages of people: signing in, one's own account, and everybody's for the administrator.

May import the console's blueprint. Never sees a password again once it is stored.
"""
