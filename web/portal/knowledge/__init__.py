"""Pages of what answers are taken from: documents, their editions and changes, agencies.

May import the portal's words and ``request``. Shows text verbatim: every character once, in order.
"""
