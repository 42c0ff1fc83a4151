"""Where things are and which model answers: the only reader of the environment."""

import os
import re
import tomllib
from dataclasses import dataclass, field, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import platformdirs

PREFIX = "CAVEAT_"
HOST = r"(?:\[[0-9A-Fa-f:.]+\]|(?:[\w.-]|%[0-9A-Fa-f]{2})*)(?::\d+)?"
# What is special in a user's name or password is written as %40 and the like: no part of a password can then be taken
# for a host or a name, which are printed.
DATABASE = re.compile(
    rf"postgresql://(?:(?:[^@/?#\s%]|%[0-9A-Fa-f]{{2}})*@)?{HOST}(?:,{HOST})*(?:/(?:[^@/?#\s%]|%[0-9A-Fa-f]{{2}})*)?"
    r"(?:\?(?:[^@#\s%]|%[0-9A-Fa-f]{2})*)?"
)
SWITCH = {"on": True, "true": True, "1": True, "off": False, "false": False, "0": False}
PROJECT = Path(__file__).resolve().parent


class SettingsError(ValueError):
    """A setting that cannot be used."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings; each can be set as CAVEAT_NAME or in caveat.toml, the environment first."""

    data_dir: Path  # everything that is generated
    sources: tuple[Path, ...]  # folders or files with the material
    policy: Path
    glossary: Path
    database: str = field(default="", repr=False)  # where conversations are kept; "" for a file in data_dir
    today: date | None = None  # a fixed date instead of the clock's, for tests
    chat_model: str = ""  # "openai:NAME" and the like, as LangChain's init_chat_model takes it; "" for none
    chat_url: str = ""  # where that model is served, if not at its provider's own address
    chat_tokens: int = 300  # that one answer of it may have
    chat_seconds: int = 60  # after which the material's own words answer instead
    library: bool = True  # whether the page offers the Library and the Evaluations, where what is live can be changed
    cases: Path | None = None  # folder for cases that trainers write; None: see `evals.case_places`


def load_settings() -> Settings:
    """Settings from `caveat.toml` in the working directory and from the environment.

    Raises SettingsError for an unknown name or a value of the wrong kind.
    """
    settings = Settings(
        data_dir=Path(platformdirs.user_data_dir("caveat", appauthor=False)),
        sources=(PROJECT / "corpus" / "material",),
        policy=PROJECT / "corpus" / "policy.toml",
        glossary=PROJECT / "corpus" / "glossary.toml",
    )
    known = {one.name for one in fields(Settings)}
    for origin, values in (("caveat.toml", _file_values()), ("environment", _environment_values())):
        for name, value in values.items():
            if name not in known:
                raise SettingsError(f"{origin}: unknown setting {name!r}; use one of {', '.join(sorted(known))}")
            settings = replace(settings, **{name: _converted(origin, name, value)})
    return settings


def go_offline() -> None:
    """Keeps every library from calling out, before any of them is imported."""
    os.environ.update(
        HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", HF_HUB_DISABLE_TELEMETRY="1", ANONYMIZED_TELEMETRY="False",
        LANGSMITH_TRACING="false", LANGSMITH_TRACING_V2="false", LANGCHAIN_TRACING="false",
        LANGCHAIN_TRACING_V2="false", TOKENIZERS_PARALLELISM="false", DO_NOT_TRACK="1",
    )  # fmt: skip


def child_environment(data_dir: Path, database: str = "") -> dict[str, str]:
    """The environment for a command that is to keep what it generates there and nowhere else."""
    return {**os.environ, f"{PREFIX}DATA_DIR": str(data_dir), f"{PREFIX}DATABASE": database}


def _file_values() -> dict[str, object]:
    path = Path("caveat.toml")
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"caveat.toml: {error}; correct the file") from error


def _environment_values() -> dict[str, object]:
    return {key.removeprefix(PREFIX).lower(): value for key, value in os.environ.items() if key.startswith(PREFIX)}


def _converted(origin: str, name: str, value: object) -> Any:
    if name == "sources":
        parts = value if isinstance(value, list) else str(value).split(os.pathsep)
        return tuple(Path(str(part)).expanduser() for part in parts if str(part))
    if name == "today":
        try:
            return value if isinstance(value, date) else date.fromisoformat(str(value))
        except ValueError as error:
            raise SettingsError(f"{origin}: today {value!r} is no date; write it as 2025-12-31") from error
    if name in ("chat_model", "chat_url"):
        return str(value).strip()
    if name == "database":
        address = str(value).strip()
        if address and not DATABASE.fullmatch(address):  # it is not repeated: there may be a password in it
            raise SettingsError(
                f"{origin}: database is no address of PostgreSQL; write it as postgresql://USER:PASSWORD@HOST/NAME, "
                "special characters as %40 and the like, or leave it empty for a file in the data directory"
            )
        return address
    if name in ("chat_tokens", "chat_seconds"):
        if not str(value).isdigit() or int(str(value)) < 1:
            raise SettingsError(f"{origin}: {name} {value!r} is no whole number above 0; write it as 300")
        return int(str(value))
    if name == "library":
        if str(value).lower() not in SWITCH:
            raise SettingsError(f"{origin}: library {value!r} is neither on nor off; write one of them")
        return SWITCH[str(value).lower()]
    return Path(str(value)).expanduser()
