"""Loads a TOML data file into its model, and turns what is wrong with it into a line and a remedy."""

import re
import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.types import MaterialError


class Strict(BaseModel):
    """Base of all models of data files: unknown keys are errors, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Model = TypeVar("Model", bound=Strict)


def load_toml(path: Path, model: type[Model]) -> Model:
    """The validated content of a TOML file. Raises MaterialError naming the line and the remedy."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise MaterialError(str(path), f"cannot be read ({error})", "restore the file or its permissions") from error
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        where = f"{path}:{line[1]}" if line else str(path)
        raise MaterialError(where, f"is not TOML ({error})", "correct that line") from error
    try:
        return model.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        standing = first["loc"][:-1] if first["type"] == "missing" else first["loc"]
        where = f"{path}:{_line_of(text, standing)}"
        key = ".".join(str(part) for part in first["loc"])
        if first["type"] == "extra_forbidden":
            raise MaterialError(where, f"unknown key {key!r}", "remove it or correct its spelling") from error
        if first["type"] == "missing":
            raise MaterialError(where, f"key {key!r} is missing", "add it") from error
        raise MaterialError(where, f"{key!r}: {first['msg']}", "correct the value") from error


def _line_of(text: str, location: tuple[int | str, ...]) -> int:
    """The line of the deepest key of a location that stands in the text; 1 where none does."""
    lines = text.splitlines()
    at = 0
    tables: list[str] = []
    for position, part in enumerate(location):
        if isinstance(part, int):
            continue
        tables.append(part)
        nth = location[position + 1] if position + 1 < len(location) else 0
        header = re.compile(rf"\s*\[{{1,2}}{re.escape('.'.join(tables))}\]{{1,2}}")
        headers = [number for number in range(at, len(lines)) if header.match(lines[number])]
        if headers:
            at = headers[nth] if isinstance(nth, int) and nth < len(headers) else headers[0]
            continue
        key = re.compile(rf"\s*\"?{re.escape(part)}\"?\s*=")
        at = next((number for number in range(at, len(lines)) if key.match(lines[number])), at)
    return at + 1
