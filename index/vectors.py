"""The vectors of one version on disk, each with the key of the text that it was made from."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import numpy as np

from index.texts import KEY_BYTES
from index.types import Vectors

PASSAGES, SENTENCES = "vectors", "sentence-vectors"


def read_vectors(folder: Path, name: str) -> Vectors:
    """Shape (texts, dimensions); each is read from disk when it is looked at."""
    vectors: Vectors = np.load(folder / f"{name}.npy", mmap_mode="r")
    return vectors


def keyed_rows(folder: Path, name: str) -> Iterator[tuple[bytes, int]]:
    """The key of each row's text; nothing where the version was built without these vectors."""
    path = folder / f"{name}-keys.npy"
    if path.is_file():
        yield from ((key.tobytes(), row) for row, key in enumerate(np.load(path)))


class VectorWriter:
    """Writes the rows of one table in any order, so that no build holds all of them in memory."""

    def __init__(self, folder: Path, name: str, keys: Sequence[bytes], dimensions: int) -> None:
        np.save(folder / f"{name}-keys.npy", np.frombuffer(b"".join(keys), dtype=np.uint8).reshape(-1, KEY_BYTES))
        self._file: IO[bytes] = (folder / f"{name}.npy").open("wb")
        self._row_bytes = dimensions * np.dtype(np.float32).itemsize
        shape = (len(keys), dimensions)
        np.lib.format.write_array_header_2_0(self._file, {"descr": "<f4", "fortran_order": False, "shape": shape})
        self._start = self._file.tell()

    def put(self, row: int, vector: Vectors) -> None:
        """Writes one row; every row has to be written once."""
        self._file.seek(self._start + row * self._row_bytes)
        self._file.write(np.ascontiguousarray(vector, dtype="<f4").tobytes())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()
