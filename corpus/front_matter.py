"""The YAML head of a training module, validated, with the line of whatever is wrong."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml

from corpus.types import MaterialError

REQUIRED = ("id", "title", "audience", "source", "as_of", "review_by", "version")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a module says about itself; all empty where a file has no front matter."""

    id: str = ""
    title: str = ""
    review_by: date | None = None
    values: dict[str, Any] = field(default_factory=dict)

    def flat(self) -> dict[str, str]:
        """Every value as text, nested keys joined by a dot."""
        flat: dict[str, str] = {}
        for key, value in self.values.items():
            if isinstance(value, dict):
                flat |= {f"{key}.{inner}": str(words) for inner, words in value.items()}
            else:
                flat[key] = str(value)
        return flat


def parse_front_matter(block: str, name: str) -> FrontMatter:
    """Reads the lines between the `---` marks of the file `name`.

    Raises MaterialError, naming the line, for YAML that does not parse, a missing or unknown key, and a value of
    the wrong kind.
    """
    try:
        node = yaml.compose(block, Loader=yaml.SafeLoader)
        values = yaml.safe_load(block)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = (mark.line if mark else 0) + 2  # the block starts on the file's second line
        problem = getattr(error, "problem", None) or "does not parse"
        raise MaterialError(f"{name}:{line}", f"front matter: {problem}", "correct the YAML on that line") from error
    if not isinstance(values, dict) or node is None:
        raise MaterialError(f"{name}:2", "front matter is not a list of keys", "write lines of the form 'key: value'")
    lines = {key.value: key.start_mark.line + 2 for key, _ in node.value}
    for key in values:
        if key not in REQUIRED:
            raise MaterialError(f"{name}:{lines[key]}", f"unknown key {key!r}", f"use only {', '.join(REQUIRED)}")
    for key in REQUIRED:
        if not values.get(key):
            raise MaterialError(f"{name}:1", f"front matter lacks {key!r}", f"add a line '{key}: …'")
    _check_kinds(values, lines, name)
    return FrontMatter(str(values["id"]), str(values["title"]), values["review_by"], values)


def _check_kinds(values: dict[str, Any], lines: dict[str, int], name: str) -> None:
    if not isinstance(values["review_by"], date):
        where = f"{name}:{lines['review_by']}"
        raise MaterialError(where, f"review_by {values['review_by']!r} is no date", "write it as 2025-12-31")
    source = values["source"]
    if not isinstance(source, dict) or set(source) != {"document", "section"}:
        where = f"{name}:{lines['source']}"
        raise MaterialError(where, "source does not name a document and its section", "give 'document:' and 'section:'")
