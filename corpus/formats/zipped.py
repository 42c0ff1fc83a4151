"""Opens the zip archives that DOCX, PPTX and EPUB files are, within limits."""

import zipfile
import zlib
from pathlib import Path

from lxml import etree

from corpus.elements import Unreadable

# What a damaged archive or part raises when it is opened or unpacked.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    etree.XMLSyntaxError,
    OSError,
    EOFError,
    KeyError,
    ValueError,
    NotImplementedError,
)
MOST_UNPACKED = 400_000_000  # bytes of all parts together
MOST_PARTS = 20_000
OLE = b"\xd0\xcf\x11\xe0"  # how old Office files begin, and encrypted new ones


def opened(path: Path) -> zipfile.ZipFile:
    """The archive. Raises Unreadable for one that is encrypted, damaged, or far larger than it looks."""
    with path.open("rb") as stream:
        if stream.read(4) == OLE:
            raise Unreadable("is encrypted with a password, or of an old Office format; save it anew without one")
    try:
        archive = zipfile.ZipFile(path)
        parts = archive.infolist()
    except BROKEN as error:
        raise Unreadable("is damaged or cut off; save it anew") from error
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Unreadable(f"unpacks to more than {MOST_UNPACKED // 1_000_000} MB; split it, or take out its pictures")
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable("is encrypted with a password; save it without one")
    return archive


def parsed(archive: zipfile.ZipFile, part: str) -> etree._Element:
    """An XML part's root; entities stay as they are. Raises Unreadable where it is missing or damaged."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
    try:
        return etree.fromstring(archive.read(part), parser)
    except BROKEN as error:
        raise Unreadable(f"is damaged (its part {part} cannot be read); save it anew") from error
