"""The commands `caveat eval report` and `coverage`: a stored run as a file, and what of the material no case asks."""

from pathlib import Path

import click

from door import joined, print_json
from failures import errors


def add_to(group: click.Group) -> None:
    """Adds these commands to the group `caveat eval`."""
    for command in (report, coverage):
        group.add_command(command)


@click.command()
@click.argument("run", default="last")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE.html",
    help="Where to write it; 'evaluation-RUN.html' in the working directory unless given.",
)  # fmt: skip
def report(run: str, out: Path | None) -> None:
    """Write RUN, the last one unless given, as one HTML file that needs no network."""
    assembly = joined()
    with errors():
        from evals.cases import load_cases
        from evals.plots import counted
        from evals.rates import rate
        from evals.report import report_html
        from evals.run_history import RunHistory
        from evals.runs import Runs

        stored = Runs(assembly.settings.data_dir)
        shown = stored.load(run)
        history = RunHistory(stored)
        cases = {case.id: case for case in load_cases(assembly.case_places.read)}
        path = out or Path(f"evaluation-{shown.id}.html")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(report_html(shown, history.summaries(), cases, history.unreadable()), encoding="utf-8")
    click.echo(f"{path}: right {counted(rate(shown.outcomes))}")


@click.command()
@click.option(
    "--cases", "folder", type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Cases below this folder, in tuning/ and heldout/, instead of the shipped ones and your own.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def coverage(folder: Path | None, as_json: bool) -> None:
    """List sections and statements of the live version that no case asks about, each with a question proposed for it.

    A statement is asked about by a case that names its section if the case's right answer in a stored run cites it,
    or if it holds the words that the case demands.
    """
    assembly = joined()
    with errors():
        from evals.cases import load_cases
        from evals.coverage import coverage as covered
        from evals.coverage import lines, to_json
        from evals.material import Material
        from evals.runs import Runs
        from index.content import open_content

        cases = load_cases(folder or assembly.case_places.read)
        material = Material(open_content(assembly.versions))
        found = covered(material, cases, Runs(assembly.settings.data_dir).newest_first())
    print_json(to_json(found)) if as_json else click.echo("\n".join(lines(found)))
