"""Passages as rows."""

from pathlib import Path

import numpy as np
import pytest

from index.passage_table import PassageTable, write_stems, write_vectors
from index.types import Vectors

IDENTITIES = ["a#1", "a#2", "b#1"]
ROWS = np.arange(3)


def table(folder: Path, vectors: Vectors | None = None, bags: list[list[int]] | None = None) -> PassageTable:
    write_vectors(folder, np.eye(3, dtype=np.float32) if vectors is None else vectors)
    write_stems(folder, bags or [[], [], []])
    return PassageTable(folder, IDENTITIES)


def test_a_passage_is_a_row(tmp_path: Path) -> None:
    assert table(tmp_path).row_of == {"a#1": 0, "a#2": 1, "b#1": 2}


def test_stems_count_as_near_within_eight_in_any_order_once_a_passage(tmp_path: Path) -> None:
    far = [1, *range(10, 17), 2]
    rows = table(tmp_path, bags=[[1, 9, 2, 1, 2], [2, 9, 9, 1], far])
    assert rows.nearness(ROWS, {(1, 2): 0.5, (9, 2): 0.25}).tolist() == [0.75, 0.75, 0.0]


def test_no_window_reaches_into_the_next_passage(tmp_path: Path) -> None:
    assert table(tmp_path, bags=[[1], [2], [1]]).nearness(ROWS, {(1, 2): 1.0}).tolist() == [0.0, 0.0, 0.0]


def test_without_pairs_nothing_is_near(tmp_path: Path) -> None:
    assert table(tmp_path).nearness(ROWS, {}).tolist() == [0.0, 0.0, 0.0]


@pytest.mark.parametrize(("same", "order"), [(0.97, [0, 2, 1]), (2.0, [0, 1, 2])])
def test_a_repetition_stands_behind_what_says_something_else(tmp_path: Path, same: float, order: list[int]) -> None:
    vectors = np.array([[1, 0, 0], [1, 0, 0], [0, 1, 0]], dtype=np.float32)
    assert table(tmp_path, vectors).distinct_first(ROWS, same).tolist() == order


def test_a_passage_like_a_repetition_only_keeps_its_place(tmp_path: Path) -> None:
    angles = np.radians([0.0, 10.0, 20.0])  # neighbours are alike, the outer two are not
    vectors = np.stack([np.cos(angles), np.sin(angles), np.zeros(3)], axis=1).astype(np.float32)
    assert table(tmp_path, vectors).distinct_first(ROWS, 0.98).tolist() == [0, 2, 1]
