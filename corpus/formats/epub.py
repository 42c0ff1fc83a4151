"""Reads EPUB books: the chapters of the spine in their order, each as a web page that is all content."""

import posixpath
from pathlib import Path
from urllib.parse import unquote
from zipfile import ZipFile

from corpus.elements import Found, Unreadable, clean
from corpus.encoding import decoded
from corpus.formats.html import read_html
from corpus.formats.zipped import BROKEN, opened, parsed
from corpus.types import Skipped

CONTAINER = "META-INF/container.xml"
ENCRYPTION = "META-INF/encryption.xml"
PAGE_TYPES = ("application/xhtml+xml", "text/html")


def read(path: Path) -> Found:
    """The words of a book. Raises Unreadable where it is protected or damaged."""
    with opened(path) as archive:
        package = _package(archive)
        root = parsed(archive, package)
        base = posixpath.dirname(package)
        pages = {
            item.get("id"): posixpath.normpath(posixpath.join(base, unquote(item.get("href", ""))))
            for item in root.iter("{*}item")
            if item.get("media-type") in PAGE_TYPES and "nav" not in (item.get("properties") or "").split()
        }
        locked = _encrypted(archive)
        if locked.intersection(pages.values()):
            raise Unreadable("is protected against copying (DRM); use a copy without it")
        title = next((clean(t.text or "") for t in root.iter("{http://purl.org/dc/elements/1.1/}title")), "")
        found = Found(title=title)
        for reference in root.iter("{*}itemref"):
            page = pages.get(reference.get("idref"))
            if page and reference.get("linear") != "no":
                _add(found, archive, page, path.name)
    return found


def _package(archive: ZipFile) -> str:
    root = parsed(archive, CONTAINER)
    named = next((node.get("full-path") for node in root.iter("{*}rootfile")), None)
    if not named:
        raise Unreadable("is no EPUB book; it names no contents")
    return str(named)


def _encrypted(archive: ZipFile) -> set[str]:
    if ENCRYPTION not in archive.namelist():
        return set()
    root = parsed(archive, ENCRYPTION)
    return {unquote(node.get("URI", "")) for node in root.iter("{*}CipherReference")}


def _add(found: Found, archive: ZipFile, page: str, name: str) -> None:
    try:
        elements = read_html(decoded(archive.read(page)), whole=True).elements
    except (Unreadable, *BROKEN):
        found.skipped.append(Skipped(f"{name}: {page}", "the chapter is missing or holds no words"))
        return
    found.elements += elements
