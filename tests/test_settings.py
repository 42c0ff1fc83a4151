"""Settings come from the environment first, then caveat.toml, then the defaults."""

import os
from datetime import date
from pathlib import Path

import pytest

from settings import PROJECT, SettingsError, go_offline, load_settings


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_without_any_setting_the_shipped_material_is_read() -> None:
    settings = load_settings()
    assert settings.sources == (PROJECT / "corpus" / "material",)
    assert settings.policy == PROJECT / "corpus" / "policy.toml"
    assert settings.glossary == PROJECT / "corpus" / "glossary.toml"
    assert settings.today is None
    assert PROJECT not in settings.data_dir.parents


def test_the_environment_outweighs_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "caveat.toml").write_text('data_dir = "from-file"\ntoday = 2025-01-02\nsources = ["a", "b"]\n')
    monkeypatch.setenv("CAVEAT_DATA_DIR", "/from/environment")
    settings = load_settings()
    assert (settings.data_dir, settings.today) == (Path("/from/environment"), date(2025, 1, 2))
    assert settings.sources == (Path("a"), Path("b"))


def test_several_sources_are_separated_as_paths_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAVEAT_SOURCES", os.pathsep.join(("/one", "~/two")))
    assert load_settings().sources == (Path("/one"), Path.home() / "two")


def test_an_unknown_setting_is_refused_with_the_known_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAVEAT_DATADIR", "/x")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert str(caught.value).startswith("environment: unknown setting 'datadir'; use one of cases, chat_model, ")


def test_an_unknown_setting_in_the_file_is_refused(folder: Path) -> None:
    (folder / "caveat.toml").write_text('colour = "red"\n')
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert str(caught.value).startswith("caveat.toml: unknown setting 'colour'; use one of ")


def test_a_file_that_is_no_toml_is_refused(folder: Path) -> None:
    (folder / "caveat.toml").write_text("colour = \n")
    with pytest.raises(SettingsError, match=r"^caveat\.toml: .* line 1.*; correct the file$"):
        load_settings()


def test_a_day_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAVEAT_TODAY", "tomorrow")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert str(caught.value) == "environment: today 'tomorrow' is no date; write it as 2025-12-31"


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://", "postgresql:///caveat", "postgresql://ann@db.example/caveat", "postgresql://[::1]:5432/caveat",
        "postgresql://ann:p%40ss%2Fword@one:5432,two:5433/caveat?sslmode=verify-full&host=/run/postgresql",
    ],
)  # fmt: skip
def test_conversations_are_kept_in_a_database_that_is_named(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    assert load_settings().database == ""
    monkeypatch.setenv("CAVEAT_DATABASE", address)
    assert load_settings().database == address


@pytest.mark.parametrize(
    "address",
    [
        "mysql://ann:sesame@host/name", "sesame", "postgresql://ann:ses@me@host/name", "postgresql://ann:sesame",
        "postgresql://ann:s/sesame@host/name", "postgresql://ann:s?sesame@host/name", "postgresql://ann:%sesame@host/x",
        "postgresql://ann:s#sesame@host/name", "host=h password=sesame",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused_in_one_line_that_does_not_repeat_it(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("CAVEAT_DATABASE", address)
    with pytest.raises(SettingsError, match=r"^environment: database is no address of PostgreSQL; write") as told:
        load_settings()
    assert "sesame" not in str(told.value)


def test_settings_that_are_printed_hold_no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAVEAT_DATABASE", "postgresql://ann:sesame@host/name")
    assert "sesame" not in repr(load_settings())


def test_going_offline_reaches_every_library(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "ANONYMIZED_TELEMETRY", "LANGSMITH_TRACING"):
        monkeypatch.delenv(name, raising=False)
    go_offline()
    assert os.environ["HF_HUB_OFFLINE"] == os.environ["TRANSFORMERS_OFFLINE"] == "1"
    assert os.environ["ANONYMIZED_TELEMETRY"] == "False"
    tracing = ("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING", "LANGCHAIN_TRACING_V2")
    assert {os.environ[name] for name in tracing} == {"false"}


def test_no_chat_model_is_set_unless_somebody_sets_one(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (load_settings().chat_model, load_settings().chat_url) == ("", "")
    (folder / "caveat.toml").write_text('chat_model = "ollama:llama3"\nchat_tokens = 200\n')
    monkeypatch.setenv("CAVEAT_CHAT_URL", "http://127.0.0.1:11434")
    read = load_settings()
    assert (read.chat_model, read.chat_tokens, read.chat_url) == ("ollama:llama3", 200, "http://127.0.0.1:11434")


@pytest.mark.parametrize("value", ["0", "-3", "many", "1.5"])
def test_a_limit_that_is_no_whole_number_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("CAVEAT_CHAT_TOKENS", value)
    with pytest.raises(SettingsError, match=r"chat_tokens .* write it as 300"):
        load_settings()


@pytest.mark.parametrize(("value", "offered"), [("off", False), ("on", True), ("False", False), ("1", True)])
def test_the_library_can_be_taken_out(monkeypatch: pytest.MonkeyPatch, value: str, offered: bool) -> None:
    assert load_settings().library
    monkeypatch.setenv("CAVEAT_LIBRARY", value)
    assert load_settings().library is offered


def test_a_switch_that_is_neither_on_nor_off_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAVEAT_LIBRARY", "perhaps")
    with pytest.raises(SettingsError, match=r"^environment: library 'perhaps' is neither on nor off; write"):
        load_settings()


def test_a_switch_in_the_file_is_a_truth_value(folder: Path) -> None:
    (folder / "caveat.toml").write_text("library = false\n")
    assert load_settings().library is False


def test_a_folder_for_cases_is_named_like_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_settings().cases is None
    monkeypatch.setenv("CAVEAT_CASES", "~/cases")
    assert load_settings().cases == Path.home() / "cases"
