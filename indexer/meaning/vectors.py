"""The vectors of a generation's texts, in a file beside it.

    root/<name>/vectors.npz   which encoder, a digest of each text, its vector

They come after the generation: words answer at once, and vectors take seconds to minutes. A text that an
earlier generation had is never encoded again. The file is whole or not there: written aside, then renamed.
"""

import hashlib
import io
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.build.writing import flush
from indexer.errors import GenerationDamaged
from indexer.meaning.encoders import Encoder, Vectors
from indexer.search.index import Index
from indexer.stored.fields import Entry
from indexer.text.folding import folded_text

FILE = "vectors.npz"
_BATCH = 32

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class VectorSet:
    """Vectors of one encoder by digest of their text, in half precision, as they are kept: it ranks alike."""

    encoder: str
    rows: Mapping[bytes, int]
    matrix: NDArray[np.float16]

    def of(self, texts: Sequence["Text"]) -> Vectors:
        """The vectors of ``texts``, a row each; a text that is not there is a KeyError."""
        return self.matrix[[self.rows[text.digest] for text in texts]].astype(np.float32)

    def holds(self, texts: Iterable["Text"]) -> bool:
        """Whether all of ``texts`` are there."""
        return all(text.digest in self.rows for text in texts)


@dataclass(frozen=True)
class Text:
    """A folded text to encode, so that both scripts have one vector; as a question or as a passage."""

    content: str
    is_question: bool

    @property
    def digest(self) -> bytes:
        """What its vector is kept under."""
        kind = "question" if self.is_question else "passage"
        return hashlib.sha256(f"{kind}\n{self.content}".encode()).digest()


def passage_text(entry: Entry) -> Text:
    """What of an entry is encoded as its passage: title and body."""
    return Text(folded_text(f"{entry.title}\n{entry.body}"), is_question=False)


def variant_texts(entry: Entry) -> tuple[Text, ...]:
    """The curated questions of an entry, to be encoded as questions."""
    return tuple(Text(folded_text(variant), is_question=True) for variant in entry.variants)


def texts_of(entries: Iterable[Entry]) -> list[Text]:
    """Everything that is encoded of ``entries``, each once, in their order."""
    return list(
        dict.fromkeys(text for entry in entries for text in (passage_text(entry), *variant_texts(entry)))
    )


def by_kind(index: Index) -> dict[str, list[Entry]]:
    """The entries of ``index`` by their kind, the smallest kind first: it is soonest of use."""
    kinds: dict[str, list[Entry]] = defaultdict(list)
    for entry in index.entries:
        kinds[entry.kind].append(entry)
    return dict(sorted(kinds.items(), key=lambda item: len(texts_of(item[1]))))


def read_vectors(folder: Path, encoder: str) -> VectorSet | None:
    """The vectors in a generation's ``folder`` if they are ``encoder``'s; None while there are none.

    A file that is not as it was written is GenerationDamaged.
    """
    path = folder / FILE
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            name, digests, matrix = (stored[key] for key in ("encoder", "digests", "matrix"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise GenerationDamaged(path, f"no vectors ({error})") from error
    if str(name) != encoder:
        return None
    rows = {digest.tobytes(): row for row, digest in enumerate(digests)}
    return VectorSet(encoder, rows, matrix)


def write_vectors(folder: Path, vectors: VectorSet) -> None:
    """Put ``vectors`` into a generation's ``folder``, whole or not at all."""
    digests = np.frombuffer(b"".join(vectors.rows), dtype=np.uint8).reshape(len(vectors.rows), -1)
    packed = io.BytesIO()
    np.savez(packed, encoder=np.array(vectors.encoder), digests=digests, matrix=vectors.matrix)
    aside = folder / f".{FILE}"
    aside.write_bytes(packed.getvalue())
    flush(aside)
    aside.replace(folder / FILE)


def encode_missing(
    texts: Sequence[Text], known: Sequence[VectorSet], encoder: Encoder, progress: Progress | None = None
) -> VectorSet:
    """The vectors of ``texts``, taken from ``known`` where they are there, else encoded now.

    ``progress(done, total)`` counts texts. Raises ``EncoderFailed``.
    """
    found = {text.digest: vector for text in texts if (vector := _known(text, known)) is not None}
    missing = [text for text in texts if text.digest not in found]
    for kind in (True, False):
        of_kind = [text for text in missing if text.is_question is kind]
        for at in range(0, len(of_kind), _BATCH):
            batch = of_kind[at : at + _BATCH]
            encode = encoder.questions if kind else encoder.passages
            vectors = encode([text.content for text in batch])
            found.update(zip((text.digest for text in batch), vectors, strict=True))
            if progress:
                progress(len(found), len(texts))
    digests = [text.digest for text in texts]
    matrix = np.array([found[digest] for digest in digests], dtype=np.float16)
    return VectorSet(encoder.name, {digest: row for row, digest in enumerate(digests)}, matrix)


def _known(text: Text, known: Sequence[VectorSet]) -> NDArray[np.float16] | None:
    return next((one.matrix[one.rows[text.digest]] for one in known if text.digest in one.rows), None)
