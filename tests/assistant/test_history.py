"""Conversations are kept by their ids, redacted, and survive a restart: in a file and in a server alike."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from assembly import Assembly
from assistant.assistant import QuestionError
from assistant.history import Conversations, ask_in, conversations, turns_since
from assistant.storage import FILE, Storage
from assistant.types import Answer
from assistant.withdrawal import NOTICE
from settings import PROJECT
from tests.assistant.chat import Writing, key_of, saying
from tests.postgres import everything


def stored(storage: Storage) -> str:
    """All that is stored, as far as it is text: of the file its bytes, of the server its tables."""
    if storage.database:
        return everything(storage.database)
    return b"".join(path.read_bytes() for path in storage.data_dir.glob(f"{FILE}*")).decode(errors="replace")


def test_a_conversation_that_has_not_begun_is_empty(storage: Storage) -> None:
    with conversations(replace(storage, data_dir=storage.data_dir / "new" / "data")) as kept:
        assert kept.turns("a") == []


def test_turns_are_kept_in_order_apart_from_other_conversations_and_over_a_restart(
    assembly: Assembly, storage: Storage
) -> None:
    first = ask_in(assembly.assistant, storage, "a", "What are exosomes?")
    other = ask_in(assembly.assistant, storage, "b", "tell me more")
    second = ask_in(assembly.assistant, storage, "a", "How big are they?")
    assert second.standalone_question == "How big are exosomes?"
    with conversations(storage) as kept:
        assert [turn["text"] for turn in kept.turns("a")] == [first.text, second.text]
        assert kept.turns("a")[1].keys() == second.to_json().keys()
        assert [turn["text"] for turn in kept.turns("b")] == [other.text]


def test_a_question_outside_a_conversation_is_not_kept(assembly: Assembly, storage: Storage) -> None:
    ask_in(assembly.assistant, storage, None, "What are exosomes?")
    assert list(storage.data_dir.iterdir()) == []


def test_personal_data_never_reaches_the_database(assembly: Assembly, storage: Storage) -> None:
    ask_in(assembly.assistant, storage, "a", "Mrs Jane Miller, jane@example.com, asks how big exosomes are.")
    ask_in(assembly.assistant, storage, "a", "What do they carry?")
    held = stored(storage)
    assert "How big are exosomes?" in held or "how big exosomes are" in held
    assert "Jane" not in held
    assert "jane@example.com" not in held


def test_turns_are_found_by_their_time_the_newest_first(storage: Storage) -> None:
    assert turns_since(storage, datetime.now(UTC)) == []
    assert list(storage.data_dir.iterdir()) == []  # nothing is made by looking
    began = datetime.now(UTC)
    with conversations(storage) as kept:
        kept.keep_turn("a", {"question": "one"})
        kept.keep_turn("b", {"question": "two"})
        between = datetime.now(UTC)
        kept.keep_turn("a", {"question": "three"})
    found = turns_since(storage, began)
    assert [turn["question"] for _, turn in found] == ["three", "two", "one"]
    assert [turn["question"] for _, turn in turns_since(storage, between)] == ["three"]
    assert turns_since(storage, datetime.now(UTC) + timedelta(seconds=1)) == []


def test_what_was_shown_of_a_broken_answer_is_there_after_a_restart_and_the_conversation_goes_on(
    assembly: Assembly, storage: Storage
) -> None:
    key = key_of("nano-sized extracellular vesicles", assembly.index())
    chat = saying(f"Exosomes are secreted by most cell types {key}.\nMore")
    shown: list[Answer] = []

    def show_and_die(answer: Answer) -> None:
        shown.append(answer)
        raise KeyboardInterrupt  # the process is ended while the answer is written

    with pytest.raises(KeyboardInterrupt):
        ask_in(Writing(assembly, chat).assistant, storage, "c", "What are exosomes?", show_and_die)
    with conversations(storage) as kept:
        assert kept.turns("c") == []
        broken = kept.unfinished("c")
    assert broken
    assert broken["text"] == shown[-1].text
    assert broken["guardrails"][-1]["action"] == "broken_off"
    ask_in(assembly.assistant, storage, "c", "How big are they?")
    with conversations(storage) as kept:
        assert [turn["question"] for turn in kept.turns("c")] == ["What are exosomes?", "How big are they?"]
        assert kept.unfinished("c") is None


def _turn(question: str, text: str = "said") -> dict:
    return {"question": question, "text": text, "standalone_question": question, "guardrails": [], "citations": []}


def _begun(kept: Conversations, conversation: str, reader: str, *questions: str) -> None:
    for question in questions:
        kept.give_to(conversation, reader, question)
        kept.keep_turn(conversation, _turn(question))


def test_a_readers_conversations_are_listed_the_last_first_and_nobody_elses(storage: Storage) -> None:
    with conversations(storage) as kept:
        _begun(kept, "one", "Ann", "What are exosomes?", "How big are they?")
        _begun(kept, "two", "Bob", "Who pays?")
        _begun(kept, "three", "Ann", "Is it safe?")
        own = kept.all("Ann")
        assert [(one.id, one.title, one.turns) for one in own] == [
            ("three", "Is it safe?", 1), ("one", "What are exosomes?", 2),
        ]  # fmt: skip
        assert [one.id for one in kept.all()] == ["three", "two", "one"]
        assert [kept.may_open(name, "Ann") for name in ("one", "two", "new")] == [True, False, True]


def test_conversations_are_found_by_all_of_the_words_in_title_question_or_answer(storage: Storage) -> None:
    with conversations(storage) as kept:
        _begun(kept, "one", "", "What are exosomes?", "How big are they?")
        _begun(kept, "two", "", "Is it safe?")
        kept.rename("two", "Consent talk")
        assert [one.id for one in kept.all(words="BIG exosomes")] == ["one"]
        assert [one.id for one in kept.all(words="consent said")] == ["two"]
        assert kept.all(words="consent exosomes") == []


def test_a_name_holds_no_personal_data_and_is_one_line(storage: Storage) -> None:
    with conversations(storage) as kept:
        _begun(kept, "one", "", "What are exosomes?")
        kept.rename("one", "Call of\n 212-555-0187")
        assert kept.all()[0].title == "Call of [phone number]"
        with pytest.raises(KeyError):
            kept.rename("none", "x")


def test_what_is_deleted_is_stored_nowhere(storage: Storage) -> None:
    with conversations(storage) as kept:
        _begun(kept, "one", "", "What of the zanzibar protocol?")
        _begun(kept, "two", "", "Is it safe?")
        kept.delete("one")
        assert [one.id for one in kept.all()] == ["two"]
        assert kept.turns("one") == []
        with pytest.raises(KeyError):
            kept.delete("one")
    held = stored(storage)
    assert "safe" in held
    assert "zanzibar" not in held


def test_nobody_asks_in_another_readers_conversation(assembly: Assembly, storage: Storage) -> None:
    ask_in(assembly.assistant, storage, "a", "What are exosomes?", reader="Ann")
    with pytest.raises(QuestionError, match="another reader's"):
        ask_in(assembly.assistant, storage, "a", "How big are they?", reader="Bob")
    with conversations(storage) as kept:
        assert len(kept.turns("a")) == 1
    assert "Ann" not in stored(storage)


def _answer(quote: str, question: str) -> dict:
    return _turn(question, f"{quote} [1]") | {"claims": [{"text": quote}], "citations": [{"quote": quote}]}


def test_withdrawn_words_are_stored_nowhere_and_the_rest_is_as_it_was(storage: Storage) -> None:
    with conversations(storage) as kept:
        for name, quote in (("one", "Zanthoprax makes hair grow."), ("two", "Tendons heal.")):
            kept.give_to(name, "", f"What of {name}?")
            kept.keep_turn(name, _answer(quote, f"What of {name}?"))
        kept.keep_turn("one", _answer("Tendons heal.", "And tendons?"))
        before = kept.turns("two")
        assert "Zanthoprax" in stored(storage)
        assert kept.withdraw(lambda words: words == "Tendons heal.") == 1
        assert [turn["text"] for turn in kept.turns("one")] == [NOTICE, "Tendons heal. [1]"]
        assert kept.turns("two") == before
        assert kept.withdraw(lambda words: words == "Tendons heal.") == 0
    assert "Zanthoprax" not in stored(storage)


ADDING = """
import sys
from pathlib import Path
from assistant.history import conversations
from assistant.storage import Storage

with conversations(Storage(Path(sys.argv[1]), sys.argv[2])) as kept:
    for number in range(20):
        for name in (sys.argv[3], "shared"):
            kept.give_to(name, sys.argv[3], "What of it?")
            kept.keep_turn(name, {"question": f"{sys.argv[3]}-{number}", "text": "said"})
"""


def test_two_processes_that_begin_at_once_lose_and_mix_nothing(storage: Storage) -> None:
    begun = [
        subprocess.Popen([sys.executable, "-c", ADDING, storage.data_dir, storage.database, name], cwd=PROJECT)
        for name in ("a", "b")
    ]
    assert [process.wait() for process in begun] == [0, 0]
    with conversations(storage) as kept:
        for name in ("a", "b"):
            assert [turn["question"] for turn in kept.turns(name)] == [f"{name}-{number}" for number in range(20)]
        both = [turn["question"] for turn in kept.turns("shared")]
        assert {one.id: one.turns for one in kept.all()} == {"a": 20, "b": 20, "shared": 40}
    assert sorted(both) == sorted(f"{name}-{number}" for name in ("a", "b") for number in range(20))
