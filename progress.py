"""Says on a terminal how far a long task has come, and how long it will still take."""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import click

MINUTE = 60


@dataclass
class ProgressLine:
    """One line on standard error that is written over; nothing where that is no terminal."""

    what: str  # what is counted, as "embedded"
    clock: Callable[[], float] = time.monotonic
    _first: tuple[float, int] | None = field(default=None, init=False)

    def __call__(self, done: int, total: int) -> None:
        if sys.stderr.isatty():
            click.echo(f"\r\x1b[K{self.line(done, total)}", nl=done >= total, err=True)

    def line(self, done: int, total: int) -> str:
        """What to show. The pace is taken from the first report on: what comes before it is loading."""
        now = self.clock()
        began, before = self._first = self._first or (now, done)
        said = f"{self.what} {done:,} of {total:,} ({100 * done // max(total, 1)}%)"
        if done >= total or done <= before:
            return said
        return f"{said}, {_in_words((now - began) / (done - before) * (total - done))} left"


def _in_words(seconds: float) -> str:
    """A time as somebody who waits wants it, rounded up."""
    if seconds < MINUTE:
        return "less than a minute"
    minutes = int(-(-seconds // MINUTE))
    return f"about {minutes} min" if minutes < MINUTE else f"about {minutes // MINUTE} h {minutes % MINUTE} min"
