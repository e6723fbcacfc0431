"""What is done to tickets, by staff and by askers: triage, handling, drafts, publishing, ratings.

May import every room of ``kb``. Every act asks ``access`` first and changes a ticket in one place.
"""
