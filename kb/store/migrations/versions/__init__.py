"""The steps that made the tables, numbered in order and never changed once released.

Import nothing of ours: a step must mean the same whatever the code has become since.
"""
