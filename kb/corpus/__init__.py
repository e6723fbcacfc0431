"""The folder that curators keep: each file read and checked, all problems told at once.

May import ``text``. Never touches the database; ``documents`` loads what is read here.
"""
