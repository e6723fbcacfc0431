"""What ``guanwen worker`` does: the queue, notices by mail and webhook, upkeep, the index of replies.

May import ``state``. Never serves a request; doors only ask it to hurry.
"""
