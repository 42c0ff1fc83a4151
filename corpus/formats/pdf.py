"""Reads PDF files page by page: lines with their sizes, joined to paragraphs under headings."""

import ctypes
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from pathlib import Path
from statistics import median

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from corpus.elements import Element, Found, Unreadable, paged
from corpus.formats.pdf_hidden import hidden_characters, is_scan
from corpus.plain_text import BULLET
from corpus.types import Skipped

HEADING_WORDS = 14
LARGER = 1.12  # times the body's size, from which on a line of its own is a heading
SAME_SIZE = 0.1  # of the size, within which two lines may be of one paragraph
BOLD = 600  # weight, as fonts count it
BOLD_NAME = re.compile(rb"bold|black|heavy", re.IGNORECASE)  # the standard fonts tell no weight
GAP = 1.3  # times the usual distance of two lines, from which on a paragraph ends
LEADER = re.compile(r"(?:\.\s?){5,}\s*\d*$")  # as in a table of contents
CAPTION = re.compile(r"(?:fig(?:ure)?|table)\.?\s*\d", re.IGNORECASE)
TWO_SENTENCES = re.compile(r"[^\W\d_]{2,}[.!?] \w")
FILE_NAME = re.compile(
    r"\.(?:pdf|docx?|indd|tex|qxd|pptx?)$|^(?:document|untitled|microsoft (?:word|powerpoint))\b", re.IGNORECASE
)
WORDS_OF_A_SCAN = 5  # a page: a scan with fewer words in its text layer was not recognised
NUMBERED = re.compile(r"\d+(?:\.\d+)*\.?\s+[^\W\d_]")
PAGE_NUMBER = re.compile(r"(?:page\s*)?[-–]?\s*\d{1,4}\s*[-–]?(?:\s*(?:of|/)\s*\d{1,4})?", re.IGNORECASE)
DIVIDERS = (2, 0xFFFE)  # PDFium's marks where a word was divided at a line's end; it joins the lines itself
REPEATED = 0.3  # share of the pages on which a first or last line stands, from which on it is a running head
REPEATED_AT_LEAST = 3  # pages
LOOKED_AT = 5  # pages, to see whether a file was scanned
SCAN = "holds no text layer ({n} scanned pages); run text recognition (OCR) on it and save it anew"


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line."""

    words: str
    page: int
    size: float  # of its letters, in points
    bold: bool
    base: float  # the height at which it stands, in points from the page's foot


def read(path: Path) -> Found:
    """The words of all pages. Raises Unreadable for a file that is encrypted, broken or scanned."""
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        locked = "password" in str(error).lower() or "security" in str(error).lower()
        remedy = "is encrypted with a password; save it without one"
        raise Unreadable(remedy if locked else "is no PDF that can be opened; it may be damaged or cut off") from error
    found, pages = Found(), list[list[Line]]()
    for number in range(1, len(document) + 1):
        try:
            pages.append(_lines(document, number))
        except pdfium.PdfiumError:
            pages.append([])
            found.skipped.append(Skipped(f"{path.name}: page {number}", "the page is damaged and cannot be read"))
    if not any(pages):
        broken = len(found.skipped) == len(pages)
        raise Unreadable("has no page that can be read; it is damaged" if broken else _wordless(document))
    words = sum(len(line.words.split()) for page in pages for line in page)
    if words < WORDS_OF_A_SCAN * len(pages) and _is_scanned(document):
        raise Unreadable(_wordless(document))
    title = (document.get_metadata_value("Title") or "").strip()
    found.title = "" if FILE_NAME.search(title) else title
    found.elements = list(_elements(_without_running_heads(pages)))
    return found


def _is_scanned(document: pdfium.PdfDocument) -> bool:
    """Whether one of the first pages is a picture."""
    try:
        return any(is_scan(document[number]) for number in range(min(len(document), LOOKED_AT)))
    except pdfium.PdfiumError:
        return False


def _wordless(document: pdfium.PdfDocument) -> str:
    n = len(document)
    return SCAN.format(n=n) if _is_scanned(document) else f"holds no text on its {n} pages; it may be damaged"


def _lines(document: pdfium.PdfDocument, number: int) -> list[Line]:
    page = document[number - 1]
    text = page.get_textpage()
    hidden = hidden_characters(page, text)
    lines, run = list[Line](), list[int]()
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, index)
        if code in (10, 13):
            lines += _line(text, run, number)
            run = []
        elif index not in hidden:
            run.append(index)
    lines += _line(text, run, number)
    return lines


def _line(text: pdfium.PdfTextPage, run: list[int], page: int) -> Iterator[Line]:
    codes = [raw.FPDFText_GetUnicode(text, index) for index in run]
    words = "".join(chr(code) for code in codes if code not in DIVIDERS and code < 0x110000).strip()
    printed = [index for index, code in zip(run, codes, strict=True) if not chr(min(code, 0x10FFFF)).isspace()]
    if not words or not printed:
        return
    some = printed[:: max(1, len(printed) // 8)]
    sizes = sorted(_size(text, index) for index in some)
    bold = sum(_is_bold(text, index) for index in some) > len(some) / 2
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text, printed[0], x, y)
    yield Line(words, page, sizes[len(sizes) // 2], bold, y.value)


def _size(text: pdfium.PdfTextPage, index: int) -> float:
    """The size as it is printed: the font's, scaled by how the text is placed."""
    matrix = raw.FS_MATRIX()
    size = float(raw.FPDFText_GetFontSize(text, index))
    if raw.FPDFText_GetMatrix(text, index, ctypes.byref(matrix)):
        size *= float((matrix.c**2 + matrix.d**2) ** 0.5)
    return round(size, 1)


