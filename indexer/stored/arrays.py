"""Named arrays in one file, mapped into memory when opened: only what is looked at is read."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.errors import GenerationDamaged

Array = NDArray[Any]

_MAGIC = b"GWARRAYS"
_ALIGNED = 64


def write_arrays(path: Path, arrays: Mapping[str, Array]) -> None:
    """Write ``arrays`` to ``path``: a magic, the length of a table in JSON, the table, then the arrays."""
    table, at = {}, 0
    for name, array in arrays.items():
        table[name] = [array.dtype.str, list(array.shape), at]
        at += _padded(array.nbytes)
    head = json.dumps(table, separators=(",", ":")).encode()
    head += b" " * (_padded(len(_MAGIC) + 8 + len(head)) - len(_MAGIC) - 8 - len(head))
    with path.open("wb") as file:
        file.write(_MAGIC + len(head).to_bytes(8, "little") + head)
        for array in arrays.values():
            file.write(np.ascontiguousarray(array).data)
            file.write(b"\0" * (_padded(array.nbytes) - array.nbytes))


def open_arrays(path: Path) -> dict[str, Array]:
    """The arrays in ``path``, read-only; GenerationDamaged, naming the file, if it is not such a file."""
    try:
        data = np.memmap(path, np.uint8, "r")
        if bytes(data[: len(_MAGIC)]) != _MAGIC:
            raise GenerationDamaged(path, "not a file of this index")
        start = len(_MAGIC) + 8
        end = start + int.from_bytes(bytes(data[len(_MAGIC) : start]), "little")
        table = json.loads(bytes(data[start:end]))
        return {name: _array(data[end:], *place) for name, place in table.items()}
    except OSError as error:
        raise GenerationDamaged(path, f"cannot be read ({error.strerror})") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise GenerationDamaged(path, f"not what it should be ({error})") from error


def _array(data: Array, dtype: str, shape: list[int], at: int) -> Array:
    size = np.dtype(dtype).itemsize * int(np.prod(shape, dtype=np.int64))
    if at < 0 or size < 0 or at + size > len(data):
        raise ValueError("cut short")
    array: Array = np.asarray(data)[at : at + size].view(dtype).reshape(shape)
    return array


def _padded(size: int) -> int:
    return -(-size // _ALIGNED) * _ALIGNED
