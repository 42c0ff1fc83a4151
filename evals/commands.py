"""The commands `caveat eval …` that measure one thing on a folder of documents and questions."""

import json
import sys
from pathlib import Path

import click

from failures import errors


@click.group("eval")
def evaluate() -> None:
    """Ask the evaluation cases, compare runs, and measure search and answerability on sets of documents."""


@evaluate.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--ablate", is_flag=True, help="Also measure what each part of the search adds.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as one JSON object.")
def retrieval(folder: Path, ablate: bool, as_json: bool) -> None:
    """Measure search on FOLDER, with corpus.jsonl and queries.jsonl, next to three references.

    The documents are indexed as material is, in a temporary folder. Vectors are kept in the data directory, so that
    a second run on the same documents is quick.
    """
    import settings

    settings.go_offline()
    with errors():
        import tempfile

        from corpus.glossary import load_glossary
        from evals.retrieval import as_text, evaluate_set
        from evals.retrieval_sets import load_set
        from evals.vector_cache import CachedEmbedder
        from index.embedding import MiniLM

        loaded = settings.load_settings()
        embedder = CachedEmbedder(MiniLM(), loaded.data_dir / "evaluation" / "vectors")
        with tempfile.TemporaryDirectory(prefix="caveat-retrieval-") as temporary:
            report = evaluate_set(
                load_set(folder), Path(temporary), embedder, load_glossary(loaded.glossary), ablate, _progress
            )
    click.echo(json.dumps(report.to_json(), ensure_ascii=False) if as_json else "\n".join(as_text(report)))


@evaluate.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--unanswerable",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Questions that the documents do not answer, as {id, text} lines.",
)
@click.option("--ablate", is_flag=True, help="Also show the measures with each signal silent.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a set.")
def answerability(folder: Path, unanswerable: Path | None, ablate: bool, as_json: bool) -> None:
    """Measure whether it is known which questions the documents of FOLDER answer.

    FOLDER holds corpus.jsonl and queries.jsonl, or NAME_corpus.jsonl and NAME_queries.jsonl; questions say whether
    they are "answerable", or the unanswerable ones are in a file of their own. Vectors are kept in the data
    directory, so that a second run on the same documents is quick.
    """
    import settings

    settings.go_offline()
    with errors():
        import tempfile

        from corpus.glossary import load_glossary
        from evals.answerability import ablated, ask, index_of, lines, measured, values_of
        from evals.answerability_sets import sets_in
        from evals.vector_cache import CachedEmbedder
        from index.embedding import MiniLM

        loaded = settings.load_settings()
        embedder = CachedEmbedder(MiniLM(), loaded.data_dir / "evaluation" / "vectors")
        for data in sets_in(folder, unanswerable):
            with tempfile.TemporaryDirectory(prefix="caveat-answerability-") as temporary:
                index = index_of(data.documents, Path(temporary), embedder, load_glossary(loaded.glossary))
                asked = list(ask(data.questions, index, _progress))
                result = measured(data, index, asked)
                index.close()
            table = ablated(asked) if ablate else {}
            shown = json.dumps(values_of(result, table)) if as_json else "\n".join(lines(result, table))
            click.echo(shown)


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r{done} of {total}", nl=done >= total, err=True)
