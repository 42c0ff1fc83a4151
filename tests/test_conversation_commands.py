"""The commands `caveat conversations`."""

import json
from pathlib import Path

from tests.command_line import Caveat, fails


def begin(ask: Caveat, data_dir: Path, *questions: str) -> None:
    for question in questions:
        assert ask("ask", question, "--conversation", "talk").exit_code == 0


def test_a_conversation_is_listed_found_renamed_exported_and_deleted(ask: Caveat, tmp_path: Path) -> None:
    begin(ask, tmp_path, "What are exosomes?", "How big are they?")
    assert "talk  " in ask("conversations", "list").stdout
    assert ask("conversations", "list", "--search", "zanzibar").stdout == "no conversations\n"
    assert ask("conversations", "rename", "talk", "Basics").exit_code == 0
    (listed,) = [json.loads(line) for line in ask("conversations", "list", "--json").stdout.splitlines()]
    assert (listed["id"], listed["title"], listed["turns"]) == ("talk", "Basics", 2)
    text = ask("conversations", "export", "talk").stdout
    assert text.startswith("# Basics\n\n## What are exosomes?\n")
    assert ask("conversations", "export", "talk", "--format", "html", "--out", str(tmp_path / "t.html")).exit_code == 0
    assert (tmp_path / "t.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert ask("conversations", "delete", "talk", given="n\n").exit_code != 0
    assert ask("conversations", "delete", "talk", "--yes").exit_code == 0
    assert ask("conversations", "list").stdout == "no conversations\n"


def test_a_conversation_that_is_not_there_is_wrong_use(ask: Caveat) -> None:
    for words in (("rename", "none", "x"), ("export", "none"), ("delete", "none", "--yes")):
        assert "there is no conversation 'none'" in fails(ask("conversations", *words), 2)
