"""Finds the characters of a PDF page that nobody sees: invisible ones, and those of the colour of what is behind."""

import ctypes

import pypdfium2 as pdfium
import pypdfium2.raw as raw

INVISIBLE = (3, 7)  # text rendering modes: neither filled nor stroked; only a clipping path
ALMOST_WHITE = 245  # of 255, in each colour
SMALLEST = 1.0  # points: smaller letters are not meant to be read
DOTS = 1.5  # a point, when a page is drawn to look for letters on it
CONTRAST = 24  # of 255, between the darkest and the lightest dot where letters are seen


def hidden_characters(page: pdfium.PdfPage, text: pdfium.PdfTextPage) -> set[int]:
    """Positions in the page's text. A scan's text layer is invisible and read, as it repeats what the picture shows."""
    objects: dict[int, list[int]] = {}
    for index in range(text.count_chars()):
        owner = raw.FPDFText_GetTextObject(text, index)
        address = ctypes.cast(owner, ctypes.c_void_p).value
        if address:
            objects.setdefault(address, []).append(index)
    invisible, pale, tiny = set[int](), list[list[int]](), set[int]()
    for run in objects.values():
        owner = raw.FPDFText_GetTextObject(text, run[0])
        if raw.FPDFTextObj_GetTextRenderMode(owner) in INVISIBLE:
            invisible.update(run)
        elif _is_pale(text, run[0]):
            pale.append(run)
        if abs(_printed_size(text, run[0])) < SMALLEST:
            tiny.update(run)
    characters = sum(map(len, objects.values()))
    if is_scan(page) and 2 * len(invisible) > characters:
        invisible.clear()
    return invisible | tiny | (_unseen(page, text, pale) if pale else set())


def is_scan(page: pdfium.PdfPage) -> bool:
    """Whether a picture covers most of the page."""
    width, height = page.get_size()
    for thing in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=3):
        left, bottom, right, top = thing.get_bounds()
        if (right - left) * (top - bottom) > 0.5 * width * height:
            return True
    return False


def _is_pale(text: pdfium.PdfTextPage, index: int) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not raw.FPDFText_GetFillColor(text, index, red, green, blue, alpha):
        return False
    return alpha.value == 0 or min(red.value, green.value, blue.value) >= ALMOST_WHITE


def _printed_size(text: pdfium.PdfTextPage, index: int) -> float:
    matrix = raw.FS_MATRIX()
    size = float(raw.FPDFText_GetFontSize(text, index))
    if raw.FPDFText_GetMatrix(text, index, ctypes.byref(matrix)):
        size *= float((matrix.c**2 + matrix.d**2) ** 0.5)
    return size


def _unseen(page: pdfium.PdfPage, text: pdfium.PdfTextPage, runs: list[list[int]]) -> set[int]:
    """Of pale letters those that stand on a ground of their own colour, found by drawing the page."""
    drawn = page.render(scale=DOTS, grayscale=True).to_numpy()
    height, width = drawn.shape[:2]
    _, page_height = page.get_size()
    unseen: set[int] = set()
    for run in runs:
        for index in run:
            if chr(raw.FPDFText_GetUnicode(text, index)).isspace():
                continue
            left, bottom, right, top = text.get_charbox(index)
            columns = slice(max(int(left * DOTS), 0), min(int(right * DOTS) + 1, width))
            rows = slice(max(int((page_height - top) * DOTS), 0), min(int((page_height - bottom) * DOTS) + 1, height))
            dots = drawn[rows, columns]
            if dots.size == 0 or int(dots.max()) - int(dots.min()) < CONTRAST:
                unseen.add(index)
    return unseen
