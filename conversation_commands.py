"""The commands `caveat conversations`: stored conversations, for whoever runs the machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from door import joined, print_json
from failures import WRONG_USE, Failure, errors

if TYPE_CHECKING:
    from assistant.history import Conversations


@click.group()
def conversations() -> None:
    """List, read, rename, export and delete stored conversations."""


@contextmanager
def _kept() -> "Iterator[Conversations]":
    assembly = joined()
    with errors():
        from assistant import history

        with history.conversations(assembly.storage) as kept:
            yield kept


def _none(conversation: str) -> Failure:
    return Failure(
        f"conversations: there is no conversation {conversation!r}; see 'caveat conversations list'", WRONG_USE
    )


@conversations.command("list")
@click.option("--search", "words", default="", help="Only those that hold all of these words.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
def list_(words: str, as_json: bool) -> None:
    """List the conversations, those added to last first."""
    with _kept() as kept:
        found = kept.all(words=words)
    for one in found:
        if as_json:
            print_json(asdict(one) | {"last": one.last.isoformat(timespec="seconds")})
        else:
            click.echo(f"{one.id}  {one.last:%Y-%m-%d %H:%M}  {one.turns} turns  {one.title}")
    if not found and not as_json:
        click.echo("no conversations")


@conversations.command()
@click.argument("conversation")
@click.argument("title")
def rename(conversation: str, title: str) -> None:
    """Give CONVERSATION another TITLE."""
    with _kept() as kept:
        try:
            kept.rename(conversation, title)
        except KeyError:
            raise _none(conversation) from None


@conversations.command()
@click.argument("conversation")
@click.option(
    "--format", "form", type=click.Choice(["md", "html"]), default="md", show_default=True,
    help="Markdown, or one page to print.",
)  # fmt: skip
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write this file instead of printing.")
def export(conversation: str, form: str, out: Path | None) -> None:
    """Write CONVERSATION with citations, caveats and versions, as Markdown or as a page to print."""
    with _kept() as kept:
        from assistant.export import to_html, to_markdown

        turns = kept.turns(conversation)
        if not turns:
            raise _none(conversation)
        title = next(one.title for one in kept.all() if one.id == conversation)
        text = (to_html if form == "html" else to_markdown)(title, turns)
        out.write_text(text, encoding="utf-8") if out else click.echo(text, nl=False)


@conversations.command()
@click.argument("conversation")
@click.option("--yes", is_flag=True, help="Do not ask.")
def delete(conversation: str, yes: bool) -> None:
    """Delete CONVERSATION for good."""
    with _kept() as kept:
        if not kept.turns(conversation) and not kept.unfinished(conversation):
            raise _none(conversation)
        if not yes:
            click.confirm(f"Delete {conversation} for good?", abort=True)
        kept.delete(conversation)
