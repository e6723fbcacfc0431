"""What sort of message it is and which details it asks for: the fitted head, and the patterns that it has
not replaced. Decides nothing about the answer.
"""
