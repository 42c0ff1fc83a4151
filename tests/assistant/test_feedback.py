"""What readers say of answers is stored without personal data, and read back."""

from pathlib import Path
from typing import Any

import pytest

from assistant.feedback import FILE, MOST_WORDS, complaint, complaints, record

TURN: dict[str, Any] = {"question": "and them?", "standalone_question": "How big are exosomes?", "status": "answered"}


def test_the_last_word_on_a_turn_counts_and_other_turns_are_their_own(tmp_path: Path) -> None:
    for number, reason in ((1, "wrong"), (2, "source"), (1, "incomplete")):
        record(tmp_path / "new", complaint("conversation", number, TURN, reason, ""))
    assert [(one.reason, one.question) for one in complaints(tmp_path / "new")] == [
        ("source", "How big are exosomes?"), ("incomplete", "How big are exosomes?"),
    ]  # fmt: skip


def test_neither_personal_data_nor_the_conversation_reaches_the_file(tmp_path: Path) -> None:
    turn = TURN | {"standalone_question": "Mrs Jane Miller asks how big exosomes are."}
    record(tmp_path, complaint("secret-id", 1, turn, "wrong", "Tell Jane Miller, jane@example.com, born 3 May 1980."))
    stored = (tmp_path / FILE).read_text(encoding="utf-8")
    assert not [word for word in ("Jane", "Miller", "example.com", "1980", "secret-id") if word in stored]
    assert "[e-mail]" in stored


def test_without_a_resolved_question_the_typed_one_counts_and_words_are_cut() -> None:
    said = complaint("c", 1, TURN | {"standalone_question": ""}, "other", "x" * (MOST_WORDS + 1))
    assert (said.question, len(said.words)) == ("and them?", MOST_WORDS)


def test_an_unknown_reason_is_refused() -> None:
    with pytest.raises(ValueError, match="'nonsense' is no reason; use one of wrong, "):
        complaint("c", 1, TURN, "nonsense", "")


def test_a_line_that_was_cut_off_is_passed_over(tmp_path: Path) -> None:
    assert complaints(tmp_path) == []
    record(tmp_path, complaint("c", 1, TURN, "wrong", ""))
    with (tmp_path / FILE).open("a", encoding="utf-8") as stream:
        stream.write('{"turn": "x"}\n[1]\n{"turn": "y", "at"')
    assert len(complaints(tmp_path)) == 1
