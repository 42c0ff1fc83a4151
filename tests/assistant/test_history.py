"""Conversations are kept by their ids, redacted, and survive a restart."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assembly import Assembly
from assistant.assistant import QuestionError
from assistant.history import FILE, Conversations, ask_in, conversations, turns_since
from assistant.types import Answer
from tests.assistant.chat import Writing, key_of, saying


def test_a_conversation_that_has_not_begun_is_empty(tmp_path: Path) -> None:
    with conversations(tmp_path / "new" / "data") as kept:
        assert kept.turns("a") == []


def test_turns_are_kept_in_order_apart_from_other_conversations_and_over_a_restart(
    assembly: Assembly, tmp_path: Path
) -> None:
    first = ask_in(assembly.assistant, tmp_path, "a", "What are exosomes?")
    other = ask_in(assembly.assistant, tmp_path, "b", "tell me more")
    second = ask_in(assembly.assistant, tmp_path, "a", "How big are they?")
    assert second.standalone_question == "How big are exosomes?"
    with conversations(tmp_path) as kept:
        assert [turn["text"] for turn in kept.turns("a")] == [first.text, second.text]
        assert kept.turns("a")[1].keys() == second.to_json().keys()
        assert [turn["text"] for turn in kept.turns("b")] == [other.text]


def test_a_question_outside_a_conversation_is_not_kept(assembly: Assembly, tmp_path: Path) -> None:
    ask_in(assembly.assistant, tmp_path, None, "What are exosomes?")
    assert list(tmp_path.iterdir()) == []


def test_personal_data_never_reaches_the_file(assembly: Assembly, tmp_path: Path) -> None:
    ask_in(assembly.assistant, tmp_path, "a", "Mrs Jane Miller, jane@example.com, asks how big exosomes are.")
    ask_in(assembly.assistant, tmp_path, "a", "What do they carry?")
    stored = b"".join(path.read_bytes() for path in tmp_path.glob(f"{FILE}*"))
    assert b"30\xe2\x80\x93150 nm" in stored
    assert b"Jane" not in stored
    assert b"jane@example.com" not in stored


def test_turns_are_found_by_their_time_the_newest_first(tmp_path: Path) -> None:
    assert turns_since(tmp_path, datetime.now(UTC)) == []
    assert list(tmp_path.iterdir()) == []  # nothing is made by looking
    began = datetime.now(UTC)
    with conversations(tmp_path) as kept:
        kept.keep_turn("a", {"question": "one"})
        kept.keep_turn("b", {"question": "two"})
        between = datetime.now(UTC)
        kept.keep_turn("a", {"question": "three"})
    found = turns_since(tmp_path, began)
    assert [turn["question"] for _, turn in found] == ["three", "two", "one"]
    assert [turn["question"] for _, turn in turns_since(tmp_path, between)] == ["three"]
    assert turns_since(tmp_path, datetime.now(UTC) + timedelta(seconds=1)) == []


def test_what_was_shown_of_a_broken_answer_is_there_after_a_restart_and_the_conversation_goes_on(
    assembly: Assembly, tmp_path: Path
) -> None:
    key = key_of("nano-sized extracellular vesicles", assembly.index())
    chat = saying(f"Exosomes are secreted by most cell types {key}.\nMore")
    shown: list[Answer] = []

    def show_and_die(answer: Answer) -> None:
        shown.append(answer)
        raise KeyboardInterrupt  # the process is ended while the answer is written

    with pytest.raises(KeyboardInterrupt):
        ask_in(Writing(assembly, chat).assistant, tmp_path, "c", "What are exosomes?", show_and_die)
    with conversations(tmp_path) as kept:
        assert kept.turns("c") == []
        broken = kept.unfinished("c")
    assert broken
    assert broken["text"] == shown[-1].text
    assert broken["guardrails"][-1]["action"] == "broken_off"
    ask_in(assembly.assistant, tmp_path, "c", "How big are they?")
    with conversations(tmp_path) as kept:
        assert [turn["question"] for turn in kept.turns("c")] == ["What are exosomes?", "How big are they?"]
        assert kept.unfinished("c") is None


def _turn(question: str, text: str = "said") -> dict:
    return {"question": question, "text": text, "standalone_question": question, "guardrails": [], "citations": []}


def _begun(kept: Conversations, conversation: str, reader: str, *questions: str) -> None:
    for question in questions:
        kept.give_to(conversation, reader, question)
        kept.keep_turn(conversation, _turn(question))


def test_a_readers_conversations_are_listed_the_last_first_and_nobody_elses(tmp_path: Path) -> None:
    with conversations(tmp_path) as kept:
        _begun(kept, "one", "Ann", "What are exosomes?", "How big are they?")
        _begun(kept, "two", "Bob", "Who pays?")
        _begun(kept, "three", "Ann", "Is it safe?")
        own = kept.all("Ann")
        assert [(one.id, one.title, one.turns) for one in own] == [
            ("three", "Is it safe?", 1), ("one", "What are exosomes?", 2),
        ]  # fmt: skip
        assert [one.id for one in kept.all()] == ["three", "two", "one"]
        assert [kept.may_open(name, "Ann") for name in ("one", "two", "new")] == [True, False, True]


def test_conversations_are_found_by_all_of_the_words_in_title_question_or_answer(tmp_path: Path) -> None:
    with conversations(tmp_path) as kept:
        _begun(kept, "one", "", "What are exosomes?", "How big are they?")
        _begun(kept, "two", "", "Is it safe?")
        kept.rename("two", "Consent talk")
        assert [one.id for one in kept.all(words="BIG exosomes")] == ["one"]
        assert [one.id for one in kept.all(words="consent said")] == ["two"]
        assert kept.all(words="consent exosomes") == []


def test_a_name_holds_no_personal_data_and_is_one_line(tmp_path: Path) -> None:
    with conversations(tmp_path) as kept:
        _begun(kept, "one", "", "What are exosomes?")
        kept.rename("one", "Call of\n 212-555-0187")
        assert kept.all()[0].title == "Call of [phone number]"
        with pytest.raises(KeyError):
            kept.rename("none", "x")


def test_what_is_deleted_is_in_no_file(tmp_path: Path) -> None:
    with conversations(tmp_path) as kept:
        _begun(kept, "one", "", "What of the zanzibar protocol?")
        _begun(kept, "two", "", "Is it safe?")
        kept.delete("one")
        assert [one.id for one in kept.all()] == ["two"]
        assert kept.turns("one") == []
        with pytest.raises(KeyError):
            kept.delete("one")
    stored = b"".join(path.read_bytes() for path in tmp_path.glob(f"{FILE}*"))
    assert b"safe" in stored
    assert b"zanzibar" not in stored


def test_nobody_asks_in_another_readers_conversation(assembly: Assembly, tmp_path: Path) -> None:
    ask_in(assembly.assistant, tmp_path, "a", "What are exosomes?", reader="Ann")
    with pytest.raises(QuestionError, match="another reader's"):
        ask_in(assembly.assistant, tmp_path, "a", "How big are they?", reader="Bob")
    with conversations(tmp_path) as kept:
        assert len(kept.turns("a")) == 1
    assert b"Ann" not in (tmp_path / FILE).read_bytes()


def test_conversations_that_were_kept_before_there_was_a_list_are_listed(tmp_path: Path) -> None:
    with conversations(tmp_path) as kept:
        _begun(kept, "one", "", "What are exosomes?", "How big are they?")
    with closing(sqlite3.connect(tmp_path / FILE)) as database:
        database.execute("drop table listed")
    with conversations(tmp_path) as kept:
        assert [(one.title, one.turns) for one in kept.all()] == [("What are exosomes?", 2)]
        assert kept.may_open("one", "Ann")
