"""Edits of the material: faults as they slip into a module, and harmless ones."""

import re
from collections.abc import Callable
from random import Random

from evals.areas import CERTAINTY, MATERIAL
from evals.mutations.types import Edit, MaterialChange, Modules, NothingToPlant

_BODY = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)  # all before it is front matter
_SECTION = re.compile(r"^## .*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_LARGER = {"nm": "µm", "days": "weeks", "weeks": "months", "months": "years"}
_WIDTH = 72  # columns of wrapped lines

Match = re.Match[str]

ROOM = """---
id: treatment-room
title: "The treatment room"
audience: clinicians
source:
  document: House rules of the clinic
  section: The treatment room
as_of: "2026"
review_by: 2027-12-31
version: 1
---
# The treatment room

## Light and chair

The lamp above the chair is switched on before a visitor sits down. The chair is wiped after each visitor, and its
height is set so that nobody has to bend.
"""


def _replaced(pattern: str, change: Callable[[Match], str]) -> Edit:
    """Changes one place below the front matter, drawn from all that match."""

    def edit(modules: Modules, chance: Random) -> Modules:
        places = [
            (name, match)
            for name, text in sorted(modules.items())
            for match in re.compile(pattern, re.MULTILINE | re.DOTALL).finditer(text, _body(text))
        ]
        if not places:
            raise NothingToPlant(f"no module holds {pattern!r}; leave this kind out with --kinds")
        name, match = chance.choice(places)
        text = modules[name]
        return {**modules, name: text[: match.start()] + change(match) + text[match.end() :]}

    return edit


def _body(text: str) -> int:
    front = _BODY.match(text)
    return front.end() if front else 0


def _without_module(modules: Modules, chance: Random) -> Modules:
    gone = chance.choice(sorted(modules))
    return {name: text for name, text in modules.items() if name != gone}


def _other_order(modules: Modules, chance: Random) -> Modules:
    """File names by which the modules are read from the last to the first."""
    return {f"{n:02}-{name}": modules[name] for n, name in enumerate(sorted(modules, reverse=True))}


def _added_section(modules: Modules, chance: Random) -> Modules:
    name = chance.choice(sorted(modules))
    text = "\n## Opening hours of the clinic\n\nThe reception opens at eight in the morning and closes at six.\n"
    return {**modules, name: modules[name].rstrip("\n") + "\n" + text}


def _added_module(modules: Modules, chance: Random) -> Modules:
    return {**modules, "treatment-room.md": ROOM}


def _wrapped(modules: Modules, chance: Random) -> Modules:
    """Paragraphs in lines of another length: every character moves, no word changes."""
    return {name: text[: _body(text)] + _in_lines(text[_body(text) :]) for name, text in modules.items()}


def _in_lines(text: str) -> str:
    shaped = ("#", "- ", "Evidence:")
    lines = [[line] if line.startswith(shaped) else _broken(line) for line in text.split("\n")]
    return "\n".join(part for line in lines for part in line)


def _broken(line: str) -> list[str]:
    rows = [""]
    for word in line.split(" "):
        if rows[-1] and len(rows[-1]) + len(word) >= _WIDTH:
            rows.append(word)
        else:
            rows[-1] = f"{rows[-1]} {word}".strip()
    return rows


def _slip(match: Match) -> str:
    word = match[0]
    return word[:3] + word[4] + word[3] + word[5:]


def _same(modules: Modules, chance: Random) -> Modules:
    return modules


FAULTS = (
    MaterialChange(
        "figure-changed", MATERIAL,
        _replaced(r"\b(\d+)–(\d+)(?= (?:nm|days|weeks|months)\b)", lambda m: f"{m[1]}–{2 * int(m[2])}"),
    ),
    MaterialChange(
        "unit-changed", MATERIAL, _replaced(r"(?<=\d )(?:nm|days|weeks|months)\b", lambda m: _LARGER[m[0]])
    ),
    MaterialChange("hedge-dropped", CERTAINTY, _replaced(r"\b(?:may|potentially) ", lambda m: "")),
    MaterialChange("negation-dropped", MATERIAL, _replaced(r"\bnon-(?=[a-z])|\bno (?=\w+-based)", lambda m: "")),
    MaterialChange("label-lifted", CERTAINTY, _replaced(r"^Evidence: preclinical$", lambda m: "Evidence: trial")),
    MaterialChange("section-lost", MATERIAL, _replaced(_SECTION.pattern, lambda m: "")),
    MaterialChange("document-lost", MATERIAL, _without_module),
)  # fmt: skip

HARMLESS = (
    MaterialChange("heading-reworded", None, _replaced(r"^## (?!Regulatory)[^\n:]+$", lambda m: f"{m[0]}, in short")),
    MaterialChange("files-in-another-order", None, _other_order),
    MaterialChange("section-on-a-new-topic", None, _added_section),
    MaterialChange("module-on-a-new-topic", None, _added_module),
    MaterialChange("lines-wrapped", None, _wrapped),
    MaterialChange(
        "typo-mended", None, _same, live=_replaced(r"(?<=[a-z]\. )[A-Z][a-z]{6,}\b", _slip)
    ),
)  # fmt: skip
