"""A small share of the trials; `python -m evals.trials` runs the whole of them."""

import shutil
from pathlib import Path

import pytest

from assembly import Assembly
from assistant.history import conversations
from assistant.storage import Storage
from evals.trial_conversations import hold_whole, many_conversations
from evals.trial_index import TrialFailed, build, whole_edition
from evals.trial_processes import rebuilds
from evals.trials import killed_builds, mounts, on_a_small_disk

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
small_disk = pytest.mark.skipif(not mounts(), reason="no file system can be mounted here (unshare -rm)")


def test_killed_builds_leave_a_whole_version_and_the_next_one_builds(tmp_path: Path) -> None:
    assert killed_builds(tmp_path, 6, seed=1).total() == 6


def test_rebuilds_never_show(tmp_path: Path) -> None:
    assert rebuilds(tmp_path, 3).startswith("3 rebuilds, ")


@small_disk
def test_a_full_disk_stops_a_build_and_no_answer() -> None:
    ran = on_a_small_disk("full-disk", "--count", "3")
    assert (ran.returncode, ran.stdout.partition(": ")[2]) == (
        0, "3 stopped; the live version answered, the next was built\n",
    )  # fmt: skip


@small_disk
def test_a_read_only_disk_stops_a_build_and_no_answer() -> None:
    ran = on_a_small_disk("read-only")
    assert ran.returncode == 0, ran.stderr
    assert "Read-only file system" in ran.stdout


def test_conversations_at_once_are_neither_mixed_nor_lost(storage: Storage, tmp_path: Path, assembly: Assembly) -> None:
    shutil.copytree(assembly.settings.data_dir, tmp_path, dirs_exist_ok=True)
    said = many_conversations(storage, processes=2, clients=4, each=2, turns=2)
    assert said.startswith("8 conversations of 2 turns at once, 4 clients in 2 processes: none mixed")
    with pytest.raises(TrialFailed, match="holds conversations; give the trial an empty one"):
        many_conversations(storage, processes=2, clients=4, each=2, turns=2)
    with conversations(storage) as kept:
        kept.delete("talk-3")
    with pytest.raises(TrialFailed, match="conversation talk-3 holds \\[\\]"):
        hold_whole(storage, 8, 2)


def test_the_trial_sees_a_mixed_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(tmp_path, 1)
    assert whole_edition(tmp_path) == 1
    monkeypatch.setattr("index.content.Content.text_of", lambda content, identity: f"by edition {len(identity)}")
    with pytest.raises(TrialFailed, match="are mixed"):
        whole_edition(tmp_path)
