"""What a process stands on: the state folder, the database, the encoder, the front desk, the counters.

May import settings and the layers below. Knows no request: several threads share all of it.
"""
