"""The acceptance check reports what a reader would find wrong."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from evals.acceptance import Caveat, CommandFailed, report, source_section
from evals.types import Case, Result

CASE = Case(
    id="size", turns=("Exosomes.", "How big?"), status=("answered",), must=(), must_not=(), sections=(), caveat=False,
    polarity=None, names=(), tags=(), author="A team", reviewed=date(2026, 11, 23), kind="facts", set="tuning",
)  # fmt: skip


def test_a_source_section_is_the_front_matters() -> None:
    text = "---\r\nid: a\r\nsource:\r\n  document: Book\r\n  section: 'Größe: one'\r\n---\r\n# A\r\n"
    assert source_section(text.encode()) == "Größe: one"
    assert source_section(b"---\nid: a\n---\n# A\n") is None
    assert source_section(b"# A\n\n---\nsource: {section: b}\n---\n") is None


def test_a_report_names_the_wrong_and_counts_by_kind() -> None:
    results = [
        Result(CASE, (), {"citations": [{}, {}], "caveats": []}),
        Result(replace(CASE, id="early"), ("caveat in excess", "has x"), {"citations": [{}], "caveats": [{}]}),
        Result(replace(CASE, id="fda", kind="yesno", caveat=True), (), {"citations": [], "caveats": [{}]}),
    ]
    assert report(results, different=0) == [
        "WRONG early (facts) 'Exosomes. > How big?': caveat in excess; has x",
        "",
        "kind           right    n",
        "facts              1    2",
        "yesno              1    1",
        "",
        "right: 2 of 3, 66.7% (95 % interval 20.8% to 93.9%; Wilson)",
        "caveats: missed 0 of 1, in excess 1 of 2",
        "quotes: 3 checked, 0 differ from the source's bytes",
    ]


def test_a_command_that_fails_is_named_with_its_exit_code(tmp_path: Path) -> None:
    with pytest.raises(CommandFailed, match=r"'caveat index build --source .*nowhere' ended with 3"):
        Caveat(tmp_path / "data").build(tmp_path / "nowhere")


@pytest.mark.slow
def test_the_command_is_asked_in_its_own_data_directory(tmp_path: Path) -> None:
    (tmp_path / "sizes.md").write_text("# Sizes\n\n## Size\n\nExosomes measure 30–150 nm.\n", encoding="utf-8")
    caveat = Caveat(tmp_path / "data")
    assert "1 documents" in caveat.build(tmp_path / "sizes.md")
    [answer] = caveat.ask([replace(CASE, turns=("How big are exosomes?",))])
    assert answer["status"] == "answered"
    [citation] = answer["citations"]
    assert caveat.text_of(citation["document_id"]) == (tmp_path / "sizes.md").read_bytes()
    assert caveat.text_of("other") is None
    assert caveat.sections_of(citation) == ("Sizes", "Size")
