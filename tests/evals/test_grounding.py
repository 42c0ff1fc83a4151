"""Verdicts are measured on claims that were left out of the fit."""

import json
from pathlib import Path

import numpy as np
import pytest

from assistant.grounding import Grounding, model_of
from assistant.grounding_signals import Signals
from corpus.types import MaterialError
from evals.calibration import auc
from evals.fitting.grounding import DIRECTIONS, fit, scores, table_of
from evals.grounding import FOLDS, Judged, cosines, left_out, lines, overlaps, weighed_of
from evals.grounding_sets import Pair, groups_of, read_pairs
from tests.fakes import FakeEmbedder

PAIRS = [
    Pair(str(n), f"Drug {n} helps gout patient {n}", f"Drug {n} helps gout patient {n} much.", "SUPPORT")
    if n % 2
    else Pair(str(n), f"Drug {n} helps gout patient {n}", f"It rained on day {n + 1000}.", "NOT_ENOUGH_INFO")
    for n in range(60)
]


TWOS = (("a", "x"), ("a", "y"), ("b", "y"), ("c", "z"))


def _rows(seed: int, truth: np.ndarray) -> list[Signals]:
    """Signals that all tell the truth weakly, each in its direction; "topic" tells the contrary."""
    noise = np.random.default_rng(seed).normal(size=(len(truth), len(DIRECTIONS)))
    signs = np.array([DIRECTIONS[name] * (-1 if name == "topic" else 1) for name in Signals.__slots__])
    return [Signals(*map(float, row)) for row in noise + np.outer(truth - 0.5, signs)]


def test_the_fit_tells_supported_claims_and_leaves_out_what_turns_against_its_direction() -> None:
    truth = np.arange(400) % 2 == 0
    values = fit(table_of(_rows(1, truth)), truth)
    assert "topic" not in values["weights"]
    assert auc(truth, scores(model_of(values), _rows(2, truth))) > 0.9


def test_pairs_that_share_a_claim_or_a_passage_are_of_one_group() -> None:
    pairs = [Pair(str(n), claim, passage, "SUPPORT") for n, (claim, passage) in enumerate(TWOS)]
    groups = groups_of(pairs)
    assert groups[0] == groups[1] == groups[2] != groups[3]


def test_each_claim_is_judged_by_a_model_that_was_fitted_without_it() -> None:
    grounding = Grounding(FakeEmbedder(dimensions=384))
    weighed = weighed_of(PAIRS, grounding, lambda done, total: None)
    verdicts = left_out(PAIRS, weighed, grounding)
    assert len(verdicts) == len(PAIRS) > FOLDS
    said = lines(Judged("set", PAIRS, weighed, verdicts), {"shared words": overlaps(PAIRS)})
    assert said[0] == "set: 60 claims, 30 supported, 30 not"
    assert any(line.startswith("shared words: AUC") and " 1.000 " in line for line in said)


def test_the_references_are_one_cosine_and_the_share_of_words() -> None:
    assert overlaps(PAIRS[:2]).tolist() == [0.0, 1.0]
    low, high = cosines(PAIRS[:2], FakeEmbedder(dimensions=384))
    assert low < high


@pytest.mark.parametrize(
    "text", ["{}", "nonsense", json.dumps({"id": 1, "claim": "a", "context": "b", "label": "SUPPORT"})]
)
def test_a_file_that_holds_no_such_pairs_is_named(text: str, tmp_path: Path) -> None:
    (tmp_path / "set.jsonl").write_text(text)
    with pytest.raises(MaterialError, match=r"set\.jsonl"):
        read_pairs(tmp_path / "set.jsonl")
