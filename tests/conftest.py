"""What several rooms' tests share: settings in temporary folders, indexes built once, and no way out to the network."""

import ipaddress
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import settings
from settings import PROJECT, Settings

settings.go_offline()
for name in [key for key in os.environ if key.startswith(settings.PREFIX)]:
    del os.environ[name]  # the tests' settings are their own

# Processes that tests start have their own sockets: send theirs to a port on which nothing listens.
os.environ.update(
    dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), "http://127.0.0.1:9"), NO_PROXY="127.0.0.1,localhost"
)

from assembly import Assembly  # noqa: E402  # the libraries below it see the settings above
from assistant.storage import Storage  # noqa: E402
from cli import main  # noqa: E402
from corpus.glossary import Glossary, load_glossary  # noqa: E402
from corpus.policy import Policy, load_policy  # noqa: E402
from index.embedding import MiniLM  # noqa: E402
from tests.command_line import Caveat  # noqa: E402
from tests.fakes import FakeEmbedder  # noqa: E402
from tests.postgres import Server, programs  # noqa: E402

TODAY = date(2026, 11, 23)
WEB_PAGE = Path(__file__).parent / "data" / "tendon-clinic.txt"


class NetworkUsed(AssertionError):
    """A test called out."""


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Connections go to this machine or fail."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def guarded(original: Callable[..., Any]) -> Callable[..., Any]:
        def call(self: socket.socket, address: Any) -> Any:
            if self.family != socket.AF_UNIX and not _is_here(address[0]):
                raise NetworkUsed(f"connection to {address}")
            return original(self, address)

        return call

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded(connect))
        patch.setattr(socket.socket, "connect_ex", guarded(connect_ex))
        yield


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def make_settings(data_dir: Path, *sources: Path) -> Settings:
    """The shipped policy and glossary, the shipped material unless others are named, on the fixed day."""
    return Settings(
        data_dir=data_dir,
        sources=sources or (PROJECT / "corpus" / "material",),
        policy=PROJECT / "corpus" / "policy.toml",
        glossary=PROJECT / "corpus" / "glossary.toml",
        today=TODAY,
    )


@pytest.fixture(scope="session")
def embedder() -> MiniLM:
    """The real model, loaded once."""
    return MiniLM()


@pytest.fixture(scope="session")
def assembly(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM) -> Assembly:
    """Everything joined over the shipped material; tests only read it."""
    return built(make_settings(tmp_path_factory.mktemp("shipped")), embedder)


@pytest.fixture(scope="session")
def web_assembly(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM) -> Assembly:
    """Everything joined over one plain text, cut out of a web page; tests only read it."""
    return built(make_settings(tmp_path_factory.mktemp("web"), WEB_PAGE), embedder)


def built(values: Settings, embedder: MiniLM) -> Assembly:
    assembly = Assembly(values)
    assembly.embedder = embedder
    assembly.build()
    return assembly


@pytest.fixture(scope="session")
def policy() -> Policy:
    return load_policy(PROJECT / "corpus" / "policy.toml")


@pytest.fixture(scope="session")
def glossary() -> Glossary:
    return load_glossary(PROJECT / "corpus" / "glossary.toml")


@pytest.fixture
def fake_embedder() -> FakeEmbedder:
    return FakeEmbedder()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A real server, started by the first test that needs one."""
    found = programs()
    if found is None:
        pytest.skip("PostgreSQL is not installed (on Debian: apt-get install postgresql)")
    server = Server(found)
    yield server
    server.remove()


@pytest.fixture(params=["sqlite", "postgres"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    """Where conversations are kept: each test runs with a new file and with a new database."""
    if request.param == "sqlite":
        return Storage(tmp_path)
    return Storage(tmp_path, request.getfixturevalue("postgres").database())


@pytest.fixture
def run(embedder: MiniLM, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Caveat:
    """Runs a command with the loaded model, in an empty working directory; settings by keyword."""
    monkeypatch.setattr("assembly.MiniLM", lambda: embedder)
    monkeypatch.setattr("index_commands.embedding_apart", lambda: nullcontext(embedder))
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, given: str = "", **settings: str | Path) -> Result:
        values = {"data_dir": tmp_path / "data", "today": TODAY.isoformat()} | settings
        environment = {f"CAVEAT_{name.upper()}": str(value) for name, value in values.items()}
        return CliRunner().invoke(main, arguments, input=given, env=environment, prog_name="caveat")

    return run


@pytest.fixture
def ask(run: Caveat, assembly: Assembly) -> Caveat:
    """Runs a command over the index of the shipped material."""

    def ask(*arguments: str, given: str = "", **settings: str | Path) -> Result:
        return run(*arguments, given=given, **{"data_dir": assembly.settings.data_dir} | settings)

    return ask
