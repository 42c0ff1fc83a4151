"""What a chat model adds and costs: the project's own cases, asked with the model of the settings.

`python -m evals.written [--set tuning] [--skip 1000] [--sample 100] [--answers FILE] [--at-once 2]`: each answer is
held against the contract, each claim against the words that it cites, the model's sentences are counted, and the times
are taken from the printed answers.
"""

import json
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

import settings
from corpus.glossary import load_glossary
from corpus.policy import load_policy
from evals.acceptance import BROKEN, NO, Caveat, CommandFailed
from evals.asking import subject_of
from evals.case_files import CaseError
from evals.cases import SETS, load_cases
from evals.contract import breaches
from evals.redteam.report import sentences
from evals.types import Case
from index.content import open_content
from index.embedding import MiniLM
from index.versions import Versions

SEED = 20260101  # of the sample
MOST_CHECKING = 0.05  # of the model's own time, that verifying may take
TOGETHER = 40  # cases that one command is asked; a run that is cut off loses so many answers at most


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--set", "chosen", type=click.Choice([*SETS, "all"]), default=SETS[0], show_default=True)
@click.option("--skip", type=click.IntRange(min=0), default=0, help="Leave out so many, which an earlier run measured.")
@click.option("--sample", type=click.IntRange(min=1), help="Only so many cases, drawn with a fixed seed.")
@click.option(
    "--answers",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Keep the printed answers here as they come; a later run asks only for what is missing.",
)
@click.option("--at-once", type=click.IntRange(1, 16), default=1, show_default=True, help="Commands side by side.")
def main(chosen: str, skip: int, sample: int | None, answers: Path | None, at_once: int) -> None:
    """Ask the cases of a set with the chat model of the settings.

    Exit code 1 where an answer breaches the contract or a shown sentence is not supported.
    """
    model = settings.load_settings().chat_model
    if not model:
        raise click.UsageError("no chat model is set; name one with CAVEAT_CHAT_MODEL")
    try:
        cases = [case for case in load_cases() if chosen in (case.set, "all")][skip:]
        if not cases:
            raise click.UsageError(f"no case of the set is left after the first {skip}; lower --skip")
        if sample and sample < len(cases):
            cases = random.Random(SEED).sample(cases, sample)  # noqa: S311  # a sample, no secret
        with tempfile.TemporaryDirectory(prefix="caveat-written-") as folder:
            caveat = Caveat(Path(folder))
            click.echo(f"{caveat.build(None)}; {len(cases)} cases")
            given = asked(cases, caveat.ask, at_once, Kept(answers, state(caveat.data_dir, model)))
            broken = [(one["id"], what) for one in given for what in breaches(one, caveat.text_of)]
            broken += _unsupported(given, caveat.data_dir)
    except (CaseError, CommandFailed) as error:
        click.echo(f"written: {error}", err=True)
        raise click.exceptions.Exit(BROKEN) from error
    shown = sum(len(one.get("claims", ())) for one in given)
    click.echo("\n".join([f"BREACH {name}: {what}" for name, what in broken] + sentences(given) + times(given)))
    click.echo(f"breaches and unsupported sentences: {len(broken)} of {len(given)} answers, {shown} shown sentences")
    if broken:
        raise click.exceptions.Exit(NO)


class Kept:
    """Printed answers of one state of code, index and model, in a file, or nowhere where none is named.

    Raises CommandFailed for a file that holds answers of another state, or none of this kind.
    """

    def __init__(self, path: Path | None, state: str) -> None:
        self._path = path
        self.answers: dict[str, dict[str, Any]] = {}
        if path is None:
            return
        head, *lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else [json.dumps([state])]
        if head != json.dumps([state]):
            raise CommandFailed(f"{path} holds answers of another state, or is no such file; name another one")
        whole = [one for line in lines if (one := _read(line)) is not None]
        self.answers = {one["id"]: one for one in whole}
        path.write_text("".join(f"{line}\n" for line in (head, *map(json.dumps, whole))), encoding="utf-8")

    def add(self, answers: Sequence[dict[str, Any]]) -> None:
        """Keeps some more."""
        self.answers |= {one["id"]: one for one in answers}
        if self._path:
            with self._path.open("a", encoding="utf-8") as file:
                file.writelines(json.dumps(one) + "\n" for one in answers)


def _read(line: str) -> dict[str, Any] | None:
    """An answer's line; None for one that was cut off as it was written."""
    try:
        one = json.loads(line)
    except ValueError:
        return None
    return one if isinstance(one, dict) else None


def state(data_dir: Path, model: str) -> str:
    """What answers depend on: code and weights, what the live index holds, policy with due reviews, glossary, model."""
    loaded, versions = settings.load_settings(), Versions(data_dir)
    policy, glossary = load_policy(loaded.policy), load_glossary(loaded.glossary)
    with closing(open_content(versions)) as content:
        subject = subject_of(content, versions.live() or "", MiniLM(), policy, glossary, datetime.now(UTC).date())
    return f"{subject.state}/{model}"


def asked(
    cases: Sequence[Case], ask: Callable[[Sequence[Case]], list[dict[str, Any]]], at_once: int, kept: Kept
) -> list[dict[str, Any]]:
    """The printed answer of each case, in order. Those that are kept already are not asked again."""
    missing = [case for case in cases if case.id not in kept.answers]
    parts = [missing[n : n + TOGETHER] for n in range(0, len(missing), TOGETHER)]
    with ThreadPoolExecutor(at_once) as pool:
        for done in as_completed([pool.submit(ask, part) for part in parts]):
            kept.add(done.result())
    return [kept.answers[case.id] for case in cases]


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
