"""What goes on from the turn before: choices, picks from a list, the same asked of another thing,
retelling. Executes a Query beside the topic; keeps nothing itself.
"""
