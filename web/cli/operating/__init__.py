"""Commands that run the service: init, serve, worker, doctor, purge, accounts.

May import ``knowledge`` and the server. Never answers anything.
"""
