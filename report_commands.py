"""The command `caveat eval report`: a stored run as a file to read."""

from pathlib import Path

import click

from door import joined
from failures import errors


def add_to(group: click.Group) -> None:
    """Adds these commands to the group `caveat eval`."""
    group.add_command(report)


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
        cases = {case.id: case for case in load_cases()}
        path = out or Path(f"evaluation-{shown.id}.html")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(report_html(shown, history.summaries(), cases, history.unreadable()), encoding="utf-8")
    click.echo(f"{path}: right {counted(rate(shown.outcomes))}")
