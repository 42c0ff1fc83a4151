"""What is installed is the whole of the project."""

import tomllib

import pytest

import settings

BUILD = tomllib.loads((settings.PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]


@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_every_module_at_the_top_is_packed(kind: str) -> None:
    modules = {path.name for path in settings.PROJECT.glob("*.py")}
    assert modules <= set(BUILD["targets"][kind]["only-include"])
