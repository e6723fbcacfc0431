"""What can go wrong in ``indexer``: an index on disk that cannot be used is refused by name."""

from pathlib import Path


class IndexerError(Exception):
    """Base of every error of ``indexer``: ``path`` is the file or folder at fault, ``reason`` says how."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"


class GenerationMissing(IndexerError):
    """There is no index here yet, or the current generation's folder is gone."""


class GenerationDamaged(IndexerError):
    """A file of the index is missing, cut short or changed since it was written."""


class GenerationUnknown(IndexerError):
    """The index was written in another format or by other engine versions; it has to be rebuilt."""


class GenerationNotWritten(IndexerError):
    """The disk is full, or does not let us write; the generation before stays current."""
