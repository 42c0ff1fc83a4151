"""The command `caveat check`: a draft held against the material, sentence by sentence."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from door import joined, print_json
from failures import NO, WRONG_USE, Failure, errors
from progress import ProgressLine

if TYPE_CHECKING:
    from assistant.types import CheckedDraft
    from corpus.types import Document

STANDARD_INPUT = "-"


@click.command()
@click.argument("file", type=click.Path(allow_dash=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def check(file: Path, as_json: bool) -> None:
    """Check the draft FILE (a consent text, a slide, a post; - is standard input) against the material.

    Each sentence comes back supported, with its citation; not in the material; contradicted; stronger than the source;
    lacking its caveat; or not allowed at all. Exit code 1 where one is not supported or a caveat is missing.
    """
    assembly = joined()
    with errors():
        draft = _read(file)
        checked = assembly.assistant.check(draft, ProgressLine("sentences checked"))
    print_json({"file": str(file), **checked.to_json()}) if as_json else click.echo(_readable(checked))
    if not checked.holds:
        raise click.exceptions.Exit(NO)


def _read(file: Path) -> "Document":
    from corpus.encoding import decoded
    from corpus.readers import read_sources, read_text

    if str(file) == STANDARD_INPUT:
        document = read_text(decoded(sys.stdin.buffer.read()), "draft")
        if not document.blocks:
            raise Failure("check: the draft holds no sentence; give text", WRONG_USE)
        return document
    if not file.is_file():
        raise Failure(f"check: {file}: no such file; name a text, Markdown, HTML, PDF, Word or slide file", WRONG_USE)
    documents, skipped = read_sources([file])
    if not documents:
        raise Failure(f"check: {file}: {'; '.join(one.reason for one in skipped)}", WRONG_USE)
    return documents[0]


def _readable(checked: "CheckedDraft") -> str:
    from assistant.draft_words import IN_WORDS, counted

    lines, citations = list[str](), {citation.number: citation for citation in checked.citations}
    for sentence in checked.sentences:
        if sentence.finding == "no_claim":
            continue
        lines += ["", f"{IN_WORDS[sentence.finding]}: “{sentence.text}”"]
        lines += [f"    {reason}" for reason in sentence.reasons]
        if sentence.citation:
            cited = citations[sentence.citation]
            place = " › ".join(dict.fromkeys([cited.title, *cited.section]))
            kind = f", {sentence.evidence}" if sentence.evidence != "general" else ""
            lines.append(f"    material: “{' '.join(cited.quote.split())}” ({place}{kind})")
    lines += ["", *(f"to be stated: {caveat.text}" for caveat in checked.caveats), counted(checked)]
    return "\n".join(lines).strip()
