"""Questions from the terminal or from lines: one at a time, or a whole conversation.

May import what opens a desk. Uses the answer that every door gives, and only draws it differently.
"""
