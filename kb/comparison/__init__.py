"""Two editions of a document side by side: which articles belong together, what changed, what that touches.
May use documents and text; writes nothing and is imported by no other room of the layer.
"""
