"""Hard trials: `python -m evals.trials kills|full-disk|read-only|rebuilds|one-of-many|conversations`.

Each starts processes, ends or starves them, and then looks whether questions are answered from the old or the new
version, whole, and whether the next build succeeds. The test suite runs a small share of them.
"""

import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

import settings
from assistant.storage import Storage
from assistant.store import StoreUnusable
from evals.trial_conversations import hold_conversations, many_conversations
from evals.trial_index import TrialFailed, build, whole_edition
from evals.trial_processes import CommandFailed, one_of_many, rebuilds
from index.prune import prune
from index.types import IndexUnusable
from index.versions import Versions

NO, BROKEN = 1, 3
DISK = 256  # megabytes of the small disk: many versions of the trial's index
BEGUN = "begun"
REMOUNTS = 40  # tries


def killed_builds(data_dir: Path, count: int, seed: int) -> Counter[str]:
    """Kills `count` builds at random moments; returns how far the killed ones had come.

    After each, the old or the new edition is whole, and the next build succeeds. Raises TrialFailed otherwise.
    """
    moments = random.Random(seed)  # noqa: S311  # no secret
    edition = 1
    lasts = _timed_build(data_dir, edition)
    reached: Counter[str] = Counter()
    for _ in range(count):
        process = _begin(data_dir, edition + 1)
        time.sleep(moments.uniform(0, lasts))
        process.kill()
        process.communicate()
        found = whole_edition(data_dir)
        if found not in (edition, edition + 1):
            raise TrialFailed(f"edition {found} answers; it was {edition}, and {edition + 1} was being built")
        reached[_how_far(data_dir, found > edition)] += 1
        edition += 2
        _must_build(data_dir, edition)
        prune(Versions(data_dir), 1)
    return reached


def _how_far(data_dir: Path, live: bool) -> str:
    versions = Versions(data_dir)
    if live:
        return "live"
    for left in versions.unfinished():
        files = {path.name for path in versions.folder(left).iterdir()}
        steps = ("manifest.json.new", "chroma", "vectors.npy", "lexical", "content.sqlite")
        return next((f"writing {step}" for step in steps if step in files), "folder made")
    return "sealed, not live" if len(versions.names()) > 1 else "before the first file"


def full_disk_builds(disk: Path, count: int) -> Counter[str]:
    """Builds on a disk that gets full at `count` places from the first file to the last; returns how each ended.

    `disk` is a small file system of its own. What it says is Counter of "stopped" and "room enough".
    """
    data_dir, ballast = disk / "data", disk / "ballast"
    _must_build(data_dir, 1)
    need, edition = sum(Versions(data_dir).size(name) for name in Versions(data_dir).names()), 1
    ended: Counter[str] = Counter()
    for place in range(count):
        _fill(ballast, leave=int(need * 1.05 * place / count))
        process = _begin(data_dir, edition + 1)
        _, errors = process.communicate()
        if process.returncode not in (0, BROKEN):
            raise TrialFailed(f"a build on a full disk ended with {process.returncode}: {errors[-500:]}")
        ended["stopped" if process.returncode else "room enough"] += 1
        expected = edition if process.returncode else edition + 1
        if (found := whole_edition(data_dir)) != expected:  # asked while the disk is still full
            raise TrialFailed(f"edition {found} answers on the full disk, not {expected}")
        ballast.unlink()
        edition += 2
        _must_build(data_dir, edition)
        prune(Versions(data_dir), 1)
    return ended


