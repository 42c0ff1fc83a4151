"""Asks every case through the command line and holds what is printed against the cases and the contract.

`python -m evals.acceptance [--source PATH] [--set tuning|heldout|all]`: it sees what a reader sees, the printed JSON
and the printed texts, and nothing of the assistant's or the index's inside.
"""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import click
import yaml

import settings
from evals.case_files import CaseError
from evals.cases import SETS, load_cases
from evals.contract import breaches, different_quotes
from evals.score import faults, wilson
from evals.types import Case, Result

RIGHT_AT_LEAST = 0.95  # share of right answers below which the check says no
NO, BROKEN = 1, 3

FRONT_MATTER = re.compile(r"\A---\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)


class CommandFailed(RuntimeError):
    """A command that did not do its work."""


class Conversation(Protocol):
    """What is put to the assistant: a case of any kind."""

    @property
    def id(self) -> str: ...

    @property
    def turns(self) -> tuple[str, ...]: ...


@dataclass
class Caveat:
    """The command `caveat` of this environment, over a data directory of its own."""

    data_dir: Path
    _texts: dict[str, bytes | None] = field(default_factory=dict)

    def build(self, source: Path | None, beside: Path | None = None) -> str:
        """Builds the index from the source, else from the configured ones; the line that the command prints first.

        A folder `beside` is read with them.
        """
        sources = [source] if source else [*settings.load_settings().sources] if beside else []
        sources += [beside] if beside else []
        options = [word for one in sources for word in ("--source", str(one))]
        return self._run("index", "build", *options).decode("utf-8").partition("\n")[0]

    def ask(self, cases: Sequence[Conversation]) -> list[dict[str, Any]]:
        """The printed answer of each case, in order."""
        lines = "".join(json.dumps({"id": case.id, "turns": case.turns}) + "\n" for case in cases)
        printed = self._run("ask", "--batch", given=lines.encode()).decode("utf-8").split("\n")
        answers = [json.loads(line) for line in printed if line]
        if [answer["id"] for answer in answers] != [case.id for case in cases]:
            raise CommandFailed(f"ask --batch answered {len(answers)} of {len(cases)} lines, or in another order")
        return answers

    def text_of(self, document_id: str) -> bytes | None:
        """The bytes of a document as `caveat index text` prints them; None where it knows no such document."""
        if document_id not in self._texts:
            try:
                self._texts[document_id] = self._run("index", "text", document_id)
            except CommandFailed:
                self._texts[document_id] = None
        return self._texts[document_id]

    def sections_of(self, citation: Mapping[str, Any]) -> tuple[str, ...]:
        """The sections of the source text that a citation comes from: its front matter's, else its own path."""
        named = source_section(self.text_of(citation["document_id"]) or b"")
        return (named,) if named else tuple(citation["section"])

    def _run(self, *words: str, given: bytes = b"") -> bytes:
        ran = subprocess.run(  # noqa: S603  # this environment's own command
            [sys.executable, "-X", "utf8", "-m", "cli", *words],
            input=given,
            stdout=subprocess.PIPE,
            cwd=settings.PROJECT,
            env=settings.child_environment(self.data_dir),
            check=False,
        )
        if ran.returncode:
            raise CommandFailed(f"'caveat {' '.join(words)}' ended with {ran.returncode}; its reason stands above")
        return ran.stdout


def source_section(text: bytes) -> str | None:
    """The `source.section` of the front matter that a document's text begins with; None without one."""
    match = FRONT_MATTER.match(text.decode("utf-8"))
    values = yaml.safe_load(match[1]) if match else None
    source = values.get("source") if isinstance(values, dict) else None
    return str(source["section"]) if isinstance(source, dict) and source.get("section") else None


def judged(cases: Sequence[Case], answers: Sequence[dict[str, Any]], caveat: Caveat) -> list[Result]:
    """Each answer with what is wrong with it, against its case and against the contract."""
    return [
        Result(case, (*faults(case, answer, caveat.sections_of), *breaches(answer, caveat.text_of)), answer)
        for case, answer in zip(cases, answers, strict=True)
    ]


def report(results: Sequence[Result], different: int) -> list[str]:
    """The lines to print: every wrong case, a table by kind, and the totals; `different` counts quotes that differ."""
    lines = [
        f"WRONG {r.case.id} ({r.case.kind}) {' > '.join(r.case.turns)!r}: {'; '.join(r.faults)}"
        for r in results
        if r.faults
    ]
    lines += ["", f"{'kind':<14}{'right':>6}{'n':>5}"]
    for kind in sorted({r.case.kind for r in results}):
        of_kind = [r for r in results if r.case.kind == kind]
        lines.append(f"{kind:<14}{_right(of_kind):>6}{len(of_kind):>5}")
    right, n = _right(results), len(results)
    low, high = wilson(right, n)
    due = [r for r in results if r.case.caveat is True]
    not_due = [r for r in results if r.case.caveat is False]
    quotes = sum(len(r.answer.get("citations", ())) for r in results)
    return [
        *lines,
        "",
        f"right: {right} of {n}, {right / n:.1%} (95 % interval {low:.1%} to {high:.1%}; Wilson)",
        f"caveats: missed {sum(not r.answer.get('caveats') for r in due)} of {len(due)}, "
        f"in excess {sum(bool(r.answer.get('caveats')) for r in not_due)} of {len(not_due)}",
        f"quotes: {quotes} checked, {different} differ from the source's bytes",
    ]


def _right(results: Sequence[Result]) -> int:
    return sum(not r.faults for r in results)


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--source",
    type=click.Path(exists=True, resolve_path=True, path_type=Path),
    help="Build from this folder or file instead of the configured sources.",
)
@click.option(
    "--set", "chosen", type=click.Choice([*SETS, "all"]), default=SETS[0], show_default=True, help="Which cases to ask."
)
def main(source: Path | None, chosen: str) -> None:
    """Ask the cases through the command line and check every printed answer.

    Exit code 1 where a quote differs from its source or fewer than 95 % of the answers are right.
    """
    try:
        cases = [case for case in load_cases() if chosen in (case.set, "all")]
        with tempfile.TemporaryDirectory(prefix="caveat-acceptance-") as folder:
            caveat = Caveat(Path(folder))
            click.echo(caveat.build(source))
            results = judged(cases, caveat.ask(cases), caveat)
            different = sum(len(different_quotes(r.answer, caveat.text_of)) for r in results)
    except (CaseError, CommandFailed) as error:
        click.echo(f"acceptance: {error}", err=True)
        raise click.exceptions.Exit(BROKEN) from error
    click.echo("\n".join(report(results, different)))
    if different or _right(results) < RIGHT_AT_LEAST * len(results):
        raise click.exceptions.Exit(NO)


if __name__ == "__main__":
    main()
