"""Puts what a reader found in a file, one element after another, together as a document."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from corpus.banners import is_banner
from corpus.types import BANNER_REASON, Block, Document, Section, Skipped

# Characters that no reader of the page sees: they would break words apart, or carry words past whoever checks them.
UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff\ufffe\uffff\U000e0000-\U000e007f]")
BULLETS = re.compile("[\uf0b7\uf0a7\uf0d8\u2022\u25aa\u25cf\u25e6\u2023]\\s*")


class Unreadable(ValueError):
    """A file that cannot become a document: why, and what its author can do."""


@dataclass(frozen=True, slots=True)
class Element:
    """A heading, a paragraph, or an item of a list or table."""

    kind: Literal["heading", "text", "item"]
    words: str
    page: int | None = None  # page or slide on which it begins, counted from 1
    level: int = 1  # of a heading, 1 is the outermost
    turns: tuple[tuple[int, int], ...] = ()  # where in the words, which are clean, another page begins


@dataclass(slots=True)
class Found:
    """What a reader found in one file."""

    elements: list[Element] = field(default_factory=list)
    title: str = ""
    skipped: list[Skipped] = field(default_factory=list)  # places in the file that were left out


def clean(words: str) -> str:
    """Words as they are seen: no control characters, no invisible ones, single spaces."""
    seen = UNSEEN.sub("", words.encode("utf-8", "ignore").decode())
    return " ".join("".join(c if unicodedata.category(c) != "Cc" else " " for c in seen).split())


def paged(parts: Iterable[tuple[str, int | None]]) -> tuple[str, int | None, tuple[tuple[int, int], ...]]:
    """The clean words of parts that follow each other, the page on which they begin, and where another one does."""
    words, space, first, last = "", False, None, None
    turns: list[tuple[int, int]] = []
    for text, page in parts:
        own = clean(text)
        if own:
            gap = " " if words and (space or text[:1].isspace()) else ""
            if not words:
                first = last = page
            elif page is not None and page != last:
                turns.append((len(words) + len(gap), page))
                last = page
            words += gap + own
        space = text[-1:].isspace() or (space and not own)
    return words, first, tuple(turns)


def assemble(found: Found, name: str) -> Document:
    """The document, whose text is the elements' words, one a line, paragraphs apart.

    A line that sells or signs up is left out and listed; a heading that does takes all that stands under it with it.
    """
    return _Assembly(name).document(found)


class _Assembly:
    """One document in the making."""

    def __init__(self, name: str) -> None:
        self.name, self.parts, self.length = name, list[str](), 0
        self.sections, self.blocks = [Section((), 0)], list[Block]()
        self.path, self.pages = list[tuple[int, str]](), list[tuple[int, int]]()
        self.lists, self.last, self.lead, self.in_banner = 0, "", False, False
        self.skipped: list[Skipped] = []

    def document(self, found: Found) -> Document:
        for element in found.elements:
            words = clean(element.words)
            bulleted = BULLETS.match(words)
            if bulleted and element.kind == "text":
                cut = bulleted.end()
                turns = tuple((max(at - cut, 0), page) for at, page in element.turns)
                element, words = replace(element, kind="item", turns=turns), words[cut:]
            if words:
                self._add(element, words)
        stem = Path(self.name).stem
        first = next((words for section in self.sections for words in section.path), "")
        return Document(
            stem, clean(found.title) or first or stem, "".join(self.parts), tuple(self.sections), tuple(self.blocks),
            source=self.name, skipped=(*found.skipped, *self.skipped), pages=tuple(self.pages),
        )  # fmt: skip

    def _add(self, element: Element, words: str) -> None:
        heading = element.kind == "heading"
        self.in_banner = is_banner(words) if heading else self.in_banner
        if self.in_banner or is_banner(words):
            where = self.name if element.page is None else f"{self.name}: page {element.page}"
            self.skipped.append(Skipped(where, f"{BANNER_REASON}: {words[:60]}"))
            return
        self.lead = self.last == "text" and self.parts[-1].endswith(":")  # what came before introduces a list
        start = self._write(words, element)
        if heading:
            self.path = [(n, said) for n, said in self.path if n < element.level] + [(element.level, words)]
            self.sections.append(Section(tuple(said for _, said in self.path), start))
        elif element.kind == "item":
            self._item(start, len(words))
        else:
            self.blocks.append(Block(start, start + len(words), "text", len(self.sections) - 1))
        self.last = element.kind

    def _write(self, words: str, element: Element) -> int:
        """Adds the line; returns where its words start."""
        follows = element.kind == "item" and self.last == "item"
        mark = "- " if element.kind == "item" else ""
        before = ("\n" if follows else "\n\n") if self.parts else ""
        self.parts.append(f"{before}{mark}{words}")
        start = self.length + len(before) + len(mark)
        self.length = start + len(words)
        if element.page is not None and element.page != (self.pages[-1][1] if self.pages else None):
            self.pages.append((start, element.page))
        self.pages += [(start + at, page) for at, page in element.turns]
        return start

    def _item(self, start: int, length: int) -> None:
        here = len(self.sections) - 1
        if self.last != "item":
            self.lists += 1
            lead = self.blocks[-1] if self.blocks else None
            if lead and lead.role == "text" and lead.section == here and self.lead:
                self.blocks[-1] = Block(lead.start, lead.end, "lead", here, self.lists)
        self.blocks.append(Block(start, start + length, "item", here, self.lists))
