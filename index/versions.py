"""The versions of an index on disk: staged aside, promoted by one atomic rename of a pointer."""

import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from index.digest import sha256, store_digest
from index.reading import READING, is_read
from index.types import IndexUnusable, Manifest, Promotion, Signature

SCHEMA = 5
CHROMA = "chroma"  # the folder of a version that Chroma keeps
MANIFEST = "manifest.json"
REBUILD = "run 'caveat index build'"
LIST = "'caveat index versions' lists them"
PROMOTIONS_KEPT = 1000  # in the pointer's file, which every question reads


class Versions:
    """All versions below one data directory, of which one is live."""

    def __init__(self, data_dir: Path) -> None:
        self._root = data_dir / "index"
        self._pointer = self._root / "live"

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Holds the one writer's lock; the operating system drops it when the process ends, however it ends."""
        self._root.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self._root / "lock", timeout=0):
                yield
        except Timeout as error:
            raise IndexUnusable(str(self._root), "another build is running", "wait until it has finished") from error
        except OSError as error:
            error.filename = error.filename or str(self._root)  # so that whoever reads of it knows which disk
            raise

    def stage(self) -> tuple[str, Path]:
        """A new version's name and its empty folder. Builds that were broken off are cleared away first."""
        for name in self.unfinished():
            shutil.rmtree(self.folder(name))
        name = f"{datetime.now(UTC):%Y%m%dT%H%M%S-%f}{secrets.token_hex(2)}"  # in the order of their making
        folder = self.folder(name)
        folder.mkdir(parents=True)
        (folder / READING).touch()
        return name, folder

    def folder(self, name: str) -> Path:
        return self._root / "versions" / name

    def names(self) -> list[str]:
        """All finished versions, the oldest first; also those that this program cannot open."""
        return [name for name in self._folders() if (self.folder(name) / MANIFEST).is_file()]

    def unfinished(self) -> list[str]:
        """What builds left that were broken off, and the one that is running."""
        return [name for name in self._folders() if not (self.folder(name) / MANIFEST).is_file()]

    def _folders(self) -> list[str]:
        versions = self._root / "versions"
        return sorted(path.name for path in versions.iterdir() if path.is_dir()) if versions.is_dir() else []

    def live(self) -> str | None:
        """The live version's name; None before the first build."""
        last = self.promotions()[-1:]
        if not last:
            return None
        name = last[0].version
        if not name or not self.folder(name).is_dir():
            raise IndexUnusable(str(self._pointer), f"points to version {name!r}, which is not there", REBUILD)
        return name

    def promotions(self) -> list[Promotion]:
        """What went live, the newest last; the last one is live. The pointer and its history are one file."""
        try:
            lines = self._pointer.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return []
        return [_promotion(line) for line in lines]

    def promote(self, name: str, how: str, signature: Signature, seen: str = "") -> None:
        """Makes a version live for every reader's next question, and records who did it, when and how.

        `how` is "build", "promote" or "rollback"; `seen` is what was known of the version then.
        """
        promotion = Promotion(name, _now(), signature.by, how, seen, signature.reason)
        kept = [*self.promotions(), promotion][-PROMOTIONS_KEPT:]
        fresh = self._pointer.with_suffix(".new")
        with fresh.open("w", encoding="utf-8") as stream:
            stream.writelines(json.dumps(asdict(one), ensure_ascii=False) + "\n" for one in kept)
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(self._pointer)
        _sync(self._root)

    def before_live(self) -> str:
        """The version that was live before the live one was promoted, as going back finds it.

        Going back twice goes back two promotions. Raises IndexUnusable where there is none that is still there.
        """
        went: list[str] = []
        for promotion in self.promotions():
            if promotion.how == "rollback" and promotion.version in went:
                while went[-1] != promotion.version:
                    went.pop()
            elif went[-1:] != [promotion.version]:
                went.append(promotion.version)
        there = [name for name in went[:-1] if (self.folder(name) / MANIFEST).is_file() and name != went[-1]]
        if not there:
            raise IndexUnusable(str(self._root), "there is no earlier version to go back to", LIST)
        return there[-1]

    def seal(self, manifest: Manifest, folder: Path) -> None:
        """Writes the manifest last, after all else is on the disk: a version without one was never finished."""
        for path in sorted(folder.rglob("*")):
            _sync(path)
        fresh = folder / f"{MANIFEST}.new"
        fresh.write_text(json.dumps(asdict(manifest), indent=1), encoding="utf-8")
        _sync(fresh)
        fresh.replace(folder / MANIFEST)
        _sync(folder)

    def manifest(self, name: str) -> Manifest:
        """What a version was built from. Raises IndexUnusable for one that is unfinished or damaged."""
        path = self.folder(name) / MANIFEST
        try:
            values = json.loads(path.read_text(encoding="utf-8"))
            if values["schema"] != SCHEMA:
                raise IndexUnusable(str(path), f"the index has layout {values['schema']}, not {SCHEMA}", REBUILD)
            return Manifest(**values | {"sources": tuple(values["sources"])})
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise IndexUnusable(str(path), "the index is damaged (its manifest cannot be read)", REBUILD) from error

    def check(self, name: str, vectors: bool = False) -> Manifest:
        """The manifest of a version whose files are as they were written, else IndexUnusable names the file.

        The vectors are looked at where they are going to be opened.
        """
        manifest = self.manifest(name)
        for file, digest in manifest.checksums.items():
            path = self.folder(name) / file
            if not path.is_file() or sha256(path) != digest:
                raise IndexUnusable(str(path), "the index is damaged (a file is missing or changed)", REBUILD)
        if vectors and store_digest(self.folder(name) / CHROMA) != manifest.vectors:
            what = "the index is damaged (its vectors are missing or changed)"
            raise IndexUnusable(str(self.folder(name) / CHROMA), what, REBUILD)
        return manifest

    def size(self, name: str) -> int:
        """What a version takes on the disk, in bytes."""
        return sum(path.stat().st_size for path in self.folder(name).rglob("*") if path.is_file())

    def remove(self, name: str) -> bool:
        """Deletes a version's folder; False, and it stays, where a process has it open. Never the live one."""
        if name == self.live():
            raise IndexUnusable(str(self.folder(name)), "is live and cannot be removed", "promote another one first")
        if is_read(self.folder(name)):
            return False
        (self.folder(name) / MANIFEST).unlink(missing_ok=True)  # first: half a version must not look like a whole one
        shutil.rmtree(self.folder(name))
        return True


def _promotion(line: str) -> Promotion:
    """A line of the pointer's file; a bare name, as former layouts wrote it, is a promotion by nobody known."""
    try:
        values = json.loads(line)
        return Promotion(**values)
    except (ValueError, TypeError):
        return Promotion(line.strip(), "", "", "build")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _sync(path: Path) -> None:
    """Has the disk take what was written, so that a power cut leaves the old version or the new one, whole."""
    if path.is_dir() and os.name == "nt":
        return  # Windows opens no folders
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
