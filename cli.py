"""The command `caveat`: the same rooms from a terminal. Heavy libraries are imported by the command that needs them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

import eval_commands
import report_commands
import settings
from bench_command import bench
from check_command import check
from conversation_commands import conversations
from door import given_lines, joined, print_json
from evals.commands import evaluate
from failures import BROKEN, NO, WRONG_USE, Failure, errors
from index_commands import index
from model_command import model
from watch_command import watch


@contextmanager
def _usage() -> Iterator[None]:
    """Turns click's several lines about wrong use into one."""
    try:
        yield
    except click.exceptions.NoArgsIsHelpError:
        raise
    except click.UsageError as error:
        command = error.ctx.command_path.partition(" ")[2] if error.ctx else ""
        where = f"caveat {command}".strip()
        what = " ".join(error.format_message().split()).rstrip(".")
        raise Failure(f"{what}; see '{where} --help'", WRONG_USE) from error


class Commands(click.Group):
    """The commands; wrong use of any of them is one line."""

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        with _usage():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        with _usage():
            return super().invoke(ctx)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Caveat: ask clinical training material, get cited answers with the caveat that the subject demands."""


eval_commands.add_to(evaluate)
report_commands.add_to(evaluate)
main.add_command(bench)
main.add_command(check)
main.add_command(conversations)
main.add_command(evaluate)
main.add_command(index)
main.add_command(model)
index.add_command(watch)


@main.command()
@click.argument("question", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the whole answer as one JSON object.")
@click.option(
    "--batch", is_flag=True, help='Read {"id", "turns"} lines from standard input, print one JSON object a line.'
)
@click.option("--conversation", metavar="ID", help="Continue the stored conversation ID, or begin it.")
def ask(question: str | None, as_json: bool, batch: bool, conversation: str | None) -> None:
    """Answer QUESTION from the material."""
    if batch == (question is not None):
        raise Failure("ask: give either a question or --batch", WRONG_USE)
    assembly = joined()
    with errors():
        from assistant.history import ask_in

        if batch:
            from assistant.batch import answer_lines

            assembly.index()  # without one no line can be answered
            for values in answer_lines(assembly.assistant, given_lines()):
                print_json(values)
            return
        answer = ask_in(assembly.assistant, assembly.storage, conversation, question or "")
        print_json(answer.to_json()) if as_json else click.echo(_readable(answer))


def _readable(answer: Any) -> str:
    sources = [
        f"[{c.number}] {c.title} › {' › '.join(c.section[1:] or c.section)}: “{' '.join(c.quote.split())}”"
        for c in answer.citations
    ]
    written = answer.written
    took_over = (
        [f"The chat model {written.model} was asked; {written.fell_back}."] if written and written.fell_back else []
    )
    return "\n".join([answer.text, *([""] if sources else []), *sources, *took_over])


@main.command()
@click.argument("query", required=False)
@click.option("-k", default=10, show_default=True, type=click.IntRange(1, 1000), help="How many passages.")
@click.option("--json", "as_json", is_flag=True, help="Print the ranking as JSON.")
@click.option("--batch", is_flag=True, help='Read {"id", "text"} lines from standard input, print one ranking a line.')
def search(query: str | None, k: int, as_json: bool, batch: bool) -> None:
    """Rank passages for QUERY."""
    if batch == (query is not None):
        raise Failure("search: give either a query or --batch", WRONG_USE)
    assembly = joined()
    with errors():
        index = assembly.index()
        if batch:
            for line in given_lines():
                text = str(line.get("text", ""))
                error = line.get("error") or (None if text.strip() else "the line has no text")
                found = [] if error else index.search(index.query(text), k)
                print_json(
                    {"id": line.get("id"), "ranking": [_ranked(hit) for hit in found]}
                    | ({"error": error} if error else {})
                )
            return
        if not (query or "").strip():
            raise Failure("search: the query is empty; give words to look for", WRONG_USE)
        hits = index.search(index.query(query or ""), k)
        if as_json:
            print_json({"id": None, "ranking": [_ranked(hit) for hit in hits]})
        else:
            for hit in hits:
                click.echo(
                    f"{hit.score:.3f}  {hit.passage.document_id}  {' › '.join(hit.passage.section)}\n"
                    f"       {' '.join(hit.passage.text.split())}"
                )


def _ranked(hit: Any) -> dict[str, Any]:
    return {"document_id": hit.passage.document_id, "passage_id": hit.passage.id, "score": round(hit.score, 6)}


@main.command()
@click.option(
    "--batch", is_flag=True, required=True, help='Read {"id", "claim", "passage"} lines, print one verdict a line.'
)
def verify(batch: bool) -> None:
    """Verify claims against the passages that they cite."""
    assembly = joined()
    with errors():
        from assistant.grounding import Grounding

        grounding = Grounding(assembly.embedder)
        for line in given_lines():
            if line.get("error"):
                print_json(
                    {
                        "id": line["id"],
                        "verdict": "unsupported",
                        "score": 0.0,
                        "reasons": [line["error"]],
                        "error": line["error"],
                    }
                )
                continue
            verdict = grounding.verify(str(line.get("claim", "")), str(line.get("passage", "")))
            print_json(
                {
                    "id": line.get("id"),
                    "verdict": verdict.verdict,
                    "score": verdict.score,
                    "reasons": list(verdict.reasons),
                }
            )


@main.command()
@click.option(
    "--batch", is_flag=True, required=True, help='Read {"id", "history", "question"} lines, print one rewrite a line.'
)
def rewrite(batch: bool) -> None:
    """Rewrite follow-up questions so that they stand alone."""
    assembly = joined()
    with errors():
        from assistant.rewrite import rewrite_line

        for line in given_lines():
            print_json(
                {"id": line.get("id"), "rewrite": rewrite_line(line, assembly.glossary)}
                | ({"error": line["error"]} if "error" in line else {})
            )


@main.command()
def lint() -> None:
    """Check the material, the policy and the glossary as an author would want."""
    assembly = joined()
    with errors():
        from assistant import contradictions
        from corpus.lint import lint as check

        read = assembly.settings
        findings = check(read.sources, read.policy, read.glossary, assembly.clock(), contradictions.findings)
    for finding in findings:
        click.echo(str(finding))
    if any(finding.is_error for finding in findings):
        raise click.exceptions.Exit(NO)
    click.echo(f"{sum(not f.is_error for f in findings)} warnings, no errors" if findings else "nothing to mend")


@main.command()
def doctor() -> None:
    """Say what is installed, which model and which index are in use, and how to mend what is wrong."""
    assembly = joined()
    from doctor import examine

    found = examine(assembly)
    for line in found.lines:
        click.echo(line)
    if found.broken:
        raise click.exceptions.Exit(BROKEN)


@main.command()
@click.option("--port", default=8501, show_default=True, type=click.IntRange(1, 65535))
@click.option("--address", default="127.0.0.1", show_default=True, help="The interface to listen on.")
@click.option("--headless", is_flag=True, help="Do not open a browser.")
def serve(port: int, address: str, headless: bool) -> None:
    """Open the page; the index is built first if there is none."""
    settings.go_offline()
    from streamlit.web import bootstrap

    options = {
        "server.port": port, "server.address": address, "server.headless": headless,
        "browser.gatherUsageStats": False, "server.fileWatcherType": "none",
        "client.toolbarMode": "minimal", "client.showErrorDetails": "none", "theme.primaryColor": "#0f766e",
        "logger.hideWelcomeMessage": True,  # and the offer, on the page too, to install Streamlit's skills for agents
        "runner.postScriptGC": False,  # a full collection after each run starves the models that load meanwhile
    }  # fmt: skip
    click.echo(f"The chat page: http://{address}:{port} (Ctrl-C ends it)")
    bootstrap.load_config_options(flag_options=options)
    bootstrap.run(str(settings.PROJECT / "app.py"), False, [], options)


if __name__ == "__main__":
    main()
