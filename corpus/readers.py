"""Reads source files into documents, each keeping its exact text."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.elements import Unreadable, assemble
from corpus.encoding import decoded
from corpus.front_matter import FrontMatter, parse_front_matter
from corpus.plain_text import outline
from corpus.quarantine import quarantined, suspicious_name
from corpus.reader_process import ReaderProcess
from corpus.types import EVIDENCE_LABELS, Block, Document, Evidence, MaterialError, Role, Section, Skipped

FRONT_MATTER = re.compile(r"\A---\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
EVIDENCE_LINE = re.compile(r"Evidence:\s*(\w+)\s*", re.IGNORECASE)
MEGABYTE = 1024**2
MOST_TEXT = 20 * MEGABYTE  # of a file that holds words only: 20 thick books
MOST_BYTES = 200 * MEGABYTE  # of a file with pictures
QUICK = 256 * 1024  # bytes of a Markdown or text file up to which it is read without a process of its own
TEXTS = (".md", ".txt")
FORMATS = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".pptx": "pptx",
    ".epub": "epub",
}
REMEDIES = {
    ".doc": "save it as .docx", ".ppt": "save it as .pptx", ".rtf": "save it as .docx", ".odt": "save it as .docx",
    ".odp": "save it as .pptx", ".pages": "save it as .docx", ".key": "save it as .pptx",
}  # fmt: skip


def read_sources(folders: Iterable[Path]) -> tuple[list[Document], list[Skipped]]:
    """Reads every source below the folders (or the file itself), in a stable order.

    Files that hold no words, have another ending or cannot be read are skipped with a reason. Documents whose
    ids are alike get their folder's name in front. Raises MaterialError where a folder is missing, and where a
    Markdown file's front matter is broken: the author must mend it.
    """
    documents: list[Document] = []
    skipped: list[Skipped] = []
    for read in read_each(folders):
        if isinstance(read, MaterialError):
            raise read
        if isinstance(read, Skipped):
            skipped.append(read)
        else:
            documents.append(read)
    return _with_distinct_ids(documents), skipped


def read_each(folders: Iterable[Path]) -> Iterator[Document | Skipped | MaterialError]:
    """What each file below the folders is, or why it cannot be used, in a stable order."""
    with ReaderProcess() as apart:
        for path, root in _files(folders):
            try:
                yield read_file(path, root) if _is_quick(path) else apart.read(path, root)
            except MaterialError as error:
                yield error


def _files(folders: Iterable[Path]) -> Iterator[tuple[Path, Path]]:
    """Every file of the sources with the folder that its name counts from; linked folders are not entered."""
    for folder in folders:
        if not folder.exists():
            raise MaterialError(str(folder), "source not found", "name an existing folder or file with --source")
        root = folder if folder.is_dir() else folder.parent
        try:
            paths = sorted(p for p in folder.rglob("*") if p.is_file()) if folder.is_dir() else [folder]
        except OSError as error:
            raise MaterialError(str(folder), f"cannot be listed ({error.strerror})", "check its permissions") from error
        yield from ((path, root) for path in paths)


def _is_quick(path: Path) -> bool:
    """Whether a file is skipped or read at once, by what can neither hang nor eat memory."""
    suffix = path.suffix.lower()
    try:
        return suffix not in FORMATS and (suffix not in TEXTS or path.stat().st_size <= QUICK)
    except OSError:
        return True


def read_file(path: Path, root: Path) -> Document | Skipped:
    """One file as a document, or the reason why it cannot be one."""
    name = path.relative_to(root).as_posix()
    suffix = path.suffix.lower()
    if suffix not in TEXTS and suffix not in FORMATS:
        remedy = REMEDIES.get(suffix) or f"use {', '.join((*TEXTS, *FORMATS))}"
        return Skipped(name, f"files ending in {path.suffix or 'nothing'} are not read; {remedy}")
    if suspicious_name(name):
        return Skipped(name, "quarantined, its name reads as an order to the assistant; rename it")
    try:
        document = quarantined(_read(path, name, suffix))
    except Unreadable as error:
        return Skipped(name, str(error))
    except OSError as error:
        return Skipped(name, f"cannot be read ({error.strerror}); check its permissions")
    if document.blocks:
        return document
    kept_out = f"; {document.skipped[0].reason}" if document.skipped else ""
    return Skipped(name, f"holds headings or banners only, no sentence{kept_out}")


def _read(path: Path, name: str, suffix: str) -> Document:
    size = path.stat().st_size
    if size == 0:
        raise Unreadable("is empty")
    most = MOST_TEXT if suffix in TEXTS or FORMATS[suffix] == "html" else MOST_BYTES
    if size > most:
        raise Unreadable(f"is larger than {most // MEGABYTE} MB; split it")
    if suffix in FORMATS:
        reader = import_module(f"corpus.formats.{FORMATS[suffix]}")
        return assemble(reader.read(path), name)
    text = decoded(path.read_bytes())
    if not text.strip():
        raise Unreadable("is empty")
    return read_markdown(text, name) if suffix == ".md" else read_text(text, name)


def read_text(text: str, name: str) -> Document:
    """Plain text: headings, lists and paragraphs are recognised by their form (see `plain_text`)."""
    title, sections, blocks, skipped = outline(text)
    skipped_here = tuple(Skipped(f"{name}:{text.count(chr(10), 0, start) + 1}", reason) for start, reason in skipped)
    stem = Path(name).stem
    return Document(stem, title or stem, text, sections, blocks, source=name, skipped=skipped_here)


def read_markdown(text: str, name: str) -> Document:
    """CommonMark with YAML front matter between `---` lines; HTML and code are no training content.

    Only code between fences is code: text that was indented for the eye, as in statutes, is text.
    """
    match = FRONT_MATTER.match(text)
    front = parse_front_matter(match[1], name) if match else FrontMatter()
    body_start = match.end() if match else 0
    sections, blocks = _MarkdownWalk(text, body_start, name).walk()
    stem = Path(name).stem
    title = front.title or next((s.path[-1] for s in sections if s.path), stem)
    return Document(
        front.id or stem, title, text, sections, blocks,
        source=name, metadata=front.flat(), review_by=front.review_by,
    )  # fmt: skip


class _MarkdownWalk:
    """Goes through the tokens of one file once, and keeps the positions of what can be quoted."""

    def __init__(self, text: str, body_start: int, name: str) -> None:
        self.text, self.name = text, name
        self.line_starts = [0, *(m.end() for m in re.finditer(r"\r\n|\n|\r", text))]
        self.first_line = text.count("\n", 0, body_start)
        self.tokens = MarkdownIt("commonmark").enable("table").disable("code").parse(text[body_start:])
        self.sections: list[Section] = [Section((), body_start)]
        self.blocks: list[Block] = []
        self.path: list[tuple[int, str]] = []
        self.lists = 0
        self.open_lists: list[int] = []

    def walk(self) -> tuple[tuple[Section, ...], tuple[Block, ...]]:
        for position, token in enumerate(self.tokens):
            match token.type:
                case "bullet_list_open" | "ordered_list_open":
                    self._open_list()
                case "bullet_list_close" | "ordered_list_close":
                    self.open_lists.pop()
                case "tr_open" if self.tokens[position - 1].type != "thead_open" and token.map:
                    self._row(token)
                case "inline" if token.map:
                    self._inline(token, self.tokens[position - 1])
        return tuple(self.sections), tuple(self.blocks)

    def _open_list(self) -> None:
        if not self.open_lists:
            self.lists += 1
            last = self.blocks[-1] if self.blocks else None
            if last and last.role == "text" and self._is_lead(last):
                self.blocks[-1] = Block(last.start, last.end, "lead", last.section, self.lists)
        self.open_lists.append(self.lists)

    def _is_lead(self, block: Block) -> bool:
        here = len(self.sections) - 1
        return block.section == here and self.text[block.start : block.end].rstrip().endswith(":")

    def _inline(self, token: Token, opener: Token) -> None:
        start, end = self._span(token)
        if opener.type == "heading_open":
            level = int(opener.tag[1:])
            self.path = [(n, words) for n, words in self.path if n < level] + [(level, plain_heading(token.content))]
            self.sections.append(Section(tuple(words for _, words in self.path), start))
        elif opener.type == "paragraph_open" and start < end:
            label = EVIDENCE_LINE.fullmatch(self.text[start:end])
            if label and not self.open_lists:
                self._label(label[1].lower(), start)
            else:
                role: Role = "item" if self.open_lists else "text"
                number = self.open_lists[-1] if self.open_lists else None
                self.blocks.append(Block(start, end, role, len(self.sections) - 1, number))

    def _row(self, token: Token) -> None:
        """A table's row is quoted whole."""
        assert token.map is not None
        line = self.first_line + token.map[0]
        end = self.line_starts[line + 1] if line + 1 < len(self.line_starts) else len(self.text)
        words = self.text[self.line_starts[line] : end].rstrip()
        start = self.line_starts[line]
        self.blocks.append(Block(start, start + len(words), "item", len(self.sections) - 1, None))

    def _label(self, label: str, start: int) -> None:
        if label not in EVIDENCE_LABELS:
            where = f"{self.name}:{self.text.count(chr(10), 0, start) + 1}"
            raise MaterialError(where, f"unknown evidence label {label!r}", f"use one of {', '.join(EVIDENCE_LABELS)}")
        evidence: Evidence = label  # type: ignore[assignment]  # checked in the line above
        self.sections[-1] = Section(self.sections[-1].path, self.sections[-1].start, evidence)

    def _span(self, token: Token) -> tuple[int, int]:
        """The words of an inline token in the whole file, from its first word to its last."""
        assert token.map is not None
        first, last = (self.first_line + line for line in token.map)
        start = self.line_starts[first]
        end = self.line_starts[last] if last < len(self.line_starts) else len(self.text)
        lines = token.content.split("\n")
        begin = self.text.find(lines[0], start, end)
        start = begin if begin >= 0 else start
        finish = self.text.rfind(lines[-1], start, end)
        return start, finish + len(lines[-1]) if finish >= 0 else end


def plain_heading(words: str) -> str:
    """A heading without its inline marks."""
    return re.sub(r"[*_`]+", "", words).strip()


def _with_distinct_ids(documents: list[Document]) -> list[Document]:
    counts = Counter(document.id for document in documents)
    distinct = [
        replace(d, id=f"{Path(d.source).parent.name or 'root'}/{d.id}") if counts[d.id] > 1 else d for d in documents
    ]
    seen = Counter(document.id for document in distinct)
    return [replace(d, id=d.source) if seen[d.id] > 1 else d for d in distinct]
