"""Times are quantiles of what the answers took."""

from evals.metrics.timing import times
from tests.evals.metrics.told import told


def test_the_median_and_the_95th_percentile_lie_between_their_ranks() -> None:
    median, late = times([told(timings_ms={"total": ms}) for ms in range(1, 101)])
    assert (median.value, median.n, median.low, median.high) == (50.5, 100, 41.0, 60.0)  # ranks 50 ± 1.96 · 5
    assert (late.value, late.low, late.high) == (95.05, 91.0, 100.0)


def test_answers_without_times_are_left_out() -> None:
    assert [(one.value, one.n) for one in times([told()])] == [(None, 0), (None, 0)]
