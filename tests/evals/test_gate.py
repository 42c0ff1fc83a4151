"""The gate on the shipped material: what is planted is stopped and named, what is harmless passes."""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assembly import Assembly
from evals.asking import Remembering
from evals.cases import load_cases
from evals.gate import Gate
from evals.gate_rules import load_rules
from index.embedding import MiniLM
from index.types import BuildReport, Signature, Verdict
from settings import PROJECT
from tests.conftest import make_settings

pytestmark = pytest.mark.slow
MATERIAL = PROJECT / "corpus" / "material"
GLOW, LATER = "within 7–10 days", "within 14–21 days"
LOGISTICS = "\n## Intervals between sessions\n\nSessions of exosome therapies are given at intervals of 8–10 weeks.\n"
SKIN = (
    "\n## Layers of the skin\n\nThe skin has an epidermis, a dermis and a subcutis. Keratinocytes form the epidermis.\n"
)


class Clinic:
    """The shipped material in a folder of its own, its live version, and a gate that asks few of the shipped cases."""

    def __init__(self, folder: Path, embedder: MiniLM) -> None:
        self.source = folder / "material"
        self.assembly = Assembly(make_settings(folder / "data", self.source), embedder, check=self._check)
        self.questions = Remembering(embedder)  # embedded once for all builds
        shipped = load_cases(sets=("tuning",))
        self.cases = [case for n, case in enumerate(shipped) if n % 80 == 0 or "figure" in case.tags]
        self.restore()
        self.first = self.assembly.build().version

    def restore(self) -> None:
        shutil.rmtree(self.source, ignore_errors=True)
        shutil.copytree(MATERIAL, self.source)

    @property
    def gate(self) -> Gate:
        gate = self.assembly.gate()
        gate.given, gate.rules = self.cases, load_rules().model_copy(update={"every": 1})
        gate.embedder = self.questions
        return gate

    def _check(self, staged: str, live: str | None) -> Verdict:
        return self.gate(staged, live)

    def plant(self, name: str, change: Callable[[str], str]) -> BuildReport:
        """Changes a module and builds."""
        path = self.source / f"{name}.md"
        text = path.read_text(encoding="utf-8")
        assert change(text) != text
        path.write_text(change(text), encoding="utf-8")
        return self.assembly.build()

    def stopped(self, report: BuildReport) -> list[str]:
        """What the gate named, without the words; the live version is the first one as ever."""
        assert (report.promoted, self.assembly.versions.live()) == (False, self.first)
        return [line.removeprefix("STOPPED ") for line in report.verdict if line.startswith("STOPPED")]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM) -> Clinic:
    return Clinic(tmp_path_factory.mktemp("clinic"), embedder)


@pytest.fixture
def clinic(built: Clinic) -> Iterator[Clinic]:
    built.restore()
    cases = built.cases
    yield built
    built.cases = cases
    if built.assembly.versions.live() != built.first:
        built.assembly.versions.promote(built.first, "rollback", Signature("test"))


def without(heading: str) -> Callable[[str], str]:
    return lambda text: re.sub(rf"\n## {re.escape(heading)}\n.*?(?=\n## |\Z)", "", text, flags=re.DOTALL)


def test_a_changed_number_is_stopped_with_its_cases_and_answers(clinic: Clinic) -> None:
    report = clinic.plant("clinical-evidence", lambda text: text.replace(GLOW, LATER))
    named = clinic.stopped(report)
    assert named[0].startswith(
        "(figure): clinical-evidence › When early improvements and structural changes appear: a figure changed, and "
    )
    shown = "\n".join(report.verdict)
    assert "often come within 7–10 days." in shown
    assert "often come within [-7–10-] {+14–21+} days." in shown
    assert "stale labels: " in shown


def test_a_trainer_changes_the_case_and_the_new_number_goes_live(clinic: Clinic) -> None:
    clinic.plant("clinical-evidence", lambda text: text.replace(GLOW, LATER))
    asks_figure = [case for case in clinic.cases if any("7" in group[0] and "10" in group[0] for group in case.must)]
    assert asks_figure
    changed = [replace(case, must=(("14-21 days",),), must_not=()) for case in asks_figure]
    clinic.cases = [case for case in clinic.cases if case not in asks_figure] + changed
    report = clinic.assembly.build()
    assert report.promoted, report.verdict
    assert (
        "note: clinical-evidence › When early improvements and structural changes appear: a figure changed, as a case"
        in "\n".join(report.verdict)
    )
    (seen,) = {p.seen for p in clinic.assembly.versions.promotions() if p.version == report.version}
    assert seen.startswith(f"against {clinic.first}: right: ")
    assert re.search(r"; run \d{8}T\d{6}-\w+-\w+$", seen)


def test_a_changed_number_can_be_signed_with_a_reason(clinic: Clinic) -> None:
    clinic.plant("clinical-evidence", lambda text: text.replace(GLOW, LATER))
    report = clinic.assembly.build(signature=Signature("Ada", "new study"))
    last = clinic.assembly.versions.promotions()[-1]
    assert (report.promoted, last.by, last.reason, last.version) == (True, "Ada", "new study", report.version)
    assert last.seen.startswith(f"against {clinic.first}: stopped by figure at clinical-evidence")
    assert "early" not in last.seen  # no words of the material: they may be withdrawn


@pytest.mark.parametrize(
    ("module", "heading"),
    [
        ("exosomes-vs-cells", "Regulatory status: Food and Drug Administration (FDA)"),
        ("exosomes-vs-cells", "Active gaps in exosome-based cosmetic therapies"),
    ],
)
def test_a_deleted_caveat_section_is_stopped(clinic: Clinic, module: str, heading: str) -> None:
    report = clinic.plant(module, without(heading))
    assert any(line.startswith(f"(policy): {module} › {heading}: policy") for line in clinic.stopped(report))


def test_a_section_that_contradicts_another_is_stopped_with_both(clinic: Clinic) -> None:
    report = clinic.plant("skin-biology", lambda text: text + LOGISTICS)
    assert (
        "(contradiction): skin-biology › Intervals between sessions: contradicts practical-notes › Patient selection, "
        "sessions and maintenance (the figures differ)"
    ) in clinic.stopped(report)
    assert any(
        line.endswith("multi-session protocols at intervals of 4–6 weeks, with maintenance (6–12 months).")
        for line in report.verdict
    )


@pytest.mark.parametrize(
    ("module", "change"),
    [
        ("exosomes", lambda text: text.replace("## Cargo: what exosomes contain", "## The cargo of exosomes")),
        ("skin-biology", lambda text: text + SKIN),
    ],
    ids=["wording of a heading", "new section"],
)
def test_harmless_edits_pass(clinic: Clinic, module: str, change: Callable[[str], str]) -> None:
    report = clinic.plant(module, change)
    assert (report.promoted, clinic.assembly.versions.live()) == (True, report.version), report.verdict


def test_nothing_is_asked_where_nothing_changed_or_nobody_wrote_cases(clinic: Clinic, tmp_path: Path) -> None:
    same = clinic.assembly.build()
    assert (same.promoted, same.verdict) == (True, ())
    (tmp_path / "tendons.md").write_text("# Tendons\n\nTendons mend in 6 weeks.\n", encoding="utf-8")
    other = clinic.assembly.build([tmp_path])
    assert other.promoted, other.verdict
    (tmp_path / "tendons.md").write_text("# Tendons\n\nTendons mend in 9 weeks.\n", encoding="utf-8")
    edited = clinic.assembly.build([tmp_path])
    assert (edited.promoted, edited.verdict) == (True, ())
