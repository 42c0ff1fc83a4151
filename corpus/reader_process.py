"""Reads files in a process of its own, which may neither take long nor grow large nor fall with its reader."""

import json
import subprocess
import sys
import threading
import time
from contextlib import suppress
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from corpus.types import Block, Document, MaterialError, Section, Skipped

SECONDS = 60.0  # a file; 619 pages of PDF take 15 on a slow processor
MEMORY = 1024**3  # bytes of address space; 872 pages of Word take 100 MB
MOST_REPLY = 200_000_000  # bytes of JSON: more is no training material
MEGABYTE = 1024**2
COMMAND = ["-m", "corpus.reading"]


class ReaderProcess:
    """Reads one file at a time. The process starts with the first file, and anew after one that it did not survive."""

    def __init__(self, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self._seconds, self._memory = seconds, memory
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._end()

    def read(self, path: Path, root: Path) -> Document | Skipped:
        """The file as a document, or the reason why it cannot be one. Raises MaterialError as the reader does."""
        name = path.relative_to(root).as_posix()
        try:
            reply = self._ask(json.dumps([str(path.absolute()), str(root.absolute())]).encode() + b"\n")
        except TimeoutError:
            self._end()
            return Skipped(name, f"takes longer than {self._seconds:g} seconds to read; split it, or save it anew")
        except OSError:
            self._end()
            return Skipped(name, "makes its reader break down; it is damaged, or far too large: save it anew")
        return _received(json.loads(reply), name, self._memory)

    def _ask(self, question: bytes) -> bytes:
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(question)
        process.stdin.flush()
        began = time.monotonic()
        late = threading.Timer(self._seconds, process.kill)
        late.start()
        try:
            reply = process.stdout.readline(MOST_REPLY)
        finally:
            late.cancel()
        if not reply.endswith(b"\n"):
            raise TimeoutError if time.monotonic() - began >= self._seconds else OSError
        return reply

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            command = [sys.executable, *COMMAND, str(self._memory), str(self._seconds)]
            folder = Path(__file__).resolve().parent.parent  # where Python finds this package again
            self._process = subprocess.Popen(  # noqa: S603  # our own module
                command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            with suppress(BrokenPipeError):  # closing writes what is left for a process that is gone
                process.__exit__(None, None, None)


def _received(reply: dict[str, Any], name: str, memory: int) -> Document | Skipped:
    if "document" in reply:
        return _document(reply["document"])
    if "error" in reply:
        raise MaterialError(*reply["error"])
    if "memory" in reply:
        return Skipped(name, f"needs more than {memory // MEGABYTE:,} MB to read; split it, or take out its pictures")
    return Skipped(*reply["skipped"])


def _document(values: dict[str, Any]) -> Document:
    review_by = values.pop("review_by")
    return Document(
        **values
        | {
            "sections": tuple(Section(tuple(s.pop("path")), **s) for s in values["sections"]),
            "blocks": tuple(Block(**b) for b in values["blocks"]),
            "skipped": tuple(Skipped(**s) for s in values["skipped"]),
            "pages": tuple((start, page) for start, page in values["pages"]),
            "review_by": date.fromisoformat(review_by) if review_by else None,
        }
    )
