"""Closeness in meaning beside the words: encoders, vectors in a file of the generation, and their fusion.

May import everything below. Nothing may depend on it to work: without vectors words decide.
"""
