"""What a chat model adds and costs: the project's own cases, asked with the model of the settings.

`python -m evals.written [--set tuning] [--sample 100]`: each answer is held against the contract, each claim against
the words that it cites, the model's sentences are counted, and the times are taken from the printed answers.
"""

import json
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

import settings
from evals.acceptance import BROKEN, NO, Caveat, CommandFailed
from evals.case_files import CaseError
from evals.cases import SETS, load_cases
from evals.contract import breaches
from evals.redteam.report import sentences

SEED = 20260101  # of the sample
MOST_CHECKING = 0.05  # of the model's own time, that verifying may take


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--set", "chosen", type=click.Choice([*SETS, "all"]), default=SETS[0], show_default=True)
@click.option("--sample", type=click.IntRange(min=1), help="Only so many cases, drawn with a fixed seed.")
@click.option("--answers", type=click.Path(dir_okay=False, path_type=Path), help="Write the printed answers here, too.")
def main(chosen: str, sample: int | None, answers: Path | None) -> None:
    """Ask the cases of a set with the chat model of the settings.

    Exit code 1 where an answer breaches the contract or a shown sentence is not supported.
    """
    if not settings.load_settings().chat_model:
        raise click.UsageError("no chat model is set; name one with CAVEAT_CHAT_MODEL")
    try:
        cases = [case for case in load_cases() if chosen in (case.set, "all")]
        if sample and sample < len(cases):
            cases = random.Random(SEED).sample(cases, sample)  # noqa: S311  # a sample, no secret
        with tempfile.TemporaryDirectory(prefix="caveat-written-") as folder:
            caveat = Caveat(Path(folder))
            click.echo(f"{caveat.build(None)}; {len(cases)} cases")
            given = caveat.ask(cases)
            broken = [(one["id"], what) for one in given for what in breaches(one, caveat.text_of)]
            broken += _unsupported(given, caveat.data_dir)
    except (CaseError, CommandFailed) as error:
        click.echo(f"written: {error}", err=True)
        raise click.exceptions.Exit(BROKEN) from error
    if answers:
        answers.write_text("".join(json.dumps(one) + "\n" for one in given), encoding="utf-8")
    shown = sum(len(one.get("claims", ())) for one in given)
    click.echo("\n".join([f"BREACH {name}: {what}" for name, what in broken] + sentences(given) + times(given)))
    click.echo(f"breaches and unsupported sentences: {len(broken)} of {len(given)} answers, {shown} shown sentences")
    if broken:
        raise click.exceptions.Exit(NO)


def _unsupported(answers: Sequence[Mapping[str, Any]], data_dir: Path) -> list[tuple[str, str]]:
    """The claims that `caveat verify --batch` does not find supported by the words that they cite."""
    lines = []
    for answer in answers:
        quotes = {cited["number"]: cited["quote"] for cited in answer.get("citations", ())}
        for claim in answer.get("claims", ()):
            words = claim["text"].removeprefix("Yes: ").removeprefix("No: ")
            passage = " ".join(quotes[number] for number in claim["citations"])
            lines.append({"id": answer["id"], "claim": words, "passage": passage})
    ran = subprocess.run(  # this environment's own command
        [sys.executable, "-X", "utf8", "-m", "cli", "verify", "--batch"],
        input="".join(json.dumps(line) + "\n" for line in lines).encode(),
        stdout=subprocess.PIPE, cwd=settings.PROJECT, env=settings.child_environment(data_dir), check=False,
    )  # fmt: skip
    if ran.returncode:
        raise CommandFailed(f"'caveat verify' ended with {ran.returncode}; its reason stands above")
    verdicts = [json.loads(line) for line in ran.stdout.decode("utf-8").splitlines()]
    return [
        (line["id"], f"not supported: {line['claim']!r}")
        for line, verdict in zip(lines, verdicts, strict=True)
        if verdict["verdict"] != "supported"
    ]


def times(answers: Sequence[Mapping[str, Any]]) -> list[str]:
    """Seconds to the model's first shown sentence and to the whole answer, and what verifying costs."""
    spent = [answer["timings_ms"] for answer in answers if answer.get("written")]
    if not spent:
        return ["no chat model was asked"]
    first = [one["total"] - one["write"] - one["caveat"] + one["write_first"] for one in spent if "write_first" in one]
    checking = sum(one["write_checking"] for one in spent)
    model = sum(one["write"] for one in spent) - checking
    within = "within" if checking <= MOST_CHECKING * model else "above"
    return [
        f"first verified sentence of the stream: {_quantiles(first)} (n = {len(first)})",
        f"whole answer: {_quantiles([one['total'] for one in spent])} (n = {len(spent)})",
        f"verifying took {checking / len(spent):.1f} ms an answer, {checking / model:.2%} of the model's own time, "
        f"{within} the {MOST_CHECKING:.0%} allowed",
    ]


def _quantiles(milliseconds: Sequence[float]) -> str:
    if not milliseconds:
        return "none"
    ordered = sorted(milliseconds)
    late = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    return f"median {statistics.median(ordered) / 1000:.1f} s, 95th percentile {late / 1000:.1f} s"


if __name__ == "__main__":
    main()
