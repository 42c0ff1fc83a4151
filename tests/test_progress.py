"""Time left is told from the pace so far."""

import pytest

from progress import ProgressLine


def test_the_time_left_follows_the_pace() -> None:
    times = iter([0.0, 10.0, 40.0, 100.0])
    line = ProgressLine("embedded", clock=lambda: next(times))
    assert [line.line(done, 10_256) for done in (256, 512, 1256, 10_256)] == [
        "embedded 256 of 10,256 (2%)",
        "embedded 512 of 10,256 (4%), about 7 min left",
        "embedded 1,256 of 10,256 (12%), about 6 min left",
        "embedded 10,256 of 10,256 (100%)",
    ]


@pytest.mark.parametrize(
    ("took", "left"), [(0.001, "less than a minute"), (1.0, "about 2 min"), (60.0, "about 1 h 39 min")]
)
def test_times_are_told_as_somebody_waits(took: float, left: str) -> None:
    times = iter([0.0, took])
    line = ProgressLine("read", clock=lambda: next(times))
    line.line(1, 101)
    assert line.line(2, 101) == f"read 2 of 101 (1%), {left} left"


def test_nothing_is_shown_where_nobody_watches(capsys: pytest.CaptureFixture[str]) -> None:
    ProgressLine("read")(1, 2)
    assert capsys.readouterr() == ("", "")
