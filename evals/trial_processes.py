"""Trials with the command `caveat` itself: asked without pause during rebuilds, one file of many changed."""

import json
import re
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import settings
from evals.trial_index import TrialFailed

PARTS = (
    "Achilles tendon", "patellar tendon", "rotator cuff", "gluteal tendon", "hamstring tendon", "biceps tendon",
    "triceps tendon", "quadriceps tendon", "peroneal tendon", "iliopsoas tendon",
)  # fmt: skip
QUESTIONS = ("How many days does healing of the {} take?", "How many sessions does the {} need?")
DAYS = re.compile(r"\b(\d{3}) (?:days|sessions)\b")
BASE = 100  # an edition's number, written with three digits


class CommandFailed(RuntimeError):
    """A command that did not do its work."""


def rebuilds(folder: Path, count: int) -> str:
    """Rebuilds `count` times while a client asks without pause; what was seen, in one line.

    Raises TrialFailed for an answer that is an error, empty, or of two editions.
    """
    source, data_dir = folder / "source", folder / "data"
    editions = {_build_edition(source, data_dir, BASE): BASE}
    client = _Client(data_dir)
    client.start()
    for edition in range(BASE + 1, BASE + 1 + count):
        editions[_build_edition(source, data_dir, edition)] = edition
    answers = client.stop()
    seen = {answer["index_version"] for answer in answers}
    for answer in answers:
        _judge(answer, editions)
    last = list(editions)[-1]
    if not answers or answers[-1]["index_version"] != last:
        raise TrialFailed(f"the client's last question, asked after the last build, was not answered by {last}")
    return (
        f"{count} rebuilds, {len(answers)} questions without pause: no error, no empty and no mixed answer; "
        f"{len(seen)} of {len(editions)} versions answered"
    )


def _build_edition(source: Path, data_dir: Path, edition: int) -> str:
    source.mkdir(exist_ok=True)
    for part in PARTS:
        text = (
            f"# Healing of the {part}\n\n## Time\n\nHealing of the {part} takes {edition} days.\n\n"
            f"## Treatment\n\nThe {part} needs {edition} sessions.\n"
        )
        (source / f"{part.replace(' ', '-')}.md").write_text(text, encoding="utf-8")
    report = json.loads(_run(data_dir, "index", "build", "--source", str(source), "--json"))
    _run(data_dir, "index", "prune", "--keep", "2")
    return str(report["version"])


def _judge(answer: dict[str, Any], editions: dict[str, int]) -> None:
    said = {int(n) for n in DAYS.findall(json.dumps([answer["text"], answer["citations"]]))}
    if "error" in answer or answer["status"] != "answered" or not said:
        raise TrialFailed(f"an answer failed: {json.dumps(answer)[:500]}")
    if said != {editions.get(answer["index_version"], 0)}:
        raise TrialFailed(f"version {answer['index_version']} answered with {said}: {answer['text'][:200]}")


class _Client:
    """`caveat ask --batch`, asked again as soon as it has answered, and once more when it is to stop."""

    def __init__(self, data_dir: Path) -> None:
        self._process = subprocess.Popen(  # this environment's own command
            [sys.executable, "-X", "utf8", "-m", "cli", "ask", "--batch"],
            cwd=settings.PROJECT,
            env=settings.child_environment(data_dir),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self._answers: list[dict[str, Any]] = []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._ask, daemon=True)

    def start(self) -> None:
        """Begins to ask, and returns when the first answer has come."""
        self._thread.start()
        while not self._answers and self._thread.is_alive():
            time.sleep(0.05)

    def stop(self) -> list[dict[str, Any]]:
        """All answers. Raises TrialFailed where the client ended before it was told to."""
        self._over.set()
        self._thread.join()
        _, errors = self._process.communicate()
        if self._process.returncode:
            raise TrialFailed(f"the client ended with {self._process.returncode}: {errors.decode()[-500:]}")
        return self._answers

    def _ask(self) -> None:
        asked, told = self._process.stdin, self._process.stdout
        assert asked is not None
        assert told is not None
        number = 0
        over = False
        while not over:
            over = self._over.is_set()
            question = QUESTIONS[number % 2].format(PARTS[number % len(PARTS)])
            asked.write((json.dumps({"id": number, "turns": [question]}) + "\n").encode())
            asked.flush()
            line = told.readline()
            if not line:
                return
            self._answers.append(json.loads(line))
            number += 1


def one_of_many(folder: Path, temporary: Path) -> str:
    """Builds a folder's files, changes one sentence of one of them, and builds again; times and counts in one line.

    Raises TrialFailed where the second build takes more than 3 % of the first and a second, or embeds more than the
    texts that hold the new sentence.
    """
    source, data_dir = temporary / "source", temporary / "data"
    shutil.copytree(folder, source)
    begun = time.monotonic()
    first = json.loads(_run(data_dir, "index", "build", "--source", str(source), "--json"))
    full = time.monotonic() - begun
    files = sorted(path for path in source.rglob("*") if path.suffix in (".md", ".txt"))
    changed = files[len(files) // 2]
    changed.write_text(changed.read_text(encoding="utf-8") + "\n\nA sentence that is new stands here.\n", "utf-8")
    begun = time.monotonic()
    second = json.loads(_run(data_dir, "index", "build", "--source", str(source), "--json"))
    again = time.monotonic() - begun
    difference = json.loads(_run(data_dir, "index", "diff", "--json"))
    words = [w for d in difference["documents"] for s in d["sections"] for w in s["added"]]
    said = (
        f"{len(files)} files: {full:.1f} s, {first['embedded']} texts embedded; one changed: {again:.1f} s "
        f"({again / full:.1%}), {second['embedded']} texts embedded, {len(words)} passages changed"
    )
    if again > 0.03 * full + 1 or len(second["updated"]) != 1 or len(words) != 1:
        raise TrialFailed(said)
    return said


def _run(data_dir: Path, *words: str) -> bytes:
    ran = subprocess.run(  # noqa: S603  # this environment's own command
        [sys.executable, "-X", "utf8", "-m", "cli", *words],
        stdout=subprocess.PIPE,
        cwd=settings.PROJECT,
        env=settings.child_environment(data_dir),
        check=False,
    )
    if ran.returncode:
        raise CommandFailed(f"'caveat {' '.join(words)}' ended with {ran.returncode}; its reason stands above")
    return ran.stdout
