"""The first and last look at a message: talk, what is elsewhere or nobody's business here, the way to a
person, choices. Never answers on policy.
"""
