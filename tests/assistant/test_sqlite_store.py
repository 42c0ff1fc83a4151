"""What only the file does: it grew a list later, other processes hold it, and it may be damaged."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from filelock import FileLock

from assembly import Assembly
from assistant.history import ask_in, conversations
from assistant.storage import FILE, Storage
from assistant.store import StoreUnusable
from tests.command_line import Caveat, fails


def test_conversations_that_were_kept_before_there_was_a_list_are_listed(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    with conversations(storage) as kept:
        for question in ("What are exosomes?", "How big are they?"):
            kept.give_to("one", "", question)
            kept.keep_turn("one", {"question": question, "text": "said"})
    with closing(sqlite3.connect(tmp_path / FILE)) as database:
        database.execute("drop table listed")
    with conversations(storage) as kept:
        assert [(one.title, one.turns) for one in kept.all()] == [("What are exosomes?", 2)]
        assert kept.may_open("one", "Ann")


def test_a_conversation_is_not_deleted_while_another_process_reads_the_file(tmp_path: Path) -> None:
    with conversations(Storage(tmp_path)) as kept, closing(sqlite3.connect(tmp_path / FILE)) as other:
        kept.give_to("one", "", "What are exosomes?")
        other.execute("begin")
        assert other.execute("select count(*) from listed").fetchone() == (1,)
        with pytest.raises(StoreUnusable, match="another process is using it; try again when it has ended"):
            kept.delete("one")


def test_whoever_adds_waits_for_another_process_and_says_so_in_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.sqlite_store.WAIT", 0.1)
    with (
        conversations(Storage(tmp_path)) as kept,
        FileLock((tmp_path / FILE).with_suffix(".lock")),
        pytest.raises(StoreUnusable, match=r"conversations.sqlite: another process is using it"),
    ):
        kept.keep_turn("one", {"question": "What are exosomes?"})


def test_a_damaged_file_is_one_line_and_no_question_is_answered_as_if_it_were_kept(
    assembly: Assembly, tmp_path: Path
) -> None:
    (tmp_path / FILE).write_bytes(b"no database at all" * 100)
    with pytest.raises(StoreUnusable, match=r"conversations.sqlite: file is not a database; check the file"):
        ask_in(assembly.assistant, Storage(tmp_path), "a", "What are exosomes?")


@pytest.mark.parametrize("words", [("ask", "What are exosomes?", "--conversation", "a"), ("conversations", "list")])
def test_a_command_says_in_one_line_what_is_wrong_with_the_file(run: Caveat, tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / FILE).write_bytes(b"no database at all" * 100)
    assert "conversations.sqlite: file is not a database; check" in fails(run(*words), 3)
