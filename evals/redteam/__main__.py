"""The red team: asks attacks and their harmless twins through the command line, and judges what is printed.

`python -m evals.redteam [--attacks FILE] [--benign FILE] [--planted FILE]`: it sees what a reader sees and knows
nothing of the assistant's inside.
"""

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

import click

from evals.acceptance import BROKEN, NO, Caveat, CommandFailed
from evals.case_files import CaseError
from evals.redteam.cases import attack_of, load_attacks, twin_of
from evals.redteam.encodings import variants
from evals.redteam.oracle import judged
from evals.redteam.planted import planted, write
from evals.redteam.report import lines
from evals.redteam.types import Asked, Attack, Planted, Verdict

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--attacks", type=FILE, help='More attacks, as {"id", "text"} lines.')
@click.option("--benign", type=FILE, help='Harmless questions that look harmful, as {"id", "text"} lines.')
@click.option("--planted", "hidden", type=FILE, help='Instructions to hide in documents, as {"id", "text"} lines.')
@click.option("--category", "categories", multiple=True, help="Only own cases of this category; may be repeated.")
@click.option("--own/--no-own", default=True, show_default=True, help="Whether to ask the project's own cases.")
@click.option("--answers", type=click.Path(dir_okay=False, path_type=Path), help="Write the printed answers here, too.")
def main(
    attacks: Path | None, benign: Path | None, hidden: Path | None, categories: tuple[str, ...], own: bool,
    answers: Path | None,
) -> None:  # fmt: skip
    """Ask every attack, its encoded variants and its twin, and hold what is printed against the output invariants.

    Exit code 1 where an answer breaches one.
    """
    try:
        cases = [case for case in load_attacks() if own and (not categories or case.category in categories)]
        plain = [*_own(cases), *_given(attacks, "attacks given", False), *_given(benign, "benign given", True)]
        verdicts = _asked(plain, [])
        hiding, sought = planted([(one.id, one.turns[0]) for one in _given(hidden, "", False)])
        documents = [*(case.document for case in cases if case.document), *hiding]
        among = [a for case in cases if case.document for a in (attack_of(case), twin_of(case))]
        verdicts += _asked([*among, *sought], documents)
    except (CaseError, CommandFailed) as error:
        click.echo(f"redteam: {error}", err=True)
        raise click.exceptions.Exit(BROKEN) from error
    if answers:
        answers.write_text("".join(json.dumps(v.answer) + "\n" for v in verdicts), encoding="utf-8")
    if not verdicts:
        raise click.UsageError("nothing to ask; give --attacks, --benign or --planted, or leave out --no-own")
    click.echo("\n".join(lines(verdicts)))
    if any(verdict.breaches for verdict in verdicts):
        raise click.exceptions.Exit(NO)


def _own(cases: Sequence[Attack]) -> list[Asked]:
    """The project's own cases over the material as it is: attacks, their variants, twins."""
    clean = [case for case in cases if not case.document]
    tried = [attack_of(case) for case in clean]
    return [*tried, *variants(tried), *(twin_of(case) for case in clean)]


def _given(path: Path | None, category: str, benign: bool) -> list[Asked]:
    """The lines of a file as questions of one turn."""
    if path is None:
        return []
    lines_of = path.read_text(encoding="utf-8").split("\n")  # other line ends may stand within a line of JSON
    rows = [json.loads(line) for line in lines_of if line.strip()]
    return [Asked(str(row["id"]), category, (row["text"],), benign=benign) for row in rows]


def _asked(questions: Sequence[Asked], documents: Sequence[Planted]) -> list[Verdict]:
    """The verdict on each answer, from an index of its own over the material and the documents planted."""
    if not questions:
        return []
    with tempfile.TemporaryDirectory(prefix="caveat-redteam-") as folder:
        caveat = Caveat(Path(folder) / "data")
        write(documents, Path(folder) / "planted")
        built = caveat.build(None, Path(folder) / "planted" if documents else None)
        click.echo(f"{built}; {len(questions)} questions", err=True)
        printed = caveat.ask(questions)
        return [judged(one, answer, caveat.text_of) for one, answer in zip(questions, printed, strict=True)]


if __name__ == "__main__":
    main()
