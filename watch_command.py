"""The command `caveat index watch`: builds again whenever the sources have changed and settled."""

import signal
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from door import joined
from failures import Failure, errors
from index_commands import signature_of, sources_option

if TYPE_CHECKING:
    from index.embedding_process import EmbeddingProcess
    from index.types import BuildReport, Signature

SETTLE = 2.0  # seconds without a change, after which an edit counts as done
TRY_AGAIN = 60.0  # seconds, after which a build that failed is tried again: another one was running, or the disk full
SOME = 10  # names in a line


@click.command()
@sources_option("Watch")
@click.option("--settle", default=SETTLE, show_default=True, type=click.FloatRange(min=0.1), help="Seconds of quiet.")
@click.option("--keep", type=click.IntRange(min=1), help="Delete all but the newest versions after each build.")
@click.option("--by", metavar="NAME", help="Who signs; the user of this machine unless given.")
def watch(sources: tuple[Path, ...], settle: float, keep: int | None, by: str | None) -> None:
    """Build now and after each edit, once it has settled, until Ctrl-C or SIGTERM ends it.

    A new version goes live as with 'index build'. A build that fails is told in one line, the live version stays, and
    the next edit is waited for.
    """
    signal.signal(signal.SIGTERM, _stop)
    with suppress(KeyboardInterrupt):
        _watch(sources, settle, _Builder(signature_of(by, force=False, reason=None), keep))
    click.echo("stopped watching")


def _stop(*_: Any) -> NoReturn:
    raise KeyboardInterrupt


def _watch(sources: Sequence[Path], settle: float, builder: "_Builder") -> None:
    values = joined().settings  # wrong ones end it here
    from index.watch import settled_changes

    folders = tuple(sources) or values.sources
    try:
        changes = settled_changes([*folders, values.policy, values.glossary], settle)
        next(changes)  # looks at the files first: what is written during the first build is not missed
        click.echo(f"watching {', '.join(map(str, folders))}; Ctrl-C ends it")
        builder.build(folders)
        for changed in changes:
            if changed or builder.is_due:
                builder.build(folders)
    finally:
        builder.close()


class _Builder:
    """Builds again and again with one loaded model, and tells what came of it in one line."""

    def __init__(self, signature: "Signature", keep: int | None) -> None:
        self._signature, self._keep = signature, keep
        self._embedder: EmbeddingProcess | None = None
        self._failure, self._tried = "", 0.0

    @property
    def is_due(self) -> bool:
        """Whether a build that failed is to be tried again although nothing changed."""
        return bool(self._failure) and time.monotonic() - self._tried > TRY_AGAIN

    def build(self, folders: Sequence[Path]) -> None:
        """Builds; why it failed is told once, however often it is tried again."""
        was_due = self.is_due
        try:
            with errors():
                said, failure = self._build(folders), ""
        except Failure as error:
            failure = error.message
        except Exception as error:  # whatever it is, the next edit may mend it
            failure = f"it broke down unexpectedly ({type(error).__name__}: {' '.join(str(error).split())})"
        now = time.strftime("%H:%M:%S")
        if not failure:
            click.echo(f"{now} {said}")
        elif failure != self._failure or not was_due:
            click.echo(f"{now} caveat: no new version: {failure}; still watching", err=True)
        self._failure, self._tried = failure, time.monotonic()

    def _build(self, folders: Sequence[Path]) -> str:
        from index.embedding_process import EmbeddingProcess
        from index.prune import prune

        assembly = joined()  # settings, policy and glossary may have changed, too
        assembly.embedder = self._embedder = self._embedder or EmbeddingProcess()
        report = assembly.build(folders, signature=self._signature)
        if self._keep:
            prune(assembly.versions, self._keep)
        return "\n".join([_summary(report), *report.verdict])

    def close(self) -> None:
        """Ends the model's process."""
        if self._embedder:
            self._embedder.close()


def _summary(report: "BuildReport") -> str:
    counts = f"{report.documents} documents, {report.embedded} texts embedded"
    changes = [
        f"{name} {', '.join(some[:SOME])}{f' and {len(some) - SOME} more' if len(some) > SOME else ''}"
        for name in ("added", "updated", "removed")
        if (some := getattr(report, name))
    ]
    skipped = [f"skipped {one.where} ({one.reason})" for one in report.skipped]
    state = "is live" if report.promoted else "is not made live, as the check says no"
    return "; ".join([f"version {report.version} {state}: {counts}", *changes, *skipped[:SOME]])
