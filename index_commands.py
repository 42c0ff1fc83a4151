"""The commands `caveat index …`: the life of an index from a terminal."""

import getpass
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from door import embedding_apart, joined, print_json
from failures import NO, WRONG_USE, Failure, errors
from progress import ProgressLine

if TYPE_CHECKING:
    from assembly import Assembly
    from index.diff import Difference
    from index.types import BuildReport, Signature

as_json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


def _signed(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every command that makes a version live."""
    for option in (
        click.option("--reason", metavar="TEXT", help="Why; needed with --force."),
        click.option("--force", is_flag=True, help="Make it live even if the check before that says no."),
        click.option("--by", metavar="NAME", help="Who signs; the user of this machine unless given."),
    ):
        command = option(command)
    return command


def signature_of(by: str | None, force: bool, reason: str | None) -> "Signature":
    """Who makes a version live, and why where its check says no."""
    if force and not (reason or "").strip():
        raise Failure("--force needs a reason; say why with --reason", WRONG_USE)
    from index.release import signed

    return signed(by or _user(), force, reason or "")


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a user without a name, as in some containers
        return "unknown"


def sources_option(verb: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The option that names other sources than the configured ones; `verb` says what the command does with them."""
    return click.option(
        "--source",
        "sources",
        multiple=True,
        type=click.Path(path_type=Path),
        help=f"{verb} this folder or file instead of the configured ones; may be repeated.",
    )


@click.group()
def index() -> None:
    """Build the index and look after its versions."""


@index.command()
@sources_option("Read")
@click.option("--stage-only", is_flag=True, help="Leave the live version live; promote the new one later.")
@_signed
@as_json_option
def build(
    sources: tuple[Path, ...], stage_only: bool, by: str | None, force: bool, reason: str | None, as_json: bool
) -> None:
    """Read the material, embed what changed, and make the new version live."""
    signature = signature_of(by, force, reason)
    with embedding_apart() as embedder:
        assembly = joined()
        assembly.embedder = embedder
        with errors():
            report = assembly.build(sources, ProgressLine("embedded"), signature, not stage_only)
    print_json(asdict(report)) if as_json else click.echo("\n".join(_reported(report, stage_only)))
    if not report.promoted and not stage_only:
        raise click.exceptions.Exit(NO)


def _reported(report: "BuildReport", stage_only: bool) -> list[str]:
    counts = f"{report.documents} documents, {report.passages} passages, {report.embedded} texts embedded"
    lines = [f"version {report.version}: {counts}"]
    lines += [f"note: {report.reason}"] if report.reason else []
    for name in ("added", "updated", "removed", "unchanged"):
        if documents := getattr(report, name):
            lines.append(f"{name}: {', '.join(documents)}")
    lines += [f"skipped: {skipped.where}: {skipped.reason}" for skipped in report.skipped]
    lines += report.verdict
    if not report.promoted:
        why = "staged as asked" if stage_only else "not made live, as the check says no"
        lines.append(f"{why}: 'caveat index promote {report.version}' makes it live")
    return lines


@index.command()
@sources_option("Read")
@click.option("--all", "ask_all", is_flag=True, help="Ask all cases, not only those that the gate chooses.")
@as_json_option
def preview(sources: tuple[Path, ...], ask_all: bool, as_json: bool) -> None:
    """Show which answers would change with the sources as they are now. The live version stays live."""
    assembly = joined()
    with errors():
        from evals.gate_report import in_full, summary

        report, found = assembly.preview(
            sources, ProgressLine("embedded"), ProgressLine("cases asked"), ask_all=ask_all
        )
    if as_json:
        print_json({"version": report.version, "build": asdict(report), "gate": found.to_json()})
        return
    click.echo("\n".join([f"version {report.version}, not live: {summary(found)}", *in_full(found)]))
    click.echo(f"'caveat index promote {report.version}' makes it live as it was shown here")


@index.command()
@as_json_option
def status(as_json: bool) -> None:
    """Say which version is live, what it was built from, and what has changed since."""
    assembly = joined()
    with errors():
        live = _live(assembly)
        manifest = assembly.versions.check(live)
        promotion = assembly.versions.promotions()[-1]
        outdated = assembly.outdated(manifest)
    if as_json:
        print_json(asdict(manifest) | {"promotion": asdict(promotion), "outdated": outdated})
        return
    click.echo(f"version {manifest.version}, built {manifest.built_at} from {', '.join(manifest.sources)}")
    counts = f"{manifest.documents} documents, {manifest.passages} passages, {manifest.sentences} sentences"
    click.echo(f"{counts}; {manifest.embedder}")
    click.echo(f"live since {promotion.at} ({promotion.how} by {promotion.by or 'unknown'})")
    for line in outdated:
        click.echo(f"outdated: {line}; run 'caveat index build'")


def _live(assembly: "Assembly") -> str:
    from index.types import IndexUnusable
    from index.versions import REBUILD

    live = assembly.versions.live()
    if live is None:
        raise IndexUnusable(str(assembly.settings.data_dir), "there is no index yet", REBUILD)
    return live


@index.command()
@as_json_option
def versions(as_json: bool) -> None:
    """List the versions on the disk, the newest last, and who made them live."""
    assembly = joined()
    with errors():
        listed = assembly.listed_versions()
    if as_json:
        print_json(listed)
        return
    for one in listed:
        mark = "live" if one["live"] else "    "
        size = f"{one['bytes'] / 1e6:,.1f} MB"
        counts = one["error"] or f"{one['documents']} documents, {one['passages']} passages"
        went = "; ".join(f"{p['how']} by {p['by'] or 'unknown'} {p['at']}" for p in one["promotions"])
        click.echo(f"{mark}  {one['version']}  {counts}, {size}{f'  ({went})' if went else '  (never live)'}")


@index.command()
@click.argument("before", required=False)
@click.argument("after", required=False)
@as_json_option
def diff(before: str | None, after: str | None, as_json: bool) -> None:
    """Show what changed from version BEFORE to AFTER; without them, what the last promotion changed."""
    assembly = joined()
    with errors():
        from index.diff import difference
        from index.release import known

        first = known(assembly.versions, before) if before else assembly.versions.before_live()
        second = known(assembly.versions, after) if after else _live(assembly)
        found = difference(assembly.versions, first, second)
    print_json(found.to_json()) if as_json else click.echo("\n".join(_compared(found)))


def _compared(found: "Difference") -> list[str]:
    counts = ", ".join(f"{found.count(kind)} {kind}" for kind in ("added", "changed", "removed"))
    lines = [f"{found.before} -> {found.after}: documents {counts}, {found.unchanged} unchanged"]
    for document in found.documents:
        lines += ["", f"{document.kind}: {document.id} ({document.title})"]
        if not document.sections:
            lines.append("  nothing that is quoted; front matter or layout")
        for section in document.sections:
            lines.append(f"  {section.kind}: {' › '.join(section.section) or document.title}")
            lines += [f"  - {' '.join(words.split())}" for words in section.removed]
            lines += [f"  + {' '.join(words.split())}" for words in section.added]
    return lines


@index.command()
@click.argument("version")
@_signed
@as_json_option
def promote(version: str, by: str | None, force: bool, reason: str | None, as_json: bool) -> None:
    """Make VERSION live."""
    _go_live("promote", version, signature_of(by, force, reason), as_json)


@index.command()
@_signed
@as_json_option
def rollback(by: str | None, force: bool, reason: str | None, as_json: bool) -> None:
    """Make the version live again that was live before; again goes further back."""
    _go_live("rollback", None, signature_of(by, force, reason), as_json)


def _go_live(how: str, version: str | None, signature: "Signature", as_json: bool) -> None:
    assembly = joined()
    with errors():
        name, promoted, verdict = assembly.promote(how, version, signature)
    if as_json:
        print_json({"version": name, "promoted": promoted, "verdict": verdict})
    else:
        click.echo("\n".join([*verdict, f"version {name} is live" if promoted else "not made live: the check says no"]))
    if not promoted:
        raise click.exceptions.Exit(NO)


@index.command()
@click.argument("version", required=False)
@as_json_option
def verify(version: str | None, as_json: bool) -> None:
    """Check that VERSION, the live one unless given, is whole: files, counts, and a search for each document."""
    assembly = joined()
    with errors():
        from index.release import known, verify_whole

        name = known(assembly.versions, version) if version else _live(assembly)
        manifest = verify_whole(assembly.versions, name, assembly.embedder, assembly.glossary)
    if as_json:
        print_json({"version": name, "documents": manifest.documents, "passages": manifest.passages, "whole": True})
    else:
        click.echo(f"version {name} is whole: {manifest.documents} documents, {manifest.passages} passages, all found")


@index.command()
@click.option("--keep", default=3, show_default=True, type=click.IntRange(min=1), help="How many versions stay.")
@click.option("--conversations", is_flag=True, help="Also take words that are withdrawn out of these and stored runs.")
@as_json_option
def prune(keep: int, conversations: bool, as_json: bool) -> None:
    """Delete all but the newest versions and what broken builds left; the live one always stays."""
    assembly = joined()
    with errors():
        from index.prune import prune as give_back

        pruned = give_back(assembly.versions, keep)
        withdrawn, of_runs = assembly.withdraw() if conversations else (0, 0)
    if as_json:
        print_json(asdict(pruned) | {"withdrawn_answers": withdrawn, "withdrawn_run_answers": of_runs})
        return
    click.echo(f"deleted {len(pruned.removed)}, kept {len(pruned.kept)}, {pruned.bytes / 1e6:,.1f} MB given back")
    if conversations:
        held = f"{withdrawn} stored answers of conversations and {of_runs} of evaluation runs"
        click.echo(f"{held} quoted words that are withdrawn; a notice stands in their place")
    for name in pruned.in_use:
        click.echo(f"kept {name} for a process that reads it; prune again when that has ended or asked a question")


@index.command()
@click.argument("document_id", required=False)
def text(document_id: str | None) -> None:
    """Print the text of DOCUMENT_ID byte for byte; without it, list the documents."""
    assembly = joined()
    with errors():
        from index.content import open_content

        content = open_content(assembly.versions)
        if document_id is None:
            for identity, title in content.titles().items():
                click.echo(f"{identity}\t{title}")
            return
        words = content.text_of(document_id)
        if words is None:
            raise Failure(f"index text: no document {document_id!r}; 'caveat index text' lists them", WRONG_USE)
        sys.stdout.buffer.write(words.encode())
