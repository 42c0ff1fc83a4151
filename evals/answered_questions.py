"""Makes a retrieval set of questions with a text that answers each: `python -m evals.answered_questions …`.

The texts and questions have the layout of SQuAD 2.0 as JSON Lines: {id,title,text}, and {id,text,context,answerable};
a question that its text does not answer is left out.
"""

import json
from pathlib import Path

import click

from corpus.types import MaterialError
from evals.retrieval_sets import RetrievalSet, Topic, read_sources_of, save_set


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("texts", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("questions", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def main(texts: Path, questions: Path, folder: Path) -> None:
    """Make a retrieval set in FOLDER of the TEXTS and the QUESTIONS that they answer."""
    rows = [json.loads(line) for line in questions.read_text(encoding="utf-8").splitlines()]
    topics = tuple(Topic(str(row["id"]), row["text"], (row["context"],)) for row in rows if row["answerable"])
    try:
        save_set(RetrievalSet(folder.name, tuple(read_sources_of(texts)), topics), folder)
    except MaterialError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{folder}: {len(topics)} questions")


if __name__ == "__main__":
    main()
