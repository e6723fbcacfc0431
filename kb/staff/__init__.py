"""People who work at the desk: accounts, passwords, sign-ins, roles and what a role may do.

May import ``store``. Never knows tickets: who may act on one is decided in ``casework``.
"""
