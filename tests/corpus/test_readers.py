"""Sources become documents that keep their exact text, or are skipped with a reason."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from corpus.readers import FORMATS, TEXTS, read_file, read_markdown, read_sources, read_text
from corpus.types import Document, MaterialError, Skipped
from tests.conftest import WEB_PAGE

HEAD = """---
id: tendons
title: Tendons and platelets
audience: clinicians
source: {document: A short course, section: Biology}
as_of: "2024"
review_by: 2027-01-31
version: 1
---
"""
BODY = """# Tendons

Tendons join *muscle* to bone.

## Cells

Evidence: preclinical

The cells are the following:

- Tenocytes, which make
  collagen.
- Progenitors:
  - few in number.

A closing line.

| Cell | Share |
|---|---|
| Tenocyte | 90 % |
"""


@dataclass(frozen=True, slots=True)
class Words:
    """A block as a reader sees it."""

    role: str
    section: tuple[str, ...]
    list_number: int | None
    text: str


def words_of(document: Document) -> list[Words]:
    return [
        Words(b.role, document.sections[b.section].path, b.list_number, document.text[b.start : b.end])
        for b in document.blocks
    ]


MARKDOWN_WORDS = [
    Words("text", ("Tendons",), None, "Tendons join *muscle* to bone."),
    Words("lead", ("Tendons", "Cells"), 1, "The cells are the following:"),
    Words("item", ("Tendons", "Cells"), 1, "Tenocytes, which make\n  collagen."),
    Words("item", ("Tendons", "Cells"), 1, "Progenitors:"),
    Words("item", ("Tendons", "Cells"), 1, "few in number."),
    Words("text", ("Tendons", "Cells"), None, "A closing line."),
    Words("item", ("Tendons", "Cells"), None, "| Tenocyte | 90 % |"),
]


def test_markdown_blocks_lie_exactly_where_the_author_wrote_them() -> None:
    document = read_markdown(HEAD + BODY, "tendons.md")
    assert words_of(document) == MARKDOWN_WORDS
    assert (document.id, document.title, document.review_by) == ("tendons", "Tendons and platelets", date(2027, 1, 31))
    assert document.text == HEAD + BODY
    assert document.metadata == {
        "id": "tendons",
        "title": "Tendons and platelets",
        "audience": "clinicians",
        "source.document": "A short course",
        "source.section": "Biology",
        "as_of": "2024",
        "review_by": "2027-01-31",
        "version": "1",
    }


def test_windows_line_ends_stay_in_the_text_and_move_no_position() -> None:
    document = read_markdown((HEAD + BODY).replace("\n", "\r\n"), "tendons.md")
    expected = [Words(w.role, w.section, w.list_number, w.text.replace("\n", "\r\n")) for w in MARKDOWN_WORDS]
    assert words_of(document) == expected


def test_an_evidence_label_marks_its_section_and_is_no_block() -> None:
    document = read_markdown(HEAD + BODY, "tendons.md")
    assert [(s.path, s.evidence) for s in document.sections] == [
        ((), None), (("Tendons",), None), (("Tendons", "Cells"), "preclinical"),
    ]  # fmt: skip


def test_an_unknown_evidence_label_names_its_line_and_the_labels() -> None:
    with pytest.raises(MaterialError) as caught:
        read_markdown("# A\n\nEvidence: hearsay\n\nWords.\n", "a.md")
    assert str(caught.value) == (
        "a.md:3: unknown evidence label 'hearsay'; use one of trial, preclinical, regulatory, practice, general"
    )


def test_text_that_is_indented_for_the_eye_is_text() -> None:
    document = read_markdown("# A\n\n    (i) A device is tested.\n\n    (ii) It is labelled.\n", "a.md")
    assert [document.text[b.start : b.end] for b in document.blocks] == [
        "(i) A device is tested.",
        "(ii) It is labelled.",
    ]


def test_code_and_html_are_no_training_content() -> None:
    document = read_markdown("# A\n\n<div>Sold here.</div>\n\n```\ncode\n```\n\nWords.\n", "a.md")
    assert words_of(document) == [Words("text", ("A",), None, "Words.")]


def test_without_front_matter_the_first_heading_is_the_title_and_the_stem_the_id() -> None:
    document = read_markdown("# On **tendons**\n\nWords.\n", "folder/tendon-notes.md")
    assert (document.id, document.title, document.metadata) == ("tendon-notes", "On tendons", {})


FRONT_MATTER_FAULTS = {
    "a missing key": (
        HEAD.replace('as_of: "2024"\n', ""),
        "m.md:1: front matter lacks 'as_of'; add a line 'as_of: …'",
    ),
    "an unknown key": (
        HEAD.replace("version: 1", "versoin: 1"),
        "m.md:8: unknown key 'versoin'; use only id, title, audience, source, as_of, review_by, version",
    ),
    "a date that is none": (
        HEAD.replace("2027-01-31", "next spring"),
        "m.md:7: review_by 'next spring' is no date; write it as 2025-12-31",
    ),
    "a source without a section": (
        HEAD.replace(", section: Biology", ""),
        "m.md:5: source does not name a document and its section; give 'document:' and 'section:'",
    ),
    "YAML that does not parse": (
        HEAD.replace("title: Tendons", "title: [Tendons"),
        "m.md:4: front matter: expected ',' or ']', but got ':'; correct the YAML on that line",
    ),
    "no keys at all": (
        "---\njust words\n---\n",
        "m.md:2: front matter is not a list of keys; write lines of the form 'key: value'",
    ),
}


@pytest.mark.parametrize("case", FRONT_MATTER_FAULTS)
def test_broken_front_matter_is_named_with_its_line_and_a_remedy(case: str) -> None:
    text, message = FRONT_MATTER_FAULTS[case]
    with pytest.raises(MaterialError) as caught:
        read_markdown(text + BODY, "m.md")
    assert str(caught.value) == message


COURSE = "Platelet Preparations for Tendon Pain: A Short Course"
REPAIR, CARRY, MECHANISMS = "Biology of Tendon Repair", "What platelets carry", "Key mechanisms"


def test_a_plain_text_has_its_headings_lists_and_paragraphs_recognised() -> None:
    document = read_file(WEB_PAGE, WEB_PAGE.parent)
    assert isinstance(document, Document)
    assert (document.id, document.title) == ("tendon-clinic", COURSE)
    assert [(w.role, w.section, w.list_number, w.text[:24]) for w in words_of(document)] == [
        ("text", (COURSE,), None, "Platelet-rich plasma (PR"),
        ("text", (REPAIR,), None, "Platelets release growth"),
        ("lead", (REPAIR, CARRY), 1, "The granules of a restin"),
        ("item", (REPAIR, CARRY), 1, "Growth factors that attr"),
        ("item", (REPAIR, CARRY), 1, "Cytokines that shape inf"),
        ("item", (REPAIR, CARRY), 1, "Adhesion proteins such a"),
        ("item", (REPAIR, MECHANISMS), 2, "Angiogenesis in the firs"),
        ("item", (REPAIR, MECHANISMS), 2, "Matrix formation over se"),
        ("text", ("Elbow",), None, "In a randomized trial wi"),
        ("text", ("Knee",), None, "Small single-arm studies"),
        ("text", (REPAIR,), None, "Repeated loading thicken"),
        ("text", ("Conclusion",), None, "Platelet preparations ma"),
    ]


def test_a_repeated_heading_begins_a_section_of_its_own() -> None:
    document = read_file(WEB_PAGE, WEB_PAGE.parent)
    assert isinstance(document, Document)
    repeated = [number for number, section in enumerate(document.sections) if section.path == (REPAIR,)]
    filled = [number for number in repeated if any(block.section == number for block in document.blocks)]
    assert len(repeated) == 2
    assert filled == repeated


def test_banners_and_what_stands_under_them_are_left_out_with_their_lines() -> None:
    document = read_file(WEB_PAGE, WEB_PAGE.parent)
    assert isinstance(document, Document)
    lines = document.text.split("\n")
    left_out = [lines[int(s.where.removeprefix("tendon-clinic.txt:")) - 1] for s in document.skipped]
    assert left_out == [
        "Save up to 20% on Spring Courses",
        "Upcoming Training Dates",
        "Register now for our courses and be the first to know about new dates.",
        "• Join us online in June.",
        "Subscribe to our newsletter!",
    ]
    assert {s.reason for s in document.skipped} == {"banner or sign-up line, not training content"}


def test_lines_wrapped_by_hand_are_one_paragraph() -> None:
    document = read_text("A Heading\n\nTendons heal slowly.\nThey need months\nto do so.\n", "t.txt")
    assert [w.text for w in words_of(document)] == ["Tendons heal slowly.\nThey need months\nto do so."]


@pytest.mark.parametrize("bullet", ["•", "-", "*", "–", "1.", "2)", "(a)"])
def test_every_usual_bullet_begins_an_item(bullet: str) -> None:
    document = read_text(f"The parts of a tendon are:\n\n{bullet} Fibrils of collagen.\n", "t.txt")
    assert [(w.role, w.text) for w in words_of(document)][-1] == ("item", "Fibrils of collagen.")


def test_numbered_headings_nest_by_their_numbers() -> None:
    document = read_text("1 Tendons\n\n1.1 Cells\n\nTenocytes are cells.\n\n2 Bone\n\nBone is hard.\n", "t.txt")
    assert [w.section for w in words_of(document)] == [("1 Tendons", "1.1 Cells"), ("2 Bone",)]


def write(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": b"\xef\xbb\xbf# A\n\nWords.\n"})
    assert [d.text for d in read_sources([tmp_path])[0]] == ["# A\n\nWords.\n"]


def test_files_that_cannot_answer_are_skipped_with_the_reason(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "b.md": b"# B\n\nWords.\n",
            "empty.txt": b" \n",
            "headings.md": b"# Only\n\n## Headings\n",
            "old.doc": b"\xd0\xcf\x11\xe0",
            "picture.png": b"\x89PNG",
            "scan.pdf": b"%PDF-1.4",
            "zeros.txt": bytes(100),
        },
    )
    documents, skipped = read_sources([tmp_path])
    assert [d.id for d in documents] == ["b"]
    assert skipped == [
        Skipped("empty.txt", "is empty"),
        Skipped("headings.md", "holds headings or banners only, no sentence"),
        Skipped("old.doc", "files ending in .doc are not read; save it as .docx"),
        Skipped("picture.png", f"files ending in .png are not read; use {', '.join((*TEXTS, *FORMATS))}"),
        Skipped("scan.pdf", "is no PDF that can be opened; it may be damaged or cut off"),
        Skipped("zeros.txt", "is no text (it holds zero bytes); save it as UTF-8 text"),
    ]


def test_text_need_not_be_utf_8(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "Gewebe wächst über Wochen.".encode("latin-1")})
    assert [d.text for d in read_sources([tmp_path])[0]] == ["Gewebe wächst über Wochen."]


def test_a_huge_text_is_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.readers.MOST_TEXT", 100)
    write(tmp_path, {"a.txt": b"Tendons heal. " * 100})
    assert read_file(tmp_path / "a.txt", tmp_path) == Skipped("a.txt", "is larger than 0 MB; split it")


def test_a_file_without_permission_is_skipped_with_the_reason(tmp_path: Path) -> None:
    path = write(tmp_path, {"a.md": b"# A\n\nWords.\n"}) / "a.md"
    path.chmod(0)
    try:
        path.read_bytes()
        pytest.skip("this user may read every file")
    except PermissionError:
        assert read_file(path, tmp_path) == Skipped("a.md", "cannot be read (Permission denied); check its permissions")


def test_documents_of_one_id_get_their_folder_in_front(tmp_path: Path) -> None:
    write(tmp_path, {f"{folder}/intro.md": f"# {folder}\n\nWords.\n".encode() for folder in ("knee", "elbow")})
    assert [d.id for d in read_sources([tmp_path])[0]] == ["elbow/intro", "knee/intro"]


def test_documents_alike_even_in_their_folder_go_by_their_path(tmp_path: Path) -> None:
    write(tmp_path, {f"{year}/knee/intro.md": f"# {year}\n\nWords.\n".encode() for year in ("2024", "2025")})
    assert [d.id for d in read_sources([tmp_path])[0]] == ["2024/knee/intro.md", "2025/knee/intro.md"]


def test_a_missing_source_says_so_and_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(MaterialError) as caught:
        read_sources([tmp_path / "nowhere"])
    assert str(caught.value) == f"{tmp_path}/nowhere: source not found; name an existing folder or file with --source"


def test_one_file_may_be_a_source() -> None:
    documents, skipped = read_sources([WEB_PAGE])
    assert ([d.source for d in documents], skipped) == (["tendon-clinic.txt"], [])
