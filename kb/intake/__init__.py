"""Documents from elsewhere: collected, decoded, recognised and written into the corpus folder.

May import ``documents`` and below. Trusts no file: what may be hostile is read in a confined process.
"""
