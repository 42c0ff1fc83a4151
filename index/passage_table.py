"""The passages of one version as rows: their ids and vectors, and their stems in order."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.types import Vectors

VECTORS, STEMS, STARTS = "vectors.npy", "stems.npy", "stem-starts.npy"
WINDOW = 8  # stems within which two count as said together, as in Metzler and Croft 2005 (see `nearness`)
NO_STEM = -1

Rows = NDArray[np.intp]


class PassageTable:
    """Row n is the n-th passage of the version, also in the lexical index."""

    def __init__(self, folder: Path, identities: Sequence[str]) -> None:
        """`identities` are the passages' ids, in order."""
        self.row_of = {identity: row for row, identity in enumerate(identities)}
        self._folder = folder

    @cached_property
    def vectors(self) -> Vectors:
        """Shape (passages, dimensions); each is read from disk when it is looked at."""
        return np.load(self._folder / VECTORS, mmap_mode="r")

    @cached_property
    def _stems(self) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        return np.load(self._folder / STEMS, mmap_mode="r"), np.load(self._folder / STARTS)

    def nearness(self, rows: Rows, pairs: Mapping[tuple[int, int], float]) -> NDArray[np.float64]:
        """The weights of those pairs of stems, by their numbers, that each passage says within eight stems.

        The unordered windows of the sequential dependence model (Metzler and Croft 2005, "A Markov random field model
        for term dependencies"), each counted once a passage.
        """
        stems, starts = self._stems
        found = np.zeros(len(rows))
        if not pairs:
            return found
        said = np.concatenate([stems[starts[row] : starts[row + 1]] for row in rows])
        begins = np.cumsum([0, *(starts[rows + 1] - starts[rows])[:-1]])
        places = {number: np.flatnonzero(said == number) for number in {n for pair in pairs for n in pair}}
        for (one, other), weight in pairs.items():
            here, there = places[one], places[other]
            if len(here) and len(there):
                after = np.searchsorted(there, here)
                gap = np.minimum(
                    np.abs(there[np.minimum(after, len(there) - 1)] - here),
                    np.abs(here - there[np.maximum(after - 1, 0)]),
                )
                holding = np.unique(np.searchsorted(begins, here[gap < WINDOW], side="right") - 1)
                found[holding] += weight
        return found

    def distinct_first(self, rows: Rows, same: float) -> Rows:
        """The order of the rows with those behind whose cosine with one before them is `same` or more."""
        vectors = np.asarray(self.vectors[rows])
        alike = np.tril(vectors @ vectors.T >= same, k=-1)
        repeats = np.zeros(len(rows), dtype=bool)
        for place in np.flatnonzero(alike.any(axis=1)):
            repeats[place] = bool((alike[place] & ~repeats).any())
        return np.argsort(repeats, kind="stable")


def write_vectors(folder: Path, vectors: Vectors) -> None:
    """Writes the passages' vectors in their order."""
    np.save(folder / VECTORS, vectors)


def write_stems(folder: Path, bags: Sequence[Sequence[int]]) -> None:
    """Writes each passage's stems by number, in order, with a gap behind each that no window reaches across."""
    gap = [NO_STEM] * WINDOW
    np.save(folder / STEMS, np.array([number for bag in bags for number in [*bag, *gap]], dtype=np.int32))
    np.save(folder / STARTS, np.cumsum([0, *(len(bag) + WINDOW for bag in bags)], dtype=np.int64))
