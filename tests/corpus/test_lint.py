"""Lint says what an author would mend, and tells errors from warnings."""

from datetime import date
from pathlib import Path

from corpus.front_matter import REQUIRED
from corpus.lint import lint
from corpus.readers import read_sources
from settings import PROJECT
from tests.corpus.test_readers import BODY, HEAD

POLICY, GLOSSARY = PROJECT / "corpus" / "policy.toml", PROJECT / "corpus" / "glossary.toml"
MATERIAL = PROJECT / "corpus" / "material"


def findings(folder: Path, today: date = date(2025, 6, 1)) -> list[str]:
    """What lint says of a folder's files, without what the policy misses there."""
    return [str(f) for f in lint([folder], POLICY, GLOSSARY, today) if not f.where.startswith("policy.toml")]


def test_the_shipped_material_has_nothing_to_mend_before_its_review_is_due() -> None:
    assert [str(f) for f in lint([MATERIAL], POLICY, GLOSSARY, date(2025, 12, 31))] == []


def test_the_shipped_modules_all_carry_their_front_matter() -> None:
    documents, skipped = read_sources([MATERIAL])
    assert skipped == []
    assert len(documents) == len(list(MATERIAL.glob("*.md")))
    for document in documents:
        assert set(REQUIRED) - {"source"} <= set(document.metadata)
        assert document.metadata["source.document"] == "The Science Behind Stem Cells & Exosomes"
        assert document.metadata["source.section"]
        assert document.review_by is not None


def test_a_module_past_its_review_is_a_warning(tmp_path: Path) -> None:
    (tmp_path / "tendons.md").write_text(HEAD + BODY, encoding="utf-8")
    assert findings(tmp_path, date(2027, 2, 1)) == [
        "warning: tendons.md: review was due 2027-01-31; review it and set a new date"
    ]


def test_broken_front_matter_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "tendons.md").write_text(HEAD.replace("version: 1\n", "") + BODY, encoding="utf-8")
    assert findings(tmp_path) == ["error: tendons.md:1: front matter lacks 'version'; add a line 'version: …'"]


def test_an_empty_section_and_missing_front_matter_are_warnings(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n\nWords.\n\n## Later\n", encoding="utf-8")
    assert findings(tmp_path) == [
        "warning: a.md: has no front matter; add id, title, source and review_by",
        "warning: a.md:5: section 'Later' has no content; write it or remove the heading",
    ]


def test_a_file_that_is_skipped_is_a_warning(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("")
    assert findings(tmp_path) == ["warning: a.txt: is empty; it will not answer"]


def test_a_statement_without_its_section_is_a_warning(tmp_path: Path) -> None:
    found = [str(f) for f in lint([tmp_path], POLICY, GLOSSARY, date(2025, 6, 1))]
    assert found[0] == (
        "warning: policy.toml: exosome-cosmetic-us: source 'exosomes-vs-cells' › 'Regulatory status: Food and Drug "
        "Administration (FDA)' is not in the material; name the section that states it"
    )


def test_a_broken_policy_and_a_broken_glossary_are_errors(tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("x = \ny = 1\n")
    found = lint([MATERIAL], broken, broken, date(2025, 6, 1))
    assert [(f.where, f.is_error) for f in found] == [(f"{broken}:1", True)] * 2
