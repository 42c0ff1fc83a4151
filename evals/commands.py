"""The commands `caveat eval …`: each measures one thing on a folder of cases."""

import json
import sys
from pathlib import Path

import click

from failures import errors


@click.group("eval")
def evaluate() -> None:
    """Measure search and answers on folders of cases."""


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


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\rembedded {done} of {total}", nl=done >= total, err=True)