def _is_bold(text: pdfium.PdfTextPage, index: int) -> bool:
    if raw.FPDFText_GetFontWeight(text, index) >= BOLD:
        return True
    name, flags = ctypes.create_string_buffer(100), ctypes.c_int()
    raw.FPDFText_GetFontInfo(text, index, name, len(name), flags)
    return BOLD_NAME.search(name.value) is not None


def _without_running_heads(pages: list[list[Line]]) -> list[Line]:
    """All lines but page numbers and what stands at the edge of many pages, numbers in it aside."""
    edges = Counter(key for page in pages for key in {_key(line) for line in [*page[:2], *page[-2:]]})
    often = {key for key, n in edges.items() if n >= max(REPEATED_AT_LEAST, REPEATED * len(pages))}
    kept = []
    for page in pages:
        for place, line in enumerate(page):
            at_edge = place < 2 or place >= len(page) - 2
            running = at_edge and (_key(line) in often or PAGE_NUMBER.fullmatch(line.words))
            if not running and not LEADER.search(line.words):
                kept.append(line)
    return kept


def _key(line: Line) -> str:
    return re.sub(r"\d+", "#", line.words.lower())


def _elements(lines: list[Line]) -> Iterator[Element]:
    sizes = Counter[float]()
    for line in lines:
        sizes[line.size] += len(line.words)
    body = max(sizes, key=lambda size: sizes[size], default=0.0)
    larger = sorted({line.size for line in lines if line.size > LARGER * body}, reverse=True)
    levels = {size: min(place, 3) for place, size in enumerate(larger, start=1)}
    apart = _distances(lines)
    run: list[Line] = []
    for line in lines:
        if run and _begins(run[-1], line, apart.get(line.size, 1.2 * line.size)):
            yield _element(run, body, levels)
            run = []
        run.append(line)
    if run:
        yield _element(run, body, levels)


def _distances(lines: list[Line]) -> dict[float, float]:
    """How far lines of one size stand apart, by the size."""
    found: dict[float, list[float]] = {}
    for before, line in pairwise(lines):
        distance = before.base - line.base
        if before.page == line.page and before.size == line.size and 0 < distance < 3 * line.size:
            found.setdefault(line.size, []).append(distance)
    return {size: median(distances) for size, distances in found.items()}


def _begins(before: Line, line: Line, apart: float) -> bool:
    """Whether a line begins a paragraph. One that goes on over a page's end is joined where its sentence does."""
    if BULLET.match(line.words) or abs(line.size - before.size) > SAME_SIZE * before.size or line.bold != before.bold:
        return True
    ended = before.words.rstrip("\"'”’)").endswith((".", "!", "?", ":", ";"))
    if line.page != before.page or line.base > before.base + before.size:  # another page, or another column
        return ended or not line.words[:1].islower()
    return before.base - line.base > GAP * apart


def _element(run: list[Line], body: float, levels: dict[float, int]) -> Element:
    words, page, turns = paged(_joined(run))
    first, few = run[0], len(words.split()) <= HEADING_WORDS
    ends = words.rstrip("\"'”’)").endswith((".", "!", "?", ";", ","))
    stands_out = first.size in levels or (first.bold and first.size >= body)
    sentence = ends or CAPTION.match(words) or TWO_SENTENCES.search(words)
    if few and not sentence and len(run) <= 3 and stands_out and any(c.isalpha() for c in words):
        numbered = NUMBERED.match(words)
        depth = numbered[0].split()[0].rstrip(".").count(".") if numbered else 0
        return Element("heading", words, page, min(levels.get(first.size, 4) + depth, 6))
    bullet = BULLET.match(words + " x")
    if bullet and bullet.end() < len(words):
        cut = bullet.end()
        return Element("item", words[cut:], page, turns=tuple((max(at - cut, 0), turn) for at, turn in turns))
    return Element("text", words, page, turns=turns)


def _joined(run: list[Line]) -> Iterator[tuple[str, int | None]]:
    """The words of a paragraph's lines with their pages; a word that was divided at a line's end is one again."""
    for line, following in zip_longest(run, run[1:]):
        divided = following and following.words[:1].islower() and re.search(r"[^\W\d_]-$", line.words)
        yield (line.words[:-1] if divided else f"{line.words} "), line.page
