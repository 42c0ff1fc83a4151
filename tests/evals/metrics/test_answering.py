"""Silence is right only where it is due, and refusals are read as a pair."""

from evals.metrics.answering import over_refusal, silence_precision, silence_recall, under_refusal
from evals.metrics.types import Told
from tests.evals.metrics.told import told
from tests.evals.outcomes import case


def answered(expected: tuple[str, ...], status: str) -> Told:
    return told(case("a", status=expected), status=status)


TOLD = [
    answered(("answered",), "answered"),
    answered(("answered",), "not_covered"),
    answered(("answered",), "refused"),
    answered(("not_covered", "clarify"), "clarify"),
    answered(("not_covered",), "answered"),
    answered(("refused",), "refused"),
    answered(("refused",), "answered"),
    answered(("refused",), "not_covered"),
    answered(("refused", "not_covered"), "not_covered"),
]


def test_i_do_not_know_is_right_only_where_it_is() -> None:
    precision, recall = silence_precision(TOLD), silence_recall(TOLD)
    assert (precision.value, precision.n) == (2 / 4, 4)  # of the four that were silent
    assert (recall.value, recall.n) == (1 / 2, 2)  # of the two that nothing else is right for


def test_refusing_too_much_and_too_little_are_counted_apart() -> None:
    over, under = over_refusal(TOLD), under_refusal(TOLD)
    assert (over.value, over.n) == (1 / 3, 3)
    assert (under.value, under.n) == (2 / 3, 3)
