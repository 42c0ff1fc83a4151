"""`caveat index watch` builds after edits, outlives what goes wrong, and ends cleanly."""

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, Queue

import pytest

from index.content import CONTENT, Content
from index.versions import Versions
from settings import PROJECT

WAIT = 60.0  # seconds, after which a line will not come any more
pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="signals")]


class Watching:
    """The command in a process of its own."""

    def __init__(self, data_dir: Path, *sources: Path) -> None:
        words = [word for source in sources for word in ("--source", str(source))]
        self.process = subprocess.Popen(
            [sys.executable, "-X", "utf8", "-m", "cli", "index", "watch", "--settle", "0.5", "--keep", "2", *words],
            cwd=PROJECT,
            env={**os.environ, "CAVEAT_DATA_DIR": str(data_dir), "CAVEAT_TODAY": "2025-06-01"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._lines: Queue[str] = Queue()
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line.rstrip("\n"))

    def line(self) -> str:
        """The next line."""
        return self._lines.get(timeout=WAIT)

    def is_quiet(self, seconds: float) -> bool:
        try:
            self._lines.get(timeout=seconds)
        except Empty:
            return True
        return False


Watch = Callable[..., Watching]


@pytest.fixture
def watch() -> Iterator[Watch]:
    # A shell's background jobs ignore Ctrl-C, and the processes that they start would, too.
    ours = signal.signal(signal.SIGINT, signal.default_int_handler)
    begun: list[Watching] = []

    def begin(data_dir: Path, *sources: Path) -> Watching:
        begun.append(Watching(data_dir, *sources))
        return begun[-1]

    yield begin
    signal.signal(signal.SIGINT, ours)
    for one in begun:
        one.process.kill()
        one.process.wait()
        one.reader.join()
        one.process.__exit__(None, None, None)


def text_of(data_dir: Path, document: str) -> str | None:
    versions = Versions(data_dir)
    content = Content(versions.folder(versions.live() or "") / CONTENT)
    try:
        return content.text_of(document)
    finally:
        content.close()


def test_edits_go_live_and_what_goes_wrong_is_told_in_one_line(tmp_path: Path, watch: Watch) -> None:
    one, other, data = tmp_path / "one", tmp_path / "other", tmp_path / "data"
    one.mkdir()
    other.mkdir()
    (one / "a.md").write_text("# A\n\nTendons heal slowly.\n")
    (other / "b.txt").write_text("Ligaments heal within weeks.\n")
    watching = watch(data, one, other)
    assert watching.line().startswith(f"watching {one}, {other}")
    assert "is live: 2 documents" in watching.line()

    (other / "b.txt").write_text("Ligaments heal within months.\n")
    line = watching.line()
    assert line.endswith("updated b")
    assert " 1 texts embedded" in line  # its passage and its sentence are the same words
    assert text_of(data, "b") == "Ligaments heal within months.\n"

    (one / ".a.md.swp").write_text("an editor's own")
    (one / "~$a.docx").write_text("an office program's own")
    (one / "a.md").touch()
    assert watching.is_quiet(2.0)

    (one / "a.md").write_text("---\nid: a\n---\n# A\n\nTendons heal.\n")  # half of a front matter
    assert "no new version: a.md:1: front matter lacks 'title'" in watching.line()
    assert text_of(data, "a") == "# A\n\nTendons heal slowly.\n"

    shutil.rmtree(one)
    assert "source not found" in watching.line()
    one.mkdir()
    (one / "a.md").write_text("# A\n\nTendons heal well.\n")
    assert watching.line().endswith("updated a")
    (one / "a.md").write_text("# A\n\nTendons heal very well.\n")  # the folder that was made again is watched
    assert watching.line().endswith("updated a")

    assert len(Versions(data).names()) == 2  # as --keep says

    watching.process.send_signal(signal.SIGTERM)
    assert watching.line() == "stopped watching"
    assert watching.process.wait(WAIT) == 0


def test_ctrl_c_during_a_build_leaves_the_live_version_and_ends_cleanly(tmp_path: Path, watch: Watch) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "a.md").write_text("# A\n\nTendons heal slowly.\n")
    watching = watch(tmp_path / "data", tmp_path / "source")
    assert watching.line().startswith("watching")
    watching.process.send_signal(signal.SIGINT)  # the first build is loading the model
    assert watching.line() == "stopped watching"
    assert watching.process.wait(WAIT) == 0
    assert Versions(tmp_path / "data").unfinished() == []
