"""What the Library's tests share: a small material of its own, and rooms whose gate asks a few cases of it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from assembly import Assembly
from evals.gate import Gate
from evals.library import Places
from evals.library_desk import Library
from evals.types import Case
from index.build import Progress
from index.types import Signature
from tests.conftest import make_settings

HOSTILE = '<img src=x onerror="alert(1)">'
FRONT = """---
id: tendons
title: Tendons and loading
audience: clinicians
source:
  document: A book
  section: Tendons
as_of: "2025"
review_by: 2025-12-31
version: 1
---
"""
TENDONS = f"""{FRONT}# Tendons and loading

## Healing time

Evidence: trial

Tendons heal within six weeks after an injury. Rest comes first.

## Loading

Loading helps the healing of a tendon.
"""
SKIN = f"# Skin\n\nThe skin has an epidermis. {HOSTILE} The dermis holds collagen.\n"


def case(identity: str, question: str, must: str, section: str) -> Case:
    return Case(
        identity, (question,), ("answered",), ((must,),), (), (section,), None, None, (), (), "test", date(2026, 1, 1),
        "facts", "tuning",
    )  # fmt: skip


CASES = (
    case("how-soon", "How soon do tendons heal after an injury?", "six weeks", "Tendons"),
    case("what-helps", "What helps the healing of a tendon?", "loading", "Tendons"),
)


@dataclass
class Rooms(Assembly):
    """An assembly whose gate asks given cases, all of them."""

    cases: Sequence[Case] = field(default=CASES)

    def gate(self, progress: Progress = lambda done, total: None) -> Gate:
        gate = super().gate(progress)
        gate.given, gate.ask_all = self.cases, True
        return gate


def write_material(folder: Path) -> Path:
    """The material, and a file that cannot be read."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tendons.md").write_text(TENDONS, encoding="utf-8")
    (folder / "skin.md").write_text(SKIN, encoding="utf-8")
    (folder / "scan.pdf").write_bytes(b"%PDF")
    return folder


def write_built(folder: Path, embedder: object) -> Path:
    """The material with a live version, signed by Ada; whoever changes it takes a copy."""
    write_material(folder / "material")
    library = library_of(folder, embedder)
    with library.workshop.rooms() as rooms:
        version, _ = rooms.preview()
        rooms.promote("promote", version.version, Signature("Ada"))
    return folder


def library_of(folder: Path, embedder: object, cases: Sequence[Case] = CASES) -> Library:
    """A Library over `folder`/material, with all that is generated in `folder`/data; its gate asks these cases."""
    source = folder / "material"
    settings = make_settings(folder / "data", source)

    @contextmanager
    def work() -> Iterator[Rooms]:
        yield Rooms(settings, embedder, cases=cases)  # type: ignore[arg-type]  # a fake one does

    places = Places(settings.data_dir, settings.sources, settings.policy, settings.glossary)
    looked_at = Assembly(settings, embedder)  # type: ignore[arg-type]
    return Library(places, looked_at.clock, looked_at, work)
