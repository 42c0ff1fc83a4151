"""The commands `caveat eval run`, `runs`, `compare` and `gate`: the cases asked of an index version in this process."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from door import joined, print_json
from failures import NO, WRONG_USE, Failure, errors
from progress import ProgressLine

if TYPE_CHECKING:
    from assembly import Assembly
    from evals.metrics.table import Table
    from evals.runs import Run
    from evals.types import Case

json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
cases_option = click.option(
    "--cases",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Cases below this folder, in tuning/ and heldout/, instead of the shipped ones.",
)
LIVE = "live"


def add_to(group: click.Group) -> None:
    """Adds these commands to the group `caveat eval`."""
    for command in (run, runs, compare, gate):
        group.add_command(command)


@click.command()
@click.option("--tag", "tags", multiple=True, help="Only cases with this tag, or of this kind; may be repeated.")
@click.option(
    "--set", "chosen", type=click.Choice(["tuning", "heldout", "all"]), default="tuning", show_default=True,
    help="Which cases; the heldout ones are kept for the end.",
)  # fmt: skip
@click.option(
    "--against", default=LIVE, show_default=True, metavar="live|VERSION|RUN",
    help="The index version to ask; with a RUN the version that it asked, and what differs from it.",
)  # fmt: skip
@cases_option
@click.option("--anew", is_flag=True, help="Ask again what a stored run of the same versions has answered.")
@json_option
def run(tags: tuple[str, ...], chosen: str, against: str, folder: Path | None, anew: bool, as_json: bool) -> None:
    """Ask the cases and store what was answered, with what is wrong with it.

    Exit code 1 where an answer breaches what every answer promises.
    """
    assembly = joined()
    with errors():
        from evals import rates
        from evals.cases import in_words
        from evals.comparing import common, comparison, lines
        from evals.metrics import table as measures

        cases = _cases([folder] if folder else assembly.case_places.read, chosen, tags)
        version, before = _version(assembly, against)
        done, table = _run(assembly, version, cases, in_words(chosen, tags), anew)
        compared = comparison(*common(before, done, different=True)) if before else None
    if as_json:
        from evals.comparing import to_json

        print_json(
            rates.to_json(done) | measures.to_json(table) | ({"comparison": to_json(compared)} if compared else {})
        )
    else:
        click.echo(
            "\n".join([*rates.lines(done), "", *measures.lines(table), *(["", *lines(compared)] if compared else [])])
        )
    if any(outcome.breaches for outcome in done.outcomes):
        raise click.exceptions.Exit(NO)


def _cases(folders: Sequence[Path], chosen: str, tags: Sequence[str]) -> "list[Case]":
    from evals.cases import SETS, load_cases, tagged

    cases = load_cases(folders, SETS if chosen == "all" else (chosen,))
    wanted = tagged(cases, tags)
    if not wanted:
        known = ", ".join(sorted({tag for case in cases for tag in (*case.tags, case.kind)}))
        raise Failure(f"eval run: no case has the tag {' or '.join(tags)}; use one of {known}", WRONG_USE)
    return wanted


def _version(assembly: "Assembly", against: str) -> "tuple[str, Run | None]":
    """The version to ask, and the run to compare with where one was named."""
    from evals.runs import Runs
    from index.types import IndexUnusable

    live = assembly.versions.live()
    if against == LIVE and live:
        return live, None
    if against in assembly.versions.names():
        return against, None
    if against == LIVE:
        raise IndexUnusable(str(assembly.settings.data_dir), "there is no index yet", "run 'caveat index build'")
    before = Runs(assembly.settings.data_dir).load(against)
    return before.subject.index, before


def _run(
    assembly: "Assembly", version: str, cases: "Sequence[Case]", chosen: str, anew: bool = False
) -> "tuple[Run, Table]":
    from evals.asking import outcomes_of
    from evals.asking_apart import asking
    from evals.metrics.table import measured
    from evals.runs import Runs

    runs = Runs(assembly.settings.data_dir)
    progress = ProgressLine("cases asked")
    with assembly.asker(version) as asker:
        ask = asking(assembly.opening(version), asker)
        outcomes = tuple(ask(cases, progress)) if anew else outcomes_of(cases, asker, runs, progress, ask)
        table = measured(cases, outcomes, asker.material, asker.policy, asker.verifier)
        return runs.keep(asker.subject, outcomes, "run", chosen), table


@click.command()
@json_option
def runs(as_json: bool) -> None:
    """List the stored runs, the newest last."""
    assembly = joined()
    with errors():
        from dataclasses import asdict

        from evals.rates import rate
        from evals.runs import Runs

        stored = Runs(assembly.settings.data_dir)
        for run in (stored.load(identity) for identity in stored.ids()):
            right = rate(run.outcomes)
            if as_json:
                values = {"run": run.id, "at": run.at, "purpose": run.purpose, "chosen": run.chosen, "cases": run.cases}
                print_json(values | {"versions": asdict(run.subject), "right": asdict(right)})
            else:
                click.echo(
                    f"{run.id}  {run.purpose}  {run.subject.index}  {right.right} of {right.n} right  {run.chosen}"
                )


@click.command()
@click.argument("before")
@click.argument("after", default="last")
@click.option("--common", "different", is_flag=True, help="Where they asked different cases, compare those of both.")
@json_option
def compare(before: str, after: str, different: bool, as_json: bool) -> None:
    """Show what differs from run BEFORE to run AFTER, the last one unless given; the beginning of an id is enough."""
    assembly = joined()
    with errors():
        from evals.comparing import common, comparison, lines, to_json
        from evals.runs import Runs

        stored = Runs(assembly.settings.data_dir)
        first, second = stored.load(before), stored.load(after)
        compared = comparison(*common(first, second, different))
    if as_json:
        print_json({"before": first.id, "after": second.id} | to_json(compared))
    else:
        click.echo("\n".join([f"{first.id} -> {second.id}", *lines(compared)]))


@click.command()
@click.argument("staged", required=False)
@click.option("--against", default=LIVE, show_default=True, metavar="live|VERSION", help="The version to compare with.")
@click.option("--all", "ask_all", is_flag=True, help="Ask all cases, not only those that the rules choose.")
@cases_option
@click.option("--junit", type=click.Path(dir_okay=False, path_type=Path), help="Write JUnit XML to this file, too.")
@json_option
def gate(
    staged: str | None, against: str, ask_all: bool, folder: Path | None, junit: Path | None, as_json: bool
) -> None:
    """Say whether version STAGED, the newest unless given, may go live, as a build and a promotion ask.

    Exit code 1 where it may not: an invariant breached, a significant loss, a changed statement that no case vouches
    for, a contradiction, or words withdrawn that policy rests on. Where there is no other version to compare with,
    all cases are asked, and a share right below the rules' least is a no.
    """
    assembly = joined()
    with errors():
        from evals.gate_report import lines, summary

        judging = assembly.gate(ProgressLine("cases asked"))
        judging.ask_all = ask_all
        judging.given = _given(folder, judging.rules.sets)
        name, base = _pair(assembly, staged, against)
        report = judging.examine(name, base) if base else judging.examine_alone(name)
        if junit:
            from evals.junit import write_junit

            write_junit(junit, report)
    if as_json:
        print_json(report.to_json())
    else:
        verdict = f"{'passed' if report.passed else 'no'}: version {name}: {summary(report)}"
        click.echo("\n".join([*lines(report, judging.rules.shown), verdict]))
    if not report.passed:
        raise click.exceptions.Exit(NO)


def _given(folder: Path | None, sets: Sequence[str]) -> "Sequence[Case] | None":
    from evals.cases import load_cases

    return load_cases(folder, sets) if folder else None


def _pair(assembly: "Assembly", staged: str | None, against: str) -> tuple[str, str | None]:
    """The version to judge, and the one to compare it with; None where there is none but itself."""
    from index.release import known
    from index.types import IndexUnusable
    from index.versions import REBUILD

    names = assembly.versions.names()
    if not names:
        raise IndexUnusable(str(assembly.settings.data_dir), "there is no index yet", REBUILD)
    name = known(assembly.versions, staged) if staged else names[-1]
    base = assembly.versions.live() if against == LIVE else known(assembly.versions, against)
    return name, None if base == name else base
