"""What ``guanwen serve`` runs: gunicorn, its worker, its socket, and what is kept running beside it.

May import the application and all that it is made of. Never answers a request itself.
"""
