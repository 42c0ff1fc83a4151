"""The versions of an index on disk: staged aside, promoted by one atomic rename of a pointer."""

import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from index.digest import sha256, store_digest
from index.types import IndexUnusable, Manifest

SCHEMA = 4
MANIFEST = "manifest.json"
REBUILD = "run 'caveat index build'"


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

    def stage(self) -> tuple[str, Path]:
        """A new version's name and its empty folder."""
        name = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
        folder = self.folder(name)
        folder.mkdir(parents=True)
        return name, folder

    def folder(self, name: str) -> Path:
        return self._root / "versions" / name

    def live(self) -> str | None:
        """The live version's name; None before the first build."""
        try:
            name = self._pointer.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return None
        if not name or not self.folder(name).is_dir():
            raise IndexUnusable(str(self._pointer), f"points to version {name!r}, which is not there", REBUILD)
        return name

    def promote(self, name: str) -> None:
        """Makes a version live for every reader's next question."""
        fresh = self._pointer.with_suffix(".new")
        with fresh.open("w", encoding="utf-8") as stream:
            stream.write(name)
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(self._pointer)

    def seal(self, manifest: Manifest, folder: Path) -> None:
        """Writes the manifest last: a version without one was never finished."""
        (folder / MANIFEST).write_text(json.dumps(asdict(manifest), indent=1), encoding="utf-8")

    def manifest(self, name: str) -> Manifest:
        """What a version was built from. Raises IndexUnusable for one that is unfinished or damaged."""
        path = self.folder(name) / MANIFEST
        try:
            values = json.loads(path.read_text(encoding="utf-8"))
            manifest = Manifest(**values | {"sources": tuple(values["sources"])})
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise IndexUnusable(str(path), "the index is damaged (its manifest cannot be read)", REBUILD) from error
        if manifest.schema != SCHEMA:
            raise IndexUnusable(str(path), f"the index has layout {manifest.schema}, not {SCHEMA}", REBUILD)
        return manifest

    def check(self, name: str, vectors: bool = False) -> Manifest:
        """The manifest of a version whose files are as they were written, else IndexUnusable names the file.

        The vectors are looked at where they are going to be opened.
        """
        manifest = self.manifest(name)
        for file, digest in manifest.checksums.items():
            path = self.folder(name) / file
            if not path.is_file() or sha256(path) != digest:
                raise IndexUnusable(str(path), "the index is damaged (a file is missing or changed)", REBUILD)
        if vectors and store_digest(self.folder(name) / "chroma") != manifest.vectors:
            what = "the index is damaged (its vectors are missing or changed)"
            raise IndexUnusable(str(self.folder(name) / "chroma"), what, REBUILD)
        return manifest
