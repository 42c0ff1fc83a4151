"""The sources are linted beside the page, and again after an edit."""

import time
from pathlib import Path

import pytest

from evals.library import Places
from evals.library_check import Checked, Checks
from settings import PROJECT
from tests.conftest import TODAY
from tests.evals.library_rooms import write_material


@pytest.fixture
def places(tmp_path: Path) -> Places:
    corpus = PROJECT / "corpus"
    source = write_material(tmp_path / "material")
    return Places(tmp_path / "data", (source,), corpus / "policy.toml", corpus / "glossary.toml")


def finished(checks: Checks) -> Checked:
    while not (now := checks.now()).done:
        time.sleep(0.01)
    return now


def test_findings_come_after_a_while_and_follow_the_files(places: Places) -> None:
    checks = Checks(places, lambda: TODAY)
    assert checks.now() == Checked(done=False)
    before = finished(checks)
    assert "tendons.md" in {finding.where for finding in before.findings}
    path = places.sources[0] / "tendons.md"
    path.write_text(path.read_text(encoding="utf-8").replace("2025-12-31", "2030-12-31"), encoding="utf-8")
    assert checks.now() == Checked(before.findings, done=False)  # the old ones are shown meanwhile
    assert "tendons.md" not in {finding.where for finding in finished(checks).findings}


def test_a_source_that_is_missing_is_one_line(places: Places) -> None:
    missing = Places(places.data_dir, (places.sources[0] / "none",), places.policy, places.glossary)
    assert finished(Checks(missing, lambda: TODAY)).error.endswith(
        "source not found; name an existing folder or file with --source"
    )
