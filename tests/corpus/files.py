"""Small files of every format, made by the formats' own libraries or by hand."""

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

PAGE = "/Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F 3 0 R /B 4 0 R >> >>"


def pdf(path: Path, pages: Sequence[str], trailer: str = "") -> Path:
    """A PDF whose pages have these content streams; /F is Helvetica, /B its bold face."""
    kids = " ".join(f"{5 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >>",
    ]
    for number, stream in enumerate(pages):
        objects.append(f"<< {PAGE} /Contents {6 + 2 * number} 0 R >>")
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    written, starts = "%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        starts.append(len(written))
        written += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{start:010} 00000 n \n" for start in starts)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    end += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer}>>\nstartxref\n{len(written)}\n%%EOF\n"
    path.write_bytes((written + end).encode("latin-1"))
    return path


def lines(*said: str, top: int = 720, font: str = "/F", size: int = 11, before: str = "") -> str:
    """A content stream that prints lines below each other."""
    printed = "".join(f"({words}) Tj 0 -{size * 1.2:g} Td\n" for words in said)
    return f"BT {before} {font} {size} Tf 72 {top} Td\n{printed}ET\n"


def zipped(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    """A zip archive with these parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def epub(path: Path, chapters: Mapping[str, str], extra: Mapping[str, str] | None = None) -> Path:
    """A book whose chapters have these bodies."""
    items = "".join(f'<item id="{name}" href="{name}.xhtml" media-type="application/xhtml+xml"/>' for name in chapters)
    spine = "".join(f'<itemref idref="{name}"/>' for name in chapters)
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>Tendons</dc:title></metadata><manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
    )
    pages = {f"OEBPS/{name}.xhtml": f"<html><body>{body}</body></html>" for name, body in chapters.items()}
    return zipped(path, {"META-INF/container.xml": container, "OEBPS/book.opf": package, **pages, **(extra or {})})
