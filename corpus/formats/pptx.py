"""Reads PowerPoint files slide by slide: titles, text, tables, charts' figures, and speaker notes marked as such."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pptx
from pptx.exc import PackageNotFoundError
from pptx.util import Pt

from corpus.elements import Element, Found, Unreadable, clean
from corpus.formats.zipped import BROKEN, opened
from corpus.types import Skipped

NOTES = "Speaker notes"
SMALLEST = Pt(2)  # smaller letters are not meant to be read


def read(path: Path) -> Found:
    """The words of all slides that are shown. Raises Unreadable for a file that is encrypted or damaged."""
    opened(path).close()
    try:
        presentation = pptx.Presentation(str(path))
        found = Found(title=presentation.core_properties.title or "")
        size = (presentation.slide_width or 0, presentation.slide_height or 0)
        for number, slide in enumerate(presentation.slides, start=1):
            if slide._element.get("show") == "0":
                found.skipped.append(Skipped(f"{path.name}: slide {number}", "the slide is hidden"))
            else:
                found.elements += _slide(slide, number, size)
    except (PackageNotFoundError, AttributeError, *BROKEN) as error:
        raise Unreadable("is no PowerPoint file that can be read; it may be damaged") from error
    if clean(found.title).lower() in ("powerpoint presentation", "presentation"):
        found.title = ""
    return found


def _slide(slide: Any, number: int, size: tuple[int, int]) -> Iterator[Element]:
    title = slide.shapes.title
    words = clean(_seen(title.text_frame.paragraphs)) if title is not None and title.has_text_frame else ""
    heading = words or f"Slide {number}"
    yield Element("heading", heading, number, 1)
    for shape in slide.shapes:
        if title is None or shape.shape_id != title.shape_id:
            yield from _shape(shape, number, size)
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        notes = [w for p in slide.notes_slide.notes_text_frame.paragraphs if (w := clean(_seen([p])))]
        if notes:
            yield Element("heading", NOTES, number, 2)
            yield from (Element("text", words, number) for words in notes)


def _shape(shape: Any, number: int, size: tuple[int, int]) -> Iterator[Element]:
    if _is_hidden(shape, size):
        return
    if hasattr(shape, "shapes"):  # a group
        for inner in shape.shapes:
            yield from _shape(inner, number, (0, 0))  # its places count within the group
    elif getattr(shape, "has_table", False) and shape.has_table:
        for row in shape.table.rows:
            cells = [w for cell in row.cells if (w := clean(_seen(cell.text_frame.paragraphs)))]
            if cells:
                yield Element("item", " | ".join(cells), number)
    elif getattr(shape, "has_chart", False) and shape.has_chart:
        yield from _chart(shape.chart, number)
    elif shape.has_text_frame:
        paragraphs = [w for p in shape.text_frame.paragraphs if (w := clean(_seen([p])))]
        kind: Any = "item" if len(paragraphs) > 1 else "text"
        yield from (Element(kind, words, number) for words in paragraphs)


def _chart(chart: Any, number: int) -> Iterator[Element]:
    """Each series with its figures, as the chart's own data has them."""
    if chart.has_title and chart.chart_title.has_text_frame:
        yield Element("text", chart.chart_title.text_frame.text, number)
    for plot in chart.plots:
        names = [clean(str(category)) for category in plot.categories]
        for series in plot.series:
            figures = [
                f"{name} {value:g}" for name, value in zip(names, series.values, strict=False) if value is not None
            ]
            if figures:
                yield Element("item", f"{clean(series.name)}: {', '.join(figures)}", number)


def _is_hidden(shape: Any, size: tuple[int, int]) -> bool:
    """Whether a shape is switched off or lies beside the slide."""
    if any(node.get("hidden") == "1" for node in shape._element.iter() if str(node.tag).endswith("}cNvPr")):
        return True
    if not all(size) or None in (shape.left, shape.top, shape.width, shape.height):
        return False
    beside = shape.left >= size[0] or shape.left + shape.width <= 0
    return bool(beside or shape.top >= size[1] or shape.top + shape.height <= 0)


def _seen(paragraphs: Any) -> str:
    """The words of paragraphs, without runs whose letters are too small to be seen."""
    parts = []
    for paragraph in paragraphs:
        for node in paragraph._p:
            properties = node.find("{*}rPr")
            tiny = properties is not None and properties.get("sz", "").isdigit() and int(properties.get("sz")) <= 200
            if not tiny:
                parts += [text.text or "" for text in node.iter("{*}t")] or [" "]
        parts.append(" ")
    return "".join(parts)
