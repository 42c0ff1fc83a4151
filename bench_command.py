"""The command `caveat bench`: what an answer and its checks cost on this machine."""

import click

from door import joined, print_json
from failures import errors
from progress import ProgressLine

QUESTIONS = 100


@click.command()
@click.option(
    "--questions", "count", default=QUESTIONS, show_default=True, type=click.IntRange(1, 2000),
    help="How many questions of the tuning set.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def bench(count: int, as_json: bool) -> None:
    """Time answers, their checks, and hostile inputs on the live index, the models loaded.

    Times vary with what else the machine does; no exit code depends on them.
    """
    assembly = joined()
    with errors():
        from evals import bench as measure
        from evals.cases import load_cases

        asked = [case.turns[0] for case in load_cases() if case.set == "tuning"]
        chosen = asked[:: max(len(asked) // count, 1)][:count]
        assembly.assistant.load()
        for question in chosen[:3]:  # whatever is still loaded by a first question
            assembly.assistant.ask([question])
        found = measure.cost(assembly.assistant, chosen, ProgressLine("questions asked"))
        hostile = measure.worst(assembly.assistant)
    print_json(measure.to_json(found, hostile)) if as_json else click.echo("\n".join(measure.lines(found, hostile)))
