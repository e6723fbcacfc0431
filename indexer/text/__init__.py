"""Chinese text made comparable: folded, cut into sentences, words and terms, told by its sound.

Imports nothing of ours but errors; knows no index, no file of one and no score.
"""
