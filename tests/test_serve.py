"""How `caveat serve` starts the page."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from streamlit.web import bootstrap

from cli import main

PROJECT = Path(__file__).resolve().parent.parent
ITS_OWN = ("server.port", "server.address", "server.headless")  # options that the command line gives


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The options that Streamlit is given, once the command has run; nothing is served."""
    options: dict[str, Any] = {}
    monkeypatch.setattr(bootstrap, "load_config_options", lambda flag_options: options.update(flag_options))
    monkeypatch.setattr(bootstrap, "run", lambda *_: None)
    return options


def test_it_sets_what_the_projects_own_configuration_sets(given: dict[str, Any]) -> None:
    assert CliRunner().invoke(main, ["serve", "--port", "8600"]).exit_code == 0
    sections = tomllib.loads((PROJECT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    set_there = {f"{section}.{name}": value for section, values in sections.items() for name, value in values.items()}
    assert {name: value for name, value in given.items() if name not in ITS_OWN} == set_there
    assert (given["server.port"], given["server.address"], given["server.headless"]) == (8600, "127.0.0.1", False)


def test_it_says_where_the_page_is_and_streamlit_offers_nothing(given: dict[str, Any]) -> None:
    said = CliRunner().invoke(main, ["serve"]).output
    assert "http://127.0.0.1:8501" in said
    assert given["logger.hideWelcomeMessage"] is True