def _fill(ballast: Path, leave: int) -> None:
    space = os.statvfs(ballast.parent)
    with ballast.open("wb") as stream:
        for _ in range((space.f_bavail * space.f_frsize - leave) // 4096):
            stream.write(bytes(4096))


def read_only_builds(disk: Path) -> str:
    """Asks and builds on a read-only disk, then builds on the disk as it was; returns what the build said."""
    data_dir = disk / "data"
    _must_build(data_dir, 1)
    _remount(disk, "ro")
    process = _begin(data_dir, 2)
    _, errors = process.communicate()
    if process.returncode != BROKEN:
        raise TrialFailed(f"a build on a read-only disk ended with {process.returncode}: {errors[-500:]}")
    if (found := whole_edition(data_dir)) != 1:
        raise TrialFailed(f"edition {found} answers on the read-only disk, not 1")
    _remount(disk, "rw")
    _must_build(data_dir, 3)
    return errors.strip()


def _remount(disk: Path, mode: str) -> None:
    for left in reversed(range(REMOUNTS)):  # the store's own threads close their files a little later
        ran = subprocess.run(["mount", "-o", f"remount,{mode}", str(disk)], capture_output=True, check=False)  # noqa: S603, S607
        if ran.returncode == 0:
            return
        time.sleep(0.5 if left else 0)
    raise TrialFailed(f"the disk cannot be made {mode}: {ran.stderr.decode()}")


def _begin(data_dir: Path, edition: int) -> subprocess.Popen[str]:
    """A process that has loaded its libraries and begins to build."""
    command = [sys.executable, "-m", "evals.trials", "build", str(data_dir), str(edition)]
    process = subprocess.Popen(  # noqa: S603  # our own module
        command, cwd=settings.PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    process.stdout.readline()
    return process


def _must_build(data_dir: Path, edition: int) -> None:
    process = _begin(data_dir, edition)
    _, errors = process.communicate()
    if process.returncode:
        raise TrialFailed(f"the next build ended with {process.returncode}: {errors[-500:]}")
    if (found := whole_edition(data_dir)) != edition:
        raise TrialFailed(f"after the next build edition {found} answers, not {edition}")


def _timed_build(data_dir: Path, edition: int) -> float:
    """Seconds from the first file to the end of the process."""
    process = _begin(data_dir, edition)
    begun = time.monotonic()
    process.communicate()
    return time.monotonic() - begun


def mounts() -> bool:
    """Whether a process here may mount a file system in a name space of its own."""
    try:
        tried = subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False)  # noqa: S607
    except OSError:
        return False
    return tried.returncode == 0


def on_a_small_disk(*words: str) -> subprocess.CompletedProcess[str]:
    """Runs one of these trials with a small file system of its own as its last argument."""
    with tempfile.TemporaryDirectory(prefix="caveat-disk-") as disk:
        mount = f'mount -t tmpfs -o size={DISK}m tmpfs "$0" && exec "$@" "$0"'
        command = ["unshare", "-rm", "sh", "-c", mount, disk, sys.executable, "-m", "evals.trials", *words]
        return subprocess.run(command, cwd=settings.PROJECT, capture_output=True, text=True, check=False)  # noqa: S603


@contextmanager
def _judged() -> Iterator[None]:
    try:
        yield
    except (TrialFailed, CommandFailed, IndexUnusable, StoreUnusable, settings.SettingsError) as error:
        click.echo(f"FAILED: {error}", err=True)
        raise click.exceptions.Exit(NO) from error


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Try what must not harm an index; exit code 1 where it did."""
    settings.go_offline()


@main.command()
@click.option("--count", default=60, show_default=True, type=click.IntRange(min=1), help="How many builds are killed.")
@click.option("--seed", default=0, show_default=True, help="Of the random moments.")
def kills(count: int, seed: int) -> None:
    """Kill builds (kill -9) at random moments."""
    with _judged(), tempfile.TemporaryDirectory(prefix="caveat-kills-") as folder:
        reached = killed_builds(Path(folder), count, seed)
        far = ", ".join(f"{n} {where}" for where, n in reached.most_common())
        click.echo(f"{count} builds killed: {far}; each time the old or the new version was whole and the next built")


@main.command("full-disk")
@click.option("--count", default=20, show_default=True, type=click.IntRange(min=1), help="How many places.")
@click.argument("disk", required=False, type=click.Path(path_type=Path))
def full_disk(count: int, disk: Path | None) -> None:
    """Let the disk get full in the middle of builds; DISK is a small file system, made here unless given."""
    if disk is None:
        _pass_on(on_a_small_disk("full-disk", "--count", str(count)))
        return
    with _judged():
        ended = full_disk_builds(disk, count)
        said = ", ".join(f"{n} {how}" for how, n in ended.items())
        click.echo(f"{count} builds on a disk that gets full: {said}; the live version answered, the next was built")


@main.command("read-only")
@click.argument("disk", required=False, type=click.Path(path_type=Path))
def read_only(disk: Path | None) -> None:
    """Build and ask on a read-only DISK, made here unless given."""
    if disk is None:
        _pass_on(on_a_small_disk("read-only"))
        return
    with _judged():
        click.echo(f"read-only: the live version answered, the build said {read_only_builds(disk)!r}")


def _pass_on(ran: subprocess.CompletedProcess[str]) -> None:
    click.echo(ran.stdout, nl=False)
    click.echo(ran.stderr, nl=False, err=True)
    if ran.returncode:
        raise click.exceptions.Exit(ran.returncode)


@main.command("rebuilds")
@click.option("--count", default=30, show_default=True, type=click.IntRange(min=1), help="How many rebuilds.")
def rebuilds_command(count: int) -> None:
    """Ask without pause while the index is rebuilt; no error, no empty and no mixed answer may come."""
    with _judged(), tempfile.TemporaryDirectory(prefix="caveat-rebuilds-") as folder:
        click.echo(rebuilds(Path(folder), count))


@main.command("one-of-many")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def one_of_many_command(folder: Path) -> None:
    """Build FOLDER's files, change one of them, build again, and compare."""
    with _judged(), tempfile.TemporaryDirectory(prefix="caveat-one-") as temporary:
        click.echo(one_of_many(folder, Path(temporary)))


@main.command("conversations")
@click.option("--processes", default=2, show_default=True, type=click.IntRange(1, 8))
@click.option("--clients", default=20, show_default=True, type=click.IntRange(1, 100))
@click.option("--each", default=10, show_default=True, type=click.IntRange(1, 100), help="Conversations of a client.")
@click.option("--turns", default=3, show_default=True, type=click.IntRange(1, 7))
def conversations_command(processes: int, clients: int, each: int, turns: int) -> None:
    """Hold many conversations at once, in the database of the settings; none may be mixed or lost."""
    with _judged(), tempfile.TemporaryDirectory(prefix="caveat-conversations-") as folder:
        storage = Storage(Path(folder), settings.load_settings().database)
        ran = subprocess.run(  # this environment's own command
            [sys.executable, "-X", "utf8", "-m", "cli", "index", "build"],
            cwd=settings.PROJECT, env=settings.child_environment(Path(folder)), capture_output=True, check=False,
        )  # fmt: skip
        if ran.returncode:
            raise CommandFailed(f"'caveat index build' ended with {ran.returncode}: {ran.stderr.decode()[-500:]}")
        click.echo(many_conversations(storage, min(processes, clients), clients, each, turns))


@main.command("serve-conversations", hidden=True)
@click.argument("data_dir", type=click.Path(path_type=Path))
@click.argument("numbers", nargs=4, type=int)
def serve_conversations(data_dir: Path, numbers: tuple[int, int, int, int]) -> None:
    """Hold one process's conversations; for the trial itself."""
    hold_conversations(data_dir, *numbers)


@main.command("build", hidden=True)
@click.argument("data_dir", type=click.Path(path_type=Path))
@click.argument("edition", type=int)
def build_command(data_dir: Path, edition: int) -> None:
    """Build one edition of the trial's index; for the trials themselves."""
    click.echo(BEGUN)
    try:
        build(data_dir, edition)
    except (IndexUnusable, OSError) as error:
        click.echo(str(error), err=True)
        raise click.exceptions.Exit(BROKEN) from error


if __name__ == "__main__":
    main()
