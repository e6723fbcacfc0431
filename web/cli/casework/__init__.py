"""Commands about kept questions: tickets, replies, and the audit of their events.

May import what opens a desk. Reads and exports; the acts on a ticket are the console's.
"""
