"""Vectors are kept exactly and found by cosine."""

from pathlib import Path

import numpy as np
import pytest

from index.digest import store_digest
from index.store import VectorStore

ROWS = np.eye(4, dtype=np.float32)
IDS = ["a", "b", "c", "d"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    store = VectorStore(tmp_path / "chroma", create=True)
    store.add(IDS, ROWS)
    store.close()
    return tmp_path / "chroma"


def test_each_vector_finds_itself_first(folder: Path) -> None:
    store = VectorStore(folder)
    found = store.nearest_to_each(ROWS, 2)
    count = store.count()
    store.close()
    assert [next(iter(near)) for near in found] == IDS
    assert count == 4


def test_the_nearest_come_first_with_their_cosine(folder: Path) -> None:
    store = VectorStore(folder)
    found = store.nearest(np.array([0.8, 0.6, 0, 0], dtype=np.float32), 2)
    store.close()
    assert list(found) == ["a", "b"]
    assert list(found.values()) == pytest.approx([0.8, 0.6], abs=1e-6)


def test_opening_and_asking_leaves_the_digest_as_it_was(folder: Path) -> None:
    before = store_digest(folder)
    store = VectorStore(folder)
    store.nearest(ROWS[0], 1)
    store.close()
    assert before is not None
    assert store_digest(folder) == before


def test_adding_changes_the_digest(folder: Path) -> None:
    before = store_digest(folder)
    store = VectorStore(folder)
    store.add(["e"], ROWS[:1])
    store.close()
    assert store_digest(folder) != before


@pytest.mark.slow
def test_a_saved_graph_belongs_to_the_digest(tmp_path: Path) -> None:
    folder = tmp_path / "chroma"
    rows = np.random.default_rng(0).normal(size=(1200, 8)).astype(np.float32)
    store = VectorStore(folder, create=True)
    store.add([str(n) for n in range(len(rows))], rows)
    store.close()
    before = store_digest(folder)
    graph = next(folder.glob("*/index_metadata.pickle")).with_name("data_level0.bin")
    content = bytearray(graph.read_bytes())
    content[1000] ^= 0xFF
    graph.write_bytes(content)
    assert before is not None
    assert store_digest(folder) != before
