"""Lints the sources beside the page, again whenever a file of them was written."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date

from assistant.background import begin, in_words
from corpus.types import Finding
from evals.library import Places

AGAIN = "open the page again"
Stamp = tuple[tuple[str, int, int], ...]  # each file with its time and size


@dataclass(frozen=True, slots=True)
class Checked:
    """What lint says of the sources."""

    findings: tuple[Finding, ...] = ()
    error: str = ""  # why they could not be read
    done: bool = True  # False: these are of the files as they were before, and the next are on their way


class Checks:
    """The findings of one set of places, worked out once for all who look."""

    def __init__(self, places: Places, clock: Callable[[], date]) -> None:
        self._places, self._clock = places, clock
        self._lock = threading.Lock()
        self._key: tuple[Stamp, date] | None = None
        self._running: Future[tuple[Finding, ...]] | None = None
        self._last = Checked(done=False)

    def now(self) -> Checked:
        """What is known; begins to look where a file was written since."""
        key = tuple(_stamps(self._places)), self._clock()
        with self._lock:
            running = self._running
            if running and running.done():
                error = running.exception()
                self._last = Checked(error=in_words(error, AGAIN) or "") if error else Checked(running.result())
                self._running = running = None
            if running is None and key != self._key:
                self._key, self._running = key, begin(_lint, self._places, key[1])
            if self._running is None:
                return self._last
            return Checked(self._last.findings, self._last.error, done=False)


def _lint(places: Places, today: date) -> tuple[Finding, ...]:
    from assistant import contradictions
    from corpus.lint import lint

    return tuple(lint(places.sources, places.policy, places.glossary, today, contradictions.findings))


def _stamps(places: Places) -> Iterator[tuple[str, int, int]]:
    for source in (*places.sources, places.policy, places.glossary):
        for path in sorted(source.rglob("*")) if source.is_dir() else [source]:
            try:
                found = path.stat()
            except OSError:
                continue
            yield str(path), found.st_mtime_ns, found.st_size
