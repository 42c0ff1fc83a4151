"""Puts an uploaded file into a source folder: under a safe name, read first, whole or not at all."""

import os
import re
import secrets
import tempfile
import unicodedata
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from corpus.lint import Contradictions, lint
from corpus.passages import passages_of
from corpus.readers import FORMATS, TEXTS, read_each
from corpus.types import Document, Finding, MaterialError, Skipped

SUFFIXES = (*TEXTS, *FORMATS)
MEGABYTE = 1024**2
MOST_UPLOAD = 50  # megabytes: it passes through the page's memory; a larger file is copied into the folder by hand
MOST_NAME = 120  # characters; file systems take 255 bytes, and a name stands in each citation's document id
TEMPORARY = ".upload-"  # what is being written; a name that watching passes over
RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)  # no files on Windows

_SEPARATORS = re.compile(r"[/\\]")
_UNSAFE = re.compile(r"[^\w .()+,-]+")


class UploadRefused(ValueError):
    """A file that is not taken: says which, why, and what to do."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that was uploaded and read, and is stored nowhere yet."""

    name: str  # as it would be stored
    data: bytes
    folder: Path
    replaces: datetime | None  # when the file of that name was written; None where there is none
    is_there: bool  # whether the folder holds this very file already
    unusable: str  # why it would be skipped, or would stop every build; empty where it can be used
    title: str = ""
    sections: int = 0
    passages: int = 0
    findings: tuple[Finding, ...] = ()  # what an author would mend, of this file alone


def source_folders(sources: Sequence[Path]) -> list[Path]:
    """The configured sources that are folders: a file can be put into these."""
    return [source for source in sources if source.is_dir()]


def safe_name(name: str) -> str:
    """The name under which a file is stored: its own, without what file systems, links or shells could misread.

    Raises UploadRefused for a path, a name that is hidden or reserved, and an ending that is not read.
    """
    if _SEPARATORS.search(name) or "\0" in name:
        raise UploadRefused("the file's name holds a path; upload the file alone")
    plain = _UNSAFE.sub("-", " ".join(unicodedata.normalize("NFC", name).split()))
    stem, ending = os.path.splitext(plain)  # noqa: PTH122  # a Path would drop dots at the end
    if ending.lower() not in SUFFIXES:
        raise UploadRefused(f"files ending in {ending or 'nothing'} are not read; use {', '.join(SUFFIXES)}")
    if plain.startswith((".", "-")) or not re.search(r"\w", stem) or RESERVED.match(plain):
        raise UploadRefused(f"a file cannot be called {plain!r} here; give it a plain name of letters and digits")
    if len(plain) > MOST_NAME or len(plain.encode()) > 2 * MOST_NAME:
        raise UploadRefused(f"the file's name is longer than {MOST_NAME} characters; shorten it")
    return stem.rstrip(" .") + ending


def incoming(
    name: str,
    data: bytes,
    folder: Path,
    policy: Path,
    glossary: Path,
    today: date,
    contradictions: Contradictions = lambda documents, glossary: (),
) -> Incoming:
    """Reads and lints an uploaded file as a build would, outside the source folder. Raises UploadRefused."""
    if len(data) > MOST_UPLOAD * MEGABYTE:
        what = f"the file is larger than {MOST_UPLOAD} MB"
        raise UploadRefused(f"{what}; split it, or have it copied into the folder by hand")
    name = safe_name(name)
    replaces = _standing(folder, name)
    is_there = replaces is not None and (folder / name).read_bytes() == data
    with tempfile.TemporaryDirectory(prefix="caveat-upload-") as temporary:
        path = Path(temporary) / name
        path.write_bytes(data)
        (read,) = read_each([path])
        if not isinstance(read, Document):
            return Incoming(name, data, folder, replaces, is_there, _why(read))
        findings = lint([path], policy, glossary, today, contradictions)
    own = tuple(finding for finding in findings if is_about(finding.where, name))
    sections = sum(bool(section.path) for section in read.sections)
    return Incoming(name, data, folder, replaces, is_there, "", read.title, sections, len(passages_of(read)), own)


def _why(read: Skipped | MaterialError) -> str:
    if isinstance(read, Skipped):
        return f"it would be skipped: {read.reason}"
    return f"it would stop every build: {read}"


def is_about(where: str, source: str) -> bool:
    """Whether a finding's place is in that file: the file itself, its line, its page or its slide."""
    return where == source or where.startswith((f"{source}:", f"{source}, "))


def _standing(folder: Path, name: str) -> datetime | None:
    """When the file of that name was written. Raises UploadRefused for what is no plain file of just that name."""
    for path in folder.iterdir():
        if path.name.casefold() != name.casefold():
            continue
        if path.name != name:
            raise UploadRefused(f"the folder holds {path.name!r}, which differs only in capitals; use the same name")
        if path.is_symlink() or not path.is_file():
            raise UploadRefused(f"{name!r} in the folder is a link or a folder; give the file another name")
        return datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    return None


def store(file: Incoming, replace: bool, allowed: Sequence[Path]) -> Path:
    """Writes the file into its folder, whole or not at all; returns where it is.

    Raises UploadRefused where it cannot be used, where the folder is none of the allowed ones, and where a file of
    that name is there that was not to be replaced, or is another one by now.
    """
    if file.unusable:
        raise UploadRefused(f"{file.name} was not stored: {file.unusable}")
    folder = file.folder.resolve()
    target = folder / safe_name(file.name)
    if folder not in {one.resolve() for one in source_folders(allowed)} or target.parent != folder:
        raise UploadRefused(f"{file.folder} is no source folder; choose one of those that are configured")
    standing = _standing(folder, target.name)
    if standing != file.replaces:
        raise UploadRefused(f"{file.name} has been changed in the folder meanwhile; choose the file again")
    if standing and not replace:
        raise UploadRefused(f"{file.name} is there already; tick that it is to be replaced")
    _written(target, file.data, os.replace if standing else _without_replacing)
    return target


def _written(target: Path, data: bytes, put: Callable[[Path, Path], None]) -> None:
    fresh = target.with_name(f"{TEMPORARY}{secrets.token_hex(8)}")
    try:
        with fresh.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        put(fresh, target)
    except FileExistsError as error:
        raise UploadRefused(f"{target.name} has just been put there by somebody else; choose the file again") from error
    finally:
        fresh.unlink(missing_ok=True)


def _without_replacing(fresh: Path, target: Path) -> None:
    """Gives a file its name where nothing has it; a rename would replace."""
    try:
        target.hardlink_to(fresh)
    except FileExistsError:
        raise
    except OSError:  # a disk without hard links
        with suppress(FileNotFoundError):
            target.stat()
            raise FileExistsError(target) from None
        fresh.replace(target)
