"""Notices when sources have changed and settled, however they are saved, moved or deleted and made again."""

import hashlib
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from watchfiles import Change, watch

from corpus.readers import FORMATS, TEXTS

LOOK = 0.5  # seconds between two looks whether a source itself has gone or come back
TOGETHER = 100  # milliseconds: changes that come closer are told at once
TEMPORARY = (
    "~$",
    ".",
    "#",
)  # how the names begin that editors, office programs and file managers give to their own files

Stamp = tuple[int, int, int]  # of a file: what differs once it was written
Stamps = dict[Path, Stamp]


def settled_changes(sources: Sequence[Path], settle: float) -> Iterator[bool]:
    """True each time that the words of the sources changed and nothing was written for `settle` seconds; else False.

    Sources are folders, with the files in them that can be read, and single files. Those that are missing are waited
    for. It never ends by itself, and says False about twice a second while nothing happens.
    """
    contents = _Contents(sources)
    told = contents.digests(contents.stamps())
    stamps, last = contents.stamps(), None
    for changed in _hints(sources):
        now = time.monotonic()
        if changed or (last is not None and now - last >= settle):
            fresh = contents.stamps()
            if fresh != stamps or changed:  # also what is written without an event, as on some network disks
                stamps, last = fresh, now
            else:
                last, digests = None, contents.digests(fresh)
                if digests != told:
                    told = digests
                    yield True
                    continue
        yield False


class _Contents:
    """What the files of the sources hold; only those that were written are read again."""

    def __init__(self, sources: Sequence[Path]) -> None:
        self._sources = sources
        self._known: dict[tuple[Path, Stamp], str] = {}

    def stamps(self) -> Stamps:
        """When each file was written, and how large it is."""
        found: Stamps = {}
        for source in self._sources:
            paths = (path for path in source.rglob("*") if _counts(path)) if source.is_dir() else [source]
            try:
                found |= {path: stamp for path in paths if (stamp := _stamp(path))}
            except OSError:
                continue  # a folder that went while it was listed; the next look sees what is left
        return found

    def digests(self, stamps: Stamps) -> dict[Path, str]:
        """What each file holds, by its SHA-256; a file that cannot be read counts by its stamp."""
        self._known = {
            (path, stamp): self._known.get((path, stamp)) or _digest(path, stamp) for path, stamp in stamps.items()
        }
        return {path: digest for (path, _), digest in self._known.items()}


def _counts(path: Path) -> bool:
    """Whether a file of a folder is read by a build, and no editor's own."""
    return path.suffix.lower() in (*TEXTS, *FORMATS) and not path.name.startswith(TEMPORARY)


def _stamp(path: Path) -> Stamp | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _digest(path: Path, stamp: Stamp) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return f"unread {stamp}"


def _hints(sources: Sequence[Path]) -> Iterator[bool]:
    """True where something below the sources may have changed, False where for a moment nothing did.

    A folder that was deleted and made again is another one to the operating system, so it is watched anew.
    """
    polling = False
    while True:
        roots = _roots(sources)
        yield True  # what came while nothing was watched is not missed
        if not roots:
            time.sleep(LOOK)
            continue
        try:
            for changes in watch(
                *roots, watch_filter=None, debounce=TOGETHER, rust_timeout=int(LOOK * 1000), yield_on_timeout=True,
                force_polling=polling or None, ignore_permission_denied=True,
            ):  # fmt: skip
                gone = {path for change, path in changes if change == Change.deleted}
                if _roots(sources) != roots or gone & {str(root) for root in roots}:
                    break
                yield bool(changes)
        except FileNotFoundError:
            continue  # it went before it could be watched
        except (OSError, RuntimeError):
            if polling:
                raise
            polling = True  # the system watches no more files for this user: look at them instead


def _roots(sources: Sequence[Path]) -> dict[Path, tuple[int, int]]:
    """The folders to watch that are there, each with what tells it from another of its name.

    A single file is watched by its folder, because many editors save by putting a new file in its place.
    """
    found = {}
    for source in sources:
        root = source.absolute() if source.is_dir() else source.absolute().parent
        try:
            there = root.stat()
        except OSError:
            continue
        found[root] = there.st_dev, there.st_ino
    return found
