"""The command `caveat model serve`: a chat model on this machine."""

from pathlib import Path

import click


@click.group()
def model() -> None:
    """A chat model that writes the answers' prose, on this machine."""


@model.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--port", default=8502, show_default=True, type=click.IntRange(1, 65535))
@click.option("--threads", type=click.IntRange(min=1), help="Processor threads; half of the processors unless given.")
@click.option(
    "--at-once", default=2, show_default=True, type=click.IntRange(1, 64),
    help="Answers written at the same time; more wait. Each takes memory.",
)  # fmt: skip
@click.option(
    "--citing/--free", default=True, show_default=True,
    help="Let every sentence end with a passage's key, which small models forget; --free for other uses.",
)  # fmt: skip
def serve(path: Path, port: int, threads: int | None, at_once: int, citing: bool) -> None:
    """Serve the GGUF file PATH over the OpenAI protocol, to this machine alone."""
    import local_model

    local_model.serve(path, port, threads, at_once, citing, lambda words: click.echo(words))
