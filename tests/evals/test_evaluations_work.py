"""Runs that are started from the page: one at a time, and what fails is told."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from evals.evaluations_work import Rooms, RunBench, State
from evals.runs import Runs
from index.embedding import MiniLM
from tests.conftest import make_settings
from tests.evals.library_rooms import CASES, write_built
from tests.evals.library_rooms import Rooms as Joined


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM) -> Path:
    return write_built(tmp_path_factory.mktemp("bench"), embedder)


def ended(bench: RunBench) -> State:
    while bench.state.running:
        time.sleep(0.01)
    return bench.state


def test_a_second_run_waits_for_nobody_and_is_not_begun(built: Path, embedder: MiniLM) -> None:
    go = threading.Event()

    @contextmanager
    def work() -> Iterator[Rooms]:
        go.wait(60)
        yield Joined(make_settings(built / "data", built / "material"), embedder)

    before = len(Runs(built / "data").ids())
    bench = RunBench(work, built / "data")
    bench.run(CASES, "the first", anew=True)
    bench.run(CASES, "the second", anew=True)
    assert bench.state.running
    assert bench.state.running.what == "Asking the first"
    go.set()
    state = ended(bench)
    assert (state.failed, state.said.endswith("Right: 100.0 %, 2 of 2 (95 % interval 34.2 % to 100.0 %).")) == (
        False,
        True,
    )
    runs = Runs(built / "data")
    assert len(runs.ids()) == before + 1
    assert runs.load("last").chosen == "the first"


def test_a_run_without_an_index_says_so_and_the_next_can_begin(tmp_path: Path, embedder: MiniLM) -> None:
    @contextmanager
    def work() -> Iterator[Rooms]:
        yield Joined(make_settings(tmp_path / "data", tmp_path), embedder)

    bench = RunBench(work, tmp_path / "data")
    bench.run(CASES, "all", anew=False)
    state = ended(bench)
    assert (state.running, state.failed) == (None, True)
    assert "there is no index yet" in state.said
