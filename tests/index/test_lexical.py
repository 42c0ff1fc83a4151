"""BM25 over stems."""

from pathlib import Path

import numpy as np

from index.lexical import LexicalIndex

BAGS = [["tendon", "heal"], ["bone"], [], ["tendon", "tendon", "bone"]]


def test_a_passage_scores_by_the_stems_that_it_holds() -> None:
    scores = LexicalIndex.build(BAGS, 1.2, 0.75).scores(["tendon"])
    assert scores.shape == (4,)
    assert [n for n, score in enumerate(scores) if score > 0] == [0, 3]


def test_a_rarer_stem_counts_more() -> None:
    scores = LexicalIndex.build([["a", "b"], ["a", "c"], ["a", "d"]], 1.2, 0.75).scores(["a", "c"])
    assert int(np.argmax(scores)) == 1


def test_unknown_stems_score_nothing() -> None:
    assert LexicalIndex.build(BAGS, 1.2, 0.75).scores(["unknown"]).tolist() == [0.0] * 4
    assert LexicalIndex.build(BAGS, 1.2, 0.75).scores([]).tolist() == [0.0] * 4


def test_a_saved_index_scores_as_before(tmp_path: Path) -> None:
    built = LexicalIndex.build(BAGS, 1.2, 0.75)
    built.save(tmp_path / "lexical")
    loaded = LexicalIndex.load(tmp_path / "lexical")
    assert [loaded.number(word) for word in ("tendon", "", "unknown")] == [built.number("tendon"), None, None]
    assert loaded.vocabulary == built.vocabulary == {"tendon", "heal", "bone"}
    assert loaded.scores(["tendon", "bone"]).tolist() == built.scores(["tendon", "bone"]).tolist()


def test_a_stem_adds_no_more_than_its_rarity() -> None:
    index = LexicalIndex.build([["a"] * 50, ["a"], ["b"]], 1.2, 0.0)
    assert index.rarity("b") > index.rarity("a") > index.rarity("unknown") == 0.0
    assert 0.9 * index.rarity("a") < float(index.scores(["a"]).max()) <= index.rarity("a")
