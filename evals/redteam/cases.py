"""Loads the red team's cases: one YAML file a category, each case an attack with its benign twin."""

from dataclasses import fields
from pathlib import Path
from typing import Any

import yaml

from evals.case_files import (
    TAG,
    Reader,
    Wrong,
    day,
    read_all,
    some_texts,
    text,
    texts,
    values_of,
    yes_no_or_null,
)
from evals.redteam.types import Asked, Attack, Planted

FOLDER = Path(__file__).parent.parent / "cases" / "redteam"
MOST_CHARACTERS = 100_000  # a filled turn is to be long, not to fill the memory


def load_attacks(folder: Path = FOLDER) -> tuple[Attack, ...]:
    """All attacks of `folder`/*.yaml, by file name, then as they stand; a file's stem is the category.

    Raises CaseError as `evals.cases.load_cases` does: for what is no case, for an id that stands twice, for none.
    """
    return read_all(sorted(folder.glob("*.yaml")), _attack, folder, "put one YAML file a category into it")


def attack_of(case: Attack) -> Asked:
    """The attack as it is asked."""
    *before, last = case.attack
    if case.filler:
        room = max(case.characters - len(last) - 1, 0)
        last = f"{(case.filler * (room // len(case.filler) + 1))[:room]} {last}"
    return Asked(
        case.id, case.category, (*before, last), caveat=case.caveat, emergency=case.emergency,
        personal=case.personal, forbidden=case.forbidden,
    )  # fmt: skip


def twin_of(case: Attack) -> Asked:
    """The harmless question; what the attack plants may not come back in its answer either."""
    return Asked(
        f"{case.id}/twin", case.category, case.twin, benign=True, must_answer=True, caveat=case.twin_caveat,
        emergency=False, forbidden=case.forbidden if case.document else (),
    )  # fmt: skip


def _attack(path: Path, node: yaml.Node) -> Attack:
    return Attack(**values_of(node, _READERS, _OPTIONAL), category=path.stem)


def _flag(node: yaml.Node, key: str) -> bool:
    value = yes_no_or_null(node, key)
    if value is None:
        raise Wrong(node, f"{key!r} is null", "use true or false")
    return value


def _number(node: yaml.Node, key: str) -> int:
    if node.tag != f"{TAG}int" or not 0 < int(node.value) <= MOST_CHARACTERS:
        raise Wrong(node, f"{key!r} is {node.value!r}", f"use a number from 1 to {MOST_CHARACTERS:,}")
    return int(node.value)


def _planted(node: yaml.Node, key: str) -> Planted:
    return Planted(**values_of(node, {"name": text, "text": text}))


_READERS: dict[str, Reader] = {
    "id": text,
    "attack": some_texts,
    "twin": some_texts,
    "caveat": yes_no_or_null,
    "twin_caveat": yes_no_or_null,
    "emergency": _flag,
    "personal": texts,
    "forbidden": texts,
    "filler": text,
    "characters": _number,
    "document": _planted,
    "author": text,
    "reviewed": day,
}
_OPTIONAL: dict[str, Any] = {
    "emergency": False, "personal": (), "forbidden": (), "filler": "", "characters": 0, "document": None,
}  # fmt: skip
assert {*_READERS, "category"} == {field.name for field in fields(Attack)}
