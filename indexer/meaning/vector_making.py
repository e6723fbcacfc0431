"""Making the vectors of the current generation, once a text and encoder."""

from collections.abc import Sequence
from pathlib import Path

from indexer.build.generation import open_generation
from indexer.errors import GenerationDamaged
from indexer.meaning.encoders import Encoder
from indexer.meaning.vectors import (
    Progress,
    VectorSet,
    by_kind,
    encode_missing,
    read_vectors,
    texts_of,
    write_vectors,
)
from indexer.stored.fields import Entry


def make_vectors(
    root: Path, encoder: Encoder, progress: Progress | None = None, *, beside: Sequence[Path] = ()
) -> int:
    """Give the current generation under ``root`` the vectors that it lacks; how many texts were encoded.

    One kind of passages after the other, so that the first is of use while the next is made.

    Texts that any generation under ``root`` or ``beside`` it has vectors for are not encoded again. Raises
    ``EncoderFailed``, and ``IndexerError`` where there is no generation to trust.
    """
    index = open_generation(root)
    texts = texts_of(index.entries)
    folder = root / index.name
    own = _sound(folder, encoder.name)
    if own and own.holds(texts):
        return 0
    generations = [folder for place in (root, *beside) for folder in sorted(place.iterdir())]
    others = [_sound(other, encoder.name) for other in generations if other.is_dir()]
    known = [one for one in (own, *others) if one]
    missing = sum(not any(text.digest in one.rows for one in known) for text in texts)
    wanted: list[Entry] = []
    for entries in by_kind(index).values():
        wanted += entries
        vectors = encode_missing(texts_of(wanted), known, encoder, progress)
        known.insert(0, vectors)
        if folder.is_dir():  # it goes when two more generations have come meanwhile
            write_vectors(folder, vectors)
    return missing


def _sound(folder: Path, encoder: str) -> VectorSet | None:
    """The vectors in ``folder`` that can be used; damaged ones are made anew."""
    try:
        return read_vectors(folder, encoder)
    except GenerationDamaged:
        return None
