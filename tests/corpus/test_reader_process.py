"""A file that hangs, grows or breaks its reader is skipped with its reason, and the next one is read."""

import json
from datetime import date
from pathlib import Path

import pytest

from corpus.passages import passages_of
from corpus.reader_process import ReaderProcess
from corpus.readers import read_file, read_sources
from corpus.types import Document, MaterialError, Skipped
from settings import PROJECT
from tests.corpus.files import lines, pdf, zipped

MODULE = PROJECT / "corpus" / "material" / "exosomes.md"
DOCUMENTS = PROJECT.parent / "shared" / "data" / "documents"


def test_a_document_crosses_whole(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf", [lines("Tendons", size=18) + lines("Tendons heal.", top=690)])
    with ReaderProcess() as apart:
        assert apart.read(MODULE, MODULE.parent) == read_file(MODULE, MODULE.parent)
        assert apart.read(path, tmp_path) == read_file(path, tmp_path)
        read = apart.read(MODULE, MODULE.parent)
    assert isinstance(read, Document)
    assert isinstance(read.review_by, date)
    assert passages_of(read)[0].sentences


def test_broken_front_matter_is_raised_as_it_is_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n\nEvidence: hearsay\n\nWords.\n", encoding="utf-8")
    with ReaderProcess() as apart, pytest.raises(MaterialError, match=r"a\.md:3: unknown evidence label"):
        apart.read(tmp_path / "a.md", tmp_path)


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("while True: pass", "takes longer than 5 seconds to read; split it, or save it anew"),
        ("bytearray(10**10)", "needs more than 1,024 MB to read; split it, or take out its pictures"),
        (
            "import os; os.kill(os.getpid(), 11)",
            "makes its reader break down; it is damaged, or far too large: save it anew",
        ),
        (
            "raise ZeroDivisionError",
            "cannot be read (ZeroDivisionError in its reader); it may be damaged: save it anew",
        ),
        ("print('noise')", "is no PDF that can be opened; it may be damaged or cut off"),
    ],
)
def test_a_reader_that_misbehaves_is_ended_and_the_next_file_is_read(
    tmp_path: Path, code: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process runs a reader of PDF that does this to a file named bad.pdf."""
    monkeypatch.setattr("corpus.reader_process.COMMAND", ["-c", BAD.format(code=code, folder=str(PROJECT))])
    (tmp_path / "bad.pdf").write_bytes(b"%PDF")
    good = pdf(tmp_path / "good.pdf", [lines("Tendons heal.")])
    with ReaderProcess(seconds=5.0 if "while" in code else 60.0) as apart:
        assert apart.read(tmp_path / "bad.pdf", tmp_path) == Skipped("bad.pdf", reason)
        read = apart.read(good, tmp_path)
    assert isinstance(read, Document)
    assert read.text == "Tendons heal."


BAD = """
import sys
sys.path.insert(0, {folder!r})
from corpus.formats import pdf
read = pdf.read
def misbehave(path):
    if path.name == "bad.pdf":
        {code}
    return read(path)
pdf.read = misbehave
import corpus.reading
corpus.reading.main()
"""


def test_one_bad_file_does_not_end_a_build(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n\nWords.\n", encoding="utf-8")
    zipped(tmp_path / "b.docx", {"word/document.xml": "<broken"})
    pdf(tmp_path / "c.pdf", [lines("Tendons heal.")])
    documents, skipped = read_sources([tmp_path])
    assert [d.id for d in documents] == ["a", "c"]
    assert [s.where for s in skipped] == ["b.docx"]


@pytest.mark.skipif(not DOCUMENTS.is_dir(), reason="the folder of real files is not here")
def test_real_files_are_each_read_or_skipped_with_a_reason() -> None:
    manifest = (DOCUMENTS / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
    names = {json.loads(line)["file"] for line in manifest}
    with ReaderProcess() as apart:
        read = {name: apart.read(DOCUMENTS / name, DOCUMENTS) for name in sorted(names)}
    skipped = {name: one.reason for name, one in read.items() if isinstance(one, Skipped)}
    assert len(read) == 32
    assert {name.partition("__")[2] for name in skipped} == {
        "ocr_test_rotated_90.pdf", "powerpoint_bad_text.pptx", "GHOSTSCRIPT-698804-1-fuzzed.pdf", "scan-bad.pdf",
        "file2_attachANotB.doc", "testPPT_protected_passtika.pptx", "testWORD_truncated.docx", "empty.txt",
        "loremipsum-flat.pdf",
    }  # fmt: skip
    pages = {
        name.partition("__")[2]: one.pages[-1][1]
        for name, one in read.items()
        if isinstance(one, Document) and one.pages
    }
    assert pages["DA-619p.pdf"] == 619
    assert pages["layout-parser-paper-with-empty-pages.pdf"] == 4
    assert pages["tracemonkey.pdf"] == 14


def test_a_time_limit_is_no_limit_on_the_next_file(tmp_path: Path) -> None:
    with ReaderProcess(seconds=30.0) as apart:
        for _ in range(3):
            assert isinstance(apart.read(MODULE, MODULE.parent), Document)
