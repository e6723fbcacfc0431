"""Pages for whoever asks: the chat, the answers drawn, and the tickets that questions became.

May import the portal's words and ``request``. Shows a ticket only to who has its code.
"""
