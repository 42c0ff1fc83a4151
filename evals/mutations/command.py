"""The mutation test: `python -m evals.mutations [--kinds a,b] [--places N] [--sample N] [--json]`.

Every fault is planted in a copy: of the material or the policy, which are built and held against the live version by
the gate; among the assistant's parts, before its own last check; or in what it shows, behind that check. The suite is
asked a fixed sample of the tuning set and of the red team's attacks, and has to notice the fault and name the part of
the whole that it is in; of harmless changes it has to say nothing.
"""

import json
import logging
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import click

import settings
from evals.case_files import CaseError
from evals.mutations.report import HEAD, row, scores, to_json
from evals.mutations.sample import OF_EACH
from evals.mutations.types import Mutation, NothingToPlant, Seen

NO, WRONG_USE, BROKEN = 1, 2, 3
DAY = date(2026, 11, 23)  # on which the test is set: the shipped statuses' review is due, and stays so


@contextmanager
def _silent() -> Iterator[None]:
    """Keeps the log from saying that answers are withheld, which is what is wanted here."""
    log = logging.getLogger("caveat")
    before = log.level
    log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        log.setLevel(before)


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--kinds", help="Only these kinds, as a,b; without it all.")
@click.option(
    "--places",
    default=1,
    show_default=True,
    type=click.IntRange(1, 50),
    help="Places of the material for each of its faults.",
)
@click.option(
    "--sample", default=OF_EACH, show_default=True, type=click.IntRange(3, 1000),
    help="Cases of each sort that are asked.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def main(kinds: str | None, places: int, sample: int, as_json: bool) -> None:
    """Plant faults, one at a time, and say which the evaluation suite notices, and where it looks for them.

    Exit code 1 where a fault goes unnoticed or is looked for in the wrong place, or a harmless change raises an alarm.
    """
    settings.go_offline()
    from evals.mutations.kinds import chosen

    try:
        mutations = chosen(kinds.split(",") if kinds else ())
    except ValueError as error:
        click.echo(f"mutations: {error}", err=True)
        raise click.exceptions.Exit(WRONG_USE) from error
    try:
        with _silent():
            seen = list(_shown(_tried(mutations, places, sample), as_json))
    except (NothingToPlant, CaseError) as error:
        click.echo(f"mutations: {error}", err=True)
        raise click.exceptions.Exit(BROKEN) from error
    click.echo(json.dumps(to_json(seen), ensure_ascii=False) if as_json else "\n".join(["", *scores(seen)]))
    if not all(one.is_right for one in seen):
        raise click.exceptions.Exit(NO)


def _shown(seen: Iterator[Seen], as_json: bool) -> Iterator[Seen]:
    """Prints each row of the table as soon as it is known: the whole takes minutes."""
    if not as_json:
        click.echo(HEAD)
    for one in seen:
        if not as_json:
            click.echo(row(one))
        yield one


def _tried(mutations: Sequence[Mutation], places: int, sample: int) -> Iterator[Seen]:
    from evals.asking import Remembering
    from evals.mutations.bench import Bench
    from evals.mutations.sample import shipped_attacks, shipped_cases
    from evals.mutations.types import MaterialChange
    from evals.mutations.whole import Whole
    from index.embedding import MiniLM

    loaded = settings.load_settings()
    with tempfile.TemporaryDirectory(prefix="caveat-mutations-") as folder:
        embedder = Remembering(MiniLM())
        whole = Whole(Path(folder), loaded.sources, loaded.policy, loaded.glossary, loaded.today or DAY, embedder)
        bench = Bench(whole, shipped_cases(sample), shipped_attacks())
        for number, mutation in enumerate(mutations, start=1):
            for seed in range(1, 1 + (places if isinstance(mutation, MaterialChange) else 1)):
                _told(f"{number} of {len(mutations)}: {mutation.kind}")
                yield bench.seen(mutation, seed)


def _told(words: str) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r{words:<60}", nl=False, err=True)
