"""The command's contract: what goes to which stream, in which shape, with which exit code."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from assembly import Assembly
from cli import main
from settings import PROJECT
from tests.command_line import Caveat, fails, json_lines
from tests.conftest import WEB_PAGE

ANSWER_KEYS = {
    "id", "question", "standalone_question", "status", "text", "claims", "citations", "caveats", "guardrails",
    "index_version", "answer_model", "timings_ms",
}  # fmt: skip
CITATION_KEYS = {"number", "document_id", "title", "section", "page", "start", "end", "quote"}
CAVEAT_KEYS = {"id", "text", "as_of", "review_by", "stale", "citation"}


# Help


def commands(group: click.Group, *path: str) -> Iterator[tuple[str, ...]]:
    for name, command in group.commands.items():
        yield (*path, name)
        if isinstance(command, click.Group):
            yield from commands(command, *path, name)


@pytest.mark.parametrize("command", [(), *commands(main)], ids=" ".join)
def test_every_command_and_every_option_says_what_it_does(command: tuple[str, ...]) -> None:
    result = CliRunner().invoke(main, [*command, "--help"], prog_name="caveat")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Usage: {' '.join(('caveat', *command))} ")
    named: click.Command = main
    for name in command:
        assert isinstance(named, click.Group)
        named = named.commands[name]
    assert named.help
    assert [o.name for o in named.params if isinstance(o, click.Option) and not (o.help or o.name == "port")] == []


def test_help_loads_no_heavy_library() -> None:
    heavy = {"torch", "sentence_transformers", "chromadb", "streamlit", "langgraph", "langchain_core", "numpy"}
    code = (
        f"import sys; from cli import main; main(['--help'], standalone_mode=False); print({heavy} & {{*sys.modules}})"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "set()"


# Wrong use: 2


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["ask", ""], "the question is empty; ask something in words"),
        (["ask", " \n"], "the question is empty; ask something in words"),
        (["ask"], "ask: give either a question or --batch"),
        (["ask", "What?", "--batch"], "ask: give either a question or --batch"),
        (["search", " "], "search: the query is empty; give words to look for"),
        (["search"], "search: give either a query or --batch"),
        (
            ["search", "x", "-k", "0"],
            "Invalid value for '-k': 0 is not in the range 1<=x<=1000; see 'caveat search --help'",
        ),
        (["verify"], "Missing option '--batch'; see 'caveat verify --help'"),
        (["ask", "--colour"], "No such option '--colour'; see 'caveat ask --help'"),
        (["answer"], "No such command 'answer'; see 'caveat --help'"),
        (["index", "text", "nothing"], "index text: no document 'nothing'; 'caveat index text' lists them"),
    ],
)
def test_wrong_use_is_one_line_and_exit_code_2(ask: Caveat, arguments: list[str], line: str) -> None:
    assert fails(ask(*arguments), 2) == line


def test_a_question_that_is_far_too_long_is_refused_within_a_second(ask: Caveat) -> None:
    begun = time.perf_counter()
    line = fails(ask("ask", "exosome " * 25_000), 2)
    assert time.perf_counter() - begun < 1.0
    assert line == "the question has 200,000 characters; 20,000 are allowed: shorten it"


def test_an_unknown_setting_is_wrong_use(run: Caveat) -> None:
    assert fails(run("index", "status", colour="red"), 2).startswith(
        "environment: unknown setting 'colour'; use one of "
    )


# Missing or broken: 3


@pytest.mark.parametrize(
    "arguments",
    [["ask", "What?"], ["ask", "--batch"], ["search", "x"], ["index", "status"], ["index", "text"]],
    ids=" ".join,
)
def test_without_an_index_the_remedy_is_to_build_one(run: Caveat, arguments: list[str]) -> None:
    line = fails(run(*arguments), 3)
    assert line.endswith(": there is no index yet; run 'caveat index build'")


@pytest.mark.parametrize("file", ["manifest.json", "content.sqlite", "chroma/chroma.sqlite3"])
def test_a_damaged_index_is_one_line_and_exit_code_3(run: Caveat, tmp_path: Path, file: str) -> None:
    version = json_lines(run("index", "build", "--source", str(WEB_PAGE), "--json"))[0]["version"]
    path = tmp_path / "data" / "index" / "versions" / version / file
    path.write_bytes(path.read_bytes()[:100])
    line = fails(run("ask", "What is PRP?"), 3)
    assert line.startswith(str(path.parent))
    assert line.endswith("; run 'caveat index build'")


def test_a_missing_source_is_named(run: Caveat, tmp_path: Path) -> None:
    line = fails(run("index", "build", "--source", str(tmp_path / "nowhere")), 3)
    assert line == f"{tmp_path}/nowhere: source not found; name an existing folder or file with --source"


def test_broken_front_matter_stops_the_build_with_its_line(run: Caveat, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.md").write_text("---\nid: a\ntitel: A\n---\n\nWords.\n", encoding="utf-8")
    line = fails(run("index", "build", "--source", str(source)), 3)
    assert line.startswith("a.md:3: unknown key 'titel'; use only id, title, ")


def test_only_unreadable_files_are_nothing_to_index(run: Caveat, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "zeros.txt").write_bytes(bytes(100))
    line = fails(run("index", "build", "--source", str(source)), 3)
    assert line == f"{source}: nothing to index; give a folder with files that hold sentences"


@pytest.mark.parametrize("arguments", [["index", "build"], ["ask", "What are exosomes?"]], ids=" ".join)
def test_a_policy_with_an_unknown_key_stops_every_command(ask: Caveat, tmp_path: Path, arguments: list[str]) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text(
        'colour = "red"\n' + (PROJECT / "corpus" / "policy.toml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    assert (
        fails(ask(*arguments, policy=policy), 3)
        == f"{policy}:1: unknown key 'colour'; remove it or correct its spelling"
    )


def test_a_data_directory_that_is_a_file_is_named(run: Caveat, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    line = fails(run("ask", "What?", data_dir=tmp_path / "file"), 3)
    assert line == f"{tmp_path}/file/index/live: Not a directory; check the path, its permissions and the disk"


# Answers: 0


def test_an_answer_carries_every_key_of_the_contract(ask: Caveat, assembly: Assembly) -> None:
    (answer,) = json_lines(ask("ask", "Is any exosome therapy FDA-approved?", "--json"))
    assert set(answer) >= ANSWER_KEYS
    assert answer["status"] == "answered"
    assert answer["claims"]
    assert {key for claim in answer["claims"] for key in claim} == {"text", "citations", "evidence"}
    assert {key for citation in answer["citations"] for key in citation} == CITATION_KEYS
    assert [set(caveat) for caveat in answer["caveats"]] == [CAVEAT_KEYS]
    assert answer["index_version"] == assembly.index().version
    content = assembly.index().content
    for citation in answer["citations"]:
        text = content.text_of(citation["document_id"])
        assert text is not None
        assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_an_answer_reads_as_text_with_its_sources(ask: Caveat) -> None:
    result = ask("ask", "Is any exosome therapy FDA-approved?")
    assert result.exit_code == 0
    assert "[1]" in result.stdout
    assert "\n[1] Exosomes compared with whole-cell approaches › Regulatory status" in result.stdout


def test_a_conversation_goes_on_in_the_next_call(run: Caveat, ask: Caveat, tmp_path: Path) -> None:
    run("index", "build", "--source", str(PROJECT / "corpus" / "material"))
    run("ask", "--conversation", "one", "What is the diameter of exosomes?")
    (answer,) = json_lines(run("ask", "--conversation", "one", "--json", "Which cells secrete them?"))
    assert "exosome" in answer["standalone_question"].lower()


def test_a_batch_keeps_its_order_and_survives_bad_lines(ask: Caveat) -> None:
    lines = [
        json.dumps({"id": "first", "turns": ["What are exosomes?"], "status": "answered", "must": [["nano"]]}),
        "{not JSON",
        "",
        json.dumps(["a", "list"]),
        json.dumps({"id": "no turns"}),
        json.dumps({"id": "wrong turns", "turns": "What are exosomes?"}),
        json.dumps({"id": "empty", "turns": [" "]}),
        json.dumps({"id": 7, "turns": ["exosome " * 3000]}),
        json.dumps({"id": "last", "turns": ["What are exosomes?", "Which cells secrete them?"]}),
    ]
    answers = json_lines(ask("ask", "--batch", given="\n".join(lines) + "\n"))
    assert [(a["id"], a["status"], "error" in a) for a in answers] == [
        ("first", "answered", False),
        ("2", "refused", True),
        ("4", "refused", True),
        ("no turns", "refused", True),
        ("wrong turns", "refused", True),
        ("empty", "clarify", True),
        (7, "refused", True),
        ("last", "answered", False),
    ]
    assert answers[0].keys() == answers[-1].keys() >= ANSWER_KEYS
    assert answers[-1]["question"] == "Which cells secrete them?"


def test_a_search_ranks_passages_with_their_scores(ask: Caveat) -> None:
    (ranking,) = json_lines(ask("search", "diameter of exosomes", "-k", "3", "--json"))
    assert [set(hit) for hit in ranking["ranking"]] == [{"document_id", "passage_id", "score"}] * 3
    assert ranking["ranking"][0]["document_id"] == "exosomes"
    scores = [hit["score"] for hit in ranking["ranking"]]
    assert scores == sorted(scores, reverse=True)


def test_a_search_batch_keeps_its_order_and_survives_bad_lines(ask: Caveat) -> None:
    given = '{"id": "a", "text": "diameter"}\nnonsense\n{"id": "b"}\n{"id": "c", "text": "skin", "qrels": {}}\n'
    found = json_lines(ask("search", "--batch", "-k", "2", given=given))
    assert [(line["id"], len(line["ranking"]), "error" in line) for line in found] == [
        ("a", 2, False), ("2", 0, True), ("b", 0, True), ("c", 2, False),
    ]  # fmt: skip


def test_a_verify_batch_gives_a_verdict_a_line(ask: Caveat) -> None:
    passage = "As of 2025, no exosome-based cosmetic therapy is FDA-approved."
    lines = [
        {"id": 1, "claim": passage, "passage": passage},
        {"id": 2, "claim": "Exosome-based cosmetic therapies are FDA-approved.", "passage": passage},
    ]
    verdicts = json_lines(ask("verify", "--batch", given="\n".join(map(json.dumps, lines)) + "\nnonsense\n"))
    assert [(v["id"], v["verdict"]) for v in verdicts] == [(1, "supported"), (2, "contradicted"), ("3", "unsupported")]
    assert all(0 <= v["score"] <= 1 and isinstance(v["reasons"], list) for v in verdicts)
    assert verdicts[0]["score"] > verdicts[1]["score"]


def test_a_rewrite_batch_gives_a_question_a_line(ask: Caveat) -> None:
    history = [{"role": "user", "text": "What are exosomes?"}, {"role": "assistant", "text": "Vesicles."}]
    given = json.dumps({"id": 1, "history": history, "question": "How large are they?"}) + "\n"
    assert json_lines(ask("rewrite", "--batch", given=given))[0].keys() == {"id", "rewrite"}


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf# A\r\n\r\nSkin \xe2\x80\x94 30\xe2\x80\x93150\xc2\xa0nm.\r\n",
        b"# A\n\nNo line end",
        b"# A\n\nTwo.\n\n\n",
    ],
)
def test_index_text_prints_the_document_byte_for_byte(run: Caveat, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.md").write_bytes(content)
    run("index", "build", "--source", str(tmp_path))
    assert run("index", "text", "a").stdout_bytes == content.removeprefix(b"\xef\xbb\xbf")
    assert run("index", "text").stdout == "a\tA\n"


def test_lint_finds_no_error_in_the_shipped_material(run: Caveat) -> None:
    result = run("lint")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines()[-1].endswith(" warnings, no errors")


def test_lint_says_no_to_broken_material(run: Caveat, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n\nEvidence: hearsay\n\nWords.\n", encoding="utf-8")
    result = run("lint", sources=tmp_path)
    assert result.exit_code == 1
    assert "error: a.md:3: unknown evidence label 'hearsay'; " in result.stdout


def test_doctor_finds_everything_in_its_place(ask: Caveat) -> None:
    result = ask("doctor")
    assert result.exit_code == 0, result.stdout
    assert "policy: version " in result.stdout


def test_doctor_names_a_missing_index_and_the_remedy(run: Caveat) -> None:
    result = run("doctor")
    assert result.exit_code == 3
    assert result.stdout.splitlines()[-1] == "index: index: there is no index yet; run 'caveat index build'"


# The command as it is installed


def test_the_command_runs_in_a_process_of_its_own(assembly: Assembly, tmp_path: Path) -> None:
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "CAVEAT_DATA_DIR": str(assembly.settings.data_dir)}
    command = [sys.executable, "-W", "error", str(PROJECT / "cli.py")]

    def caveat(*arguments: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run([*command, *arguments], cwd=tmp_path, env=environment, capture_output=True)

    text = caveat("index", "text", "exosomes")
    assert text.stdout == (PROJECT / "corpus" / "material" / "exosomes.md").read_bytes()
    assert (text.returncode, text.stderr) == (0, b"")
    wrong = caveat("ask", "")
    assert (wrong.returncode, wrong.stdout) == (2, b"")
    assert wrong.stderr == b"caveat: the question is empty; ask something in words\n"
