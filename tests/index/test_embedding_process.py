"""The model in a process of its own gives the same vectors, comes back when it was ended, and ends with its owner."""

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from index.embedding import MiniLM
from index.embedding_process import EmbeddingProcess
from index.types import IndexUnusable

TEXTS = ["Exosomes carry cargo.", "", "Skin ages."]


@pytest.fixture(scope="module")
def process() -> Iterator[EmbeddingProcess]:
    running = EmbeddingProcess()
    running.start()
    yield running
    running.close()


def test_its_vectors_are_the_models_own(process: EmbeddingProcess) -> None:
    model = MiniLM()
    model.load()
    np.testing.assert_array_equal(process.embed(TEXTS), model.embed(TEXTS))
    assert process.embed([]).shape == (0, 384)
    for ours, theirs in zip(process.embed_words(TEXTS), model.embed_words(TEXTS), strict=True):
        assert ours.words == theirs.words
        np.testing.assert_array_equal(ours.whole, theirs.whole)
        np.testing.assert_array_equal(ours.vectors, theirs.vectors)


def test_a_process_that_was_ended_is_started_again(process: EmbeddingProcess) -> None:
    before = process.embed(TEXTS)
    running = process._running()
    os.kill(running.pid, signal.SIGKILL)
    np.testing.assert_array_equal(process.embed(TEXTS), before)
    assert process._running().pid != running.pid


def test_a_process_that_ends_each_time_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    process = EmbeddingProcess()
    process.start()
    with pytest.raises(IndexUnusable, match=r"the embedding model: its process ended with code -?\d+; "):
        process.embed(TEXTS)


def test_an_error_of_the_model_is_raised_by_the_call(process: EmbeddingProcess) -> None:
    with pytest.raises(AttributeError):
        process._call("no_such_verb", TEXTS)
    assert process.embed(TEXTS).shape == (3, 384)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads the process table below /proc")
def test_it_ends_with_its_owner() -> None:
    owner = "from index.embedding_process import EmbeddingProcess as P; import os; p = P(); p.start(); p.embed(['a']); "
    code = f"{owner} print(p._process.pid, flush=True); os.kill(os.getpid(), 9)"
    done = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, check=False)
    child = int(done.stdout)
    stat = Path(f"/proc/{child}/stat")
    for _ in range(1000):
        if not stat.exists() or stat.read_text().rsplit(")", 1)[1].split()[0] == "Z":
            return
        signal.sigtimedwait([], 0.01)
    pytest.fail("the process outlived its owner")


def test_an_unusable_index_is_told_the_same_in_another_process() -> None:
    error = IndexUnusable("weights", "are not the ones", "reinstall")
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again)) == (IndexUnusable, "weights: are not the ones; reinstall")
