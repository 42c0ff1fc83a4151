"""What every command does at the door: joins the rooms, reads lines, prints JSON."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

import settings
from failures import WRONG_USE, Failure
from progress import ProgressLine

if TYPE_CHECKING:
    from assembly import Assembly
    from index.embedding_process import EmbeddingProcess


def joined() -> "Assembly":
    """The rooms joined under the settings of this moment; nothing heavy is loaded yet."""
    settings.go_offline()
    try:
        loaded = settings.load_settings()
    except settings.SettingsError as error:
        raise Failure(str(error), WRONG_USE) from error
    from assembly import Assembly

    assembly = Assembly(loaded)
    assembly.guard(ProgressLine("cases asked"))
    return assembly


@contextmanager
def embedding_apart() -> Iterator["EmbeddingProcess"]:
    """The embedding model in a process of its own, which starts when more than a few texts are to be embedded."""
    settings.go_offline()
    from index.embedding_process import EmbeddingProcess

    embedder = EmbeddingProcess()
    try:
        yield embedder
    finally:
        embedder.close()


def print_json(values: Any) -> None:
    """One line of JSON on standard output."""
    click.echo(json.dumps(values, ensure_ascii=False))


def given_lines() -> Iterator[dict[str, Any]]:
    """The JSON objects on standard input; a line that is none comes as {"error": …}."""
    for number, line in enumerate(sys.stdin, start=1):
        if not line.strip():
            continue
        try:
            values = json.loads(line)
        except json.JSONDecodeError as error:
            yield {"id": str(number), "error": f"line {number} is not JSON ({error.msg}); write one object a line"}
            continue
        yield values if isinstance(values, dict) else {"id": str(number), "error": f"line {number} is no JSON object"}
