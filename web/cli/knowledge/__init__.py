"""Commands about documents: check, ingest, import, publish, vectors, list.

May import what opens the workshop. Loads no desk, so that it works before anything can be asked.
"""
