"""Reads Word files: headings, paragraphs, lists, tables and text boxes; no comments, no deleted or hidden words."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeAlias

import docx
from docx.document import Document as WordFile
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import nsmap, qn

from corpus.elements import Element, Found, Unreadable, paged
from corpus.formats.zipped import BROKEN, opened

Node: TypeAlias = Any  # an XML element
Parts: TypeAlias = list[tuple[str, int | None]]  # words with their pages

LEFT_OUT = {qn("w:del"), qn("w:moveFrom"), qn("w:txbxContent"), qn("w:instrText"), qn("w:footnote"), qn("w:endnote")}
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
NO_CONTENT = re.compile(r"toc\b|table of figures|index \d", re.IGNORECASE)
WHITE = re.compile(r"f[c-f]f[c-f]f[c-f]|ffffff", re.IGNORECASE)
SMALLEST = 4  # half points: smaller letters are not meant to be read
TEXT = {"w": nsmap["w"]}


def read(path: Path) -> Found:
    """The words of a Word file, with the pages on which Word last showed them where it noted that.

    Raises Unreadable for a file that is encrypted or damaged.
    """
    opened(path).close()
    try:
        document = docx.Document(str(path))
    except (PackageNotFoundError, AttributeError, *BROKEN) as error:
        raise Unreadable("is no Word file that can be opened; it may be damaged") from error
    walk = _Walk(document)
    elements = list(walk.blocks(document.element.body))
    return Found(elements, document.core_properties.title or "")


class _Walk:
    """Goes through one file in reading order, counting pages."""

    def __init__(self, document: WordFile) -> None:
        self.styles = {style.style_id: style for style in document.styles}
        self.page = 1 if next(document.element.body.iter(qn("w:lastRenderedPageBreak")), None) is not None else None

    def blocks(self, parent: Node) -> Iterator[Element]:
        """Paragraphs and tables below a node, also inside content controls and tracked insertions."""
        for node in parent:
            if node.tag == qn("w:p"):
                yield from self._paragraph(node)
            elif node.tag == qn("w:tbl"):
                yield from self._table(node)
            elif node.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml"), qn("w:moveTo")):
                yield from self.blocks(node)

    def _paragraph(self, node: Node) -> Iterator[Element]:
        name = self._style_name(node)
        boxes = [box for box in node.iter(qn("w:txbxContent")) if not _below(box, FALLBACK, node)]
        words, page, turns = paged(self._words(node))
        if words and not NO_CONTENT.match(name):
            yield replace(self._element(node, name, words), page=page, turns=turns)
        for box in boxes:
            yield from self.blocks(box)

    def _element(self, node: Node, name: str, words: str) -> Element:
        heading = HEADING.match(name)
        if heading or name.lower() in ("title", "subtitle"):
            return Element("heading", words, level=int(heading[1]) if heading else 1)
        listed = node.find("w:pPr/w:numPr", TEXT) is not None or name.lower().startswith("list")
        return Element("item" if listed else "text", words)

    def _table(self, node: Node) -> Iterator[Element]:
        for row in node.iterchildren(qn("w:tr")):
            cells: list[tuple[str, int | None]] = []
            for cell in row.iter(qn("w:tc")):
                if not _below(cell, qn("w:tbl"), row):
                    paragraphs = [p for p in cell.iter(qn("w:p")) if not _below(p, qn("w:txbxContent"), cell)]
                    read = [paged(self._words(p)) for p in paragraphs]
                    cells.append((" ".join(words for words, *_ in read if words), read[0][1] if read else None))
            words = " | ".join(words for words, _ in cells if words)
            if words:
                yield Element("item", words, next(page for said, page in cells if said))

    def _words(self, node: Node) -> Parts:
        """The words of a paragraph that are seen, with their pages; counts the pages that end in it."""
        parts: Parts = []
        self._add_words(node, parts)
        return parts

    def _add_words(self, node: Node, parts: Parts) -> None:
        for child in node:
            if child.tag in LEFT_OUT or child.tag == FALLBACK or (child.tag == qn("w:r") and self._is_hidden(child)):
                continue
            if child.tag == qn("w:lastRenderedPageBreak") and self.page is not None:
                self.page += 1
            elif child.tag == qn("w:t"):
                parts.append((child.text or "", self.page))
            elif child.tag in (qn("w:tab"), qn("w:br"), qn("w:cr")):
                parts.append((" ", self.page))
            elif child.tag == qn("w:noBreakHyphen"):
                parts.append(("-", self.page))
            else:
                self._add_words(child, parts)

    def _is_hidden(self, run: Node) -> bool:
        """Whether a run is hidden, white on no ground, or too small to be seen, by itself or by its style."""
        own = run.find("w:rPr", TEXT)
        style = None if own is None else own.find("w:rStyle", TEXT)
        paragraph = next(run.iterancestors(qn("w:p")), None)
        named = [_value(style), self._style_id(paragraph)]
        properties = [own, *(p for identity in named for p in self._style_properties(identity))]
        vanish = next((v for p in properties if p is not None and (v := p.find("w:vanish", TEXT)) is not None), None)
        if vanish is not None and _value(vanish) not in ("0", "false", "off"):
            return True
        if own is None:
            return False
        size, color = own.find("w:sz", TEXT), own.find("w:color", TEXT)
        ground = own.find("w:shd", TEXT) is not None or own.find("w:highlight", TEXT) is not None
        in_table = paragraph is not None and next(paragraph.iterancestors(qn("w:tc")), None) is not None
        white = bool(WHITE.fullmatch(_value(color))) and not ground and not in_table
        return white or (_value(size).isdigit() and int(_value(size)) <= SMALLEST)

    def _style_properties(self, identity: str) -> Iterator[Node]:
        """The run properties of a style and of those that it is based on."""
        style, seen = self.styles.get(identity), set[str]()
        while style is not None and style.style_id not in seen:
            seen.add(style.style_id)
            found = style.element.find("w:rPr", TEXT)
            if found is not None:
                yield found
            style = self.styles.get(_value(style.element.find("w:basedOn", TEXT)))

    def _style_id(self, paragraph: Node | None) -> str:
        return "" if paragraph is None else _value(paragraph.find("w:pPr/w:pStyle", TEXT))

    def _style_name(self, paragraph: Node) -> str:
        style = self.styles.get(self._style_id(paragraph))
        return (style.name or "") if style is not None else ""


def _value(node: Node | None) -> str:
    return "" if node is None else node.get(qn("w:val"), "")


def _below(node: Node, tag: str, top: Node) -> bool:
    """Whether something with this tag stands between a node and the top."""
    for parent in node.iterancestors():
        if parent is top:
            return False
        if parent.tag == tag:
            return True
    return False
