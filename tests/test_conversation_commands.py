"""The commands `caveat conversations`."""

import json
import sys
from pathlib import Path

import psycopg
import pytest
from click.testing import Result

from assistant.storage import Storage
from tests.command_line import Caveat, fails
from tests.postgres import ENCODED, PASSWORD, Server


@pytest.fixture
def ask_kept(ask: Caveat, storage: Storage) -> Caveat:
    """Runs a command whose conversations are in a new database."""

    def ask_in(*words: str, given: str = "", **settings: str) -> Result:
        return ask(*words, given=given, **{"database": storage.database} | settings)

    return ask_in


def test_a_conversation_is_listed_found_renamed_exported_and_deleted(ask_kept: Caveat, tmp_path: Path) -> None:
    for question in ("What are exosomes?", "How big are they?"):
        assert ask_kept("ask", question, "--conversation", "talk").exit_code == 0
    assert "talk  " in ask_kept("conversations", "list").stdout
    assert ask_kept("conversations", "list", "--search", "zanzibar").stdout == "no conversations\n"
    assert ask_kept("conversations", "rename", "talk", "Basics").exit_code == 0
    (listed,) = [json.loads(line) for line in ask_kept("conversations", "list", "--json").stdout.splitlines()]
    assert (listed["id"], listed["title"], listed["turns"]) == ("talk", "Basics", 2)
    text = ask_kept("conversations", "export", "talk").stdout
    assert text.startswith("# Basics\n\n## What are exosomes?\n")
    assert (
        ask_kept("conversations", "export", "talk", "--format", "html", "--out", str(tmp_path / "t.html")).exit_code
        == 0
    )
    assert (tmp_path / "t.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert ask_kept("conversations", "delete", "talk", given="n\n").exit_code != 0
    assert ask_kept("conversations", "delete", "talk", "--yes").exit_code == 0
    assert ask_kept("conversations", "list").stdout == "no conversations\n"


def test_a_conversation_that_is_not_there_is_wrong_use(ask_kept: Caveat) -> None:
    for words in (("rename", "none", "x"), ("export", "none"), ("delete", "none", "--yes")):
        assert "there is no conversation 'none'" in fails(ask_kept("conversations", *words), 2)


def test_doctor_names_the_database(ask_kept: Caveat, storage: Storage) -> None:
    result = ask_kept("doctor")
    (said,) = [line for line in result.stdout.splitlines() if line.startswith("conversations: ")]
    host = storage.database.rpartition("host=")[2]
    named = (
        f"PostgreSQL at {host}, database caveat" if storage.database else "conversations.sqlite in the data directory"
    )
    assert said.startswith(f"conversations: kept in {named}")
    assert (result.exit_code, PASSWORD in result.stdout, ENCODED in result.stdout) == (0, False, False)


def test_a_server_that_is_away_is_one_line_and_no_question_is_answered_as_if_it_were_kept(
    ask: Caveat, postgres: Server
) -> None:
    address = postgres.database()
    postgres.stop()
    try:
        _says_that_it_is_away(ask, address, str(postgres.folder))
    finally:
        postgres.start()


def _says_that_it_is_away(ask: Caveat, address: str, where: str) -> None:
    for words in (("ask", "What are exosomes?", "--conversation", "a"), ("conversations", "list")):
        said = fails(ask(*words, database=address), 3)
        assert said.endswith("it cannot be reached; start it, or correct CAVEAT_DATABASE")
        assert said.startswith(f"conversations in PostgreSQL at {where}, database caveat")
    assert ask("ask", "What are exosomes?", database=address).exit_code == 0  # outside a conversation


@pytest.mark.parametrize(
    ("database", "password", "told"),
    [
        ("postgres", "wrong-sesame", "it does not accept the user or the password; correct"),
        ("not_there", ENCODED, "it has no such database; make it with createdb, or"),
    ],
)
def test_whoever_is_not_let_in_is_told_why_and_the_password_never(
    ask: Caveat, postgres: Server, caplog: pytest.LogCaptureFixture, database: str, password: str, told: str
) -> None:
    caplog.set_level("DEBUG")
    said = fails(ask("conversations", "list", database=postgres.address(database, password)), 3)
    assert told in said
    assert not [secret for secret in (PASSWORD, ENCODED, "sesame") if secret in said + caplog.text]


def test_a_missing_package_is_one_line_that_names_what_to_install(ask: Caveat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    monkeypatch.delitem(sys.modules, "assistant.postgres_store", raising=False)
    monkeypatch.delattr("assistant.postgres_store", raising=False)
    said = fails(ask("conversations", "list", database="postgresql://host/name"), 3)
    assert said == "conversations in PostgreSQL: the package for it is missing; pip install 'caveat[postgres]'"


def test_a_user_who_may_make_no_tables_is_told_so(ask: Caveat, postgres: Server) -> None:
    address = postgres.database()
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("create role reader_of_it login password 'sesame'")
    said = fails(ask("conversations", "list", database=address.replace(f"caveat:{ENCODED}", "reader_of_it:sesame")), 3)
    assert "the user may not make or change tables there; grant it that" in said
    assert "sesame" not in said
