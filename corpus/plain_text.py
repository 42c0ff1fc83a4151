"""Finds headings, lists and paragraphs in plain text by their form."""

import re
from dataclasses import dataclass

from corpus.banners import is_banner
from corpus.types import BANNER_REASON, Block, Section

BULLET = re.compile(r"[ \t]*(?:[•●▪◦‣·*–-]|\(?\d{1,2}[.)]|\(?[a-z][.)])[ \t]+(?=\S)")
NUMBERED = re.compile(r"(\d+(?:\.\d+)*)\.?\s+\S")
HEADING_WORDS = 14  # a longer line without a full stop is a paragraph that lost it
WRAPPED_WIDTH = 120  # a text with a longer line is not wrapped by hand: a line that ends a sentence is a paragraph
SMALL_WORDS = frozenset("a an and as at but by for from in into of on or s so the to vs with what".split())


@dataclass(frozen=True, slots=True)
class _Piece:
    """A run of lines that belong together."""

    kind: str  # "heading", "item" or "text"
    start: int
    end: int
    words: str


def outline(text: str) -> tuple[str, tuple[Section, ...], tuple[Block, ...], list[tuple[int, str]]]:
    """Title, sections, blocks, and the places left out with the reason, of a plain text.

    A heading is a short line of its own without a full stop. Where a text has headings In Title Case and headings
    in sentence case, the latter stand below the former; numbered headings go by their numbers. A heading that
    sells takes all that stands under it with it.
    """
    pieces = list(_pieces(text))
    nested = len({_is_title_case(p.words) for p in pieces if p.kind == "heading" and not is_banner(p.words)}) == 2
    sections, blocks, skipped = [Section((), 0)], list[Block](), list[tuple[int, str]]()
    path: list[tuple[int, str]] = []
    in_banner, lists, last_kind = False, 0, ""
    for piece in pieces:
        if piece.kind == "heading":
            in_banner = is_banner(piece.words)
            if in_banner:
                skipped.append((piece.start, BANNER_REASON))
            else:
                level = _level(piece.words, nested)
                path = [(n, words) for n, words in path if n < level] + [(level, piece.words.rstrip(":"))]
                sections.append(Section(tuple(words for _, words in path), piece.start))
        elif in_banner or is_banner(piece.words):
            skipped.append((piece.start, BANNER_REASON))
        else:
            here = len(sections) - 1
            if piece.kind == "item":
                if last_kind != "item":
                    lists += 1
                    _mark_lead(blocks, here, lists, text)
                blocks.append(Block(piece.start, piece.end, "item", here, lists))
            else:
                blocks.append(Block(piece.start, piece.end, "text", here))
        last_kind = piece.kind
    first = blocks[0].section if blocks else 0
    title = sections[first].path[0] if sections[first].path else ""
    return title, tuple(sections), tuple(blocks), skipped


def _mark_lead(blocks: list[Block], section: int, number: int, text: str) -> None:
    last = blocks[-1] if blocks else None
    if last and last.role == "text" and last.section == section and text[last.start : last.end].endswith(":"):
        blocks[-1] = Block(last.start, last.end, "lead", section, number)


def _pieces(text: str) -> list[_Piece]:
    pieces: list[_Piece] = []
    run: list[tuple[int, int]] = []  # (start, end) of the words of lines that follow each other

    def close() -> None:
        if run:
            start, end = run[0][0], run[-1][1]
            words = " ".join(text[a:b] for a, b in run)
            pieces.append(_Piece(_kind(words, len(run)), start, end, words))
            run.clear()

    wrapped = all(len(line) <= WRAPPED_WIDTH for line in text.splitlines())
    position, bulleted = 0, False
    for line in text.splitlines(keepends=True):
        words = line.strip()
        start = position + (line.find(words[0]) if words else 0)
        bullet = BULLET.match(line)
        if not words:
            close()
            bulleted = False
        elif bullet:
            close()
            pieces.append(_Piece("item", position + bullet.end(), start + len(words), line[bullet.end() :].strip()))
            bulleted = True
        elif bulleted and line[:1].isspace():  # the item goes on on the next line
            last = pieces.pop()
            pieces.append(_Piece("item", last.start, start + len(words), f"{last.words} {words}"))
        else:
            paragraph = not wrapped and _ends_sentence(words)
            if paragraph:
                close()
            run.append((start, start + len(words)))
            bulleted = False
            if paragraph:
                close()
        position += len(line)
    close()
    return pieces


def _kind(words: str, lines: int) -> str:
    ends = _ends_sentence(words)
    if words.endswith(":") and len(words.split()) > 6:
        return "text"  # a line that introduces what follows
    return "heading" if not ends and len(words.split()) <= HEADING_WORDS and lines <= 2 else "text"


def _ends_sentence(words: str) -> bool:
    return words.rstrip("\"'”’)»").endswith((".", "!", "?", ";", "…"))


def _level(words: str, nested: bool) -> int:
    numbered = NUMBERED.match(words)
    if numbered:
        return numbered[1].count(".") + 1
    return 1 if not nested or _is_title_case(words) else 2


def _is_title_case(words: str) -> bool:
    """Whether the longer words, beyond the first, begin with capitals."""
    rest = [w for w in re.findall(r"[^\W\d_][\w’'-]*", words)[1:] if w.lower() not in SMALL_WORDS]
    return all(w[0].isupper() for w in rest) if rest else words[:1].isupper() and len(words.split()) == 1
