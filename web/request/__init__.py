"""What holds for every HTTP request: its session and language, its name, limits, protection, problems.

May import ``state``. Never knows a page or an endpoint.
"""
