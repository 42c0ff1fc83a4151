"""Questions that may become cases: grouped, counted, and gone once they were dealt with."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from assistant.feedback import Complaint
from evals.candidates import NOTHING_FOUND, SETTLED, candidates, settle, settled
from evals.gaps import Gap

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
SAID = Complaint("t1", AT.isoformat(), "Does botox help?", "answered", "wrong", "It does not.")
GAP = Gap("does Botox help", 3, AT + timedelta(days=1), (), "not covered", (), ())


def test_a_question_that_was_found_wrong_and_one_that_found_nothing_are_one_if_they_say_the_same() -> None:
    (one,) = candidates([SAID, replace(SAID, turn="t2", reason="source", words="")], [GAP], {})
    assert (one.question, one.unanswered, one.complaints, one.last) == ("does Botox help", 3, 2, GAP.last)
    assert one.why == ("It is wrong", "The source does not say that", NOTHING_FOUND)
    assert one.words == ("It does not.",)


def test_those_asked_last_come_first() -> None:
    found = candidates([SAID], [replace(GAP, question="Do fillers migrate?")], {})
    assert [one.question for one in found] == ["Do fillers migrate?", "Does botox help?"]


def test_what_was_dealt_with_waits_until_it_is_asked_again(tmp_path: Path) -> None:
    (one,) = candidates([SAID], [], {})
    settle(tmp_path, one.key)
    assert candidates([SAID], [GAP], settled(tmp_path)) == []
    later = replace(SAID, at=(datetime.now(UTC) + timedelta(days=1)).isoformat())
    assert [again.key for again in candidates([later], [], settled(tmp_path))] == [one.key]


def test_what_is_kept_of_it_holds_none_of_its_words(tmp_path: Path) -> None:
    (one,) = candidates([SAID], [], {})
    settle(tmp_path, one.key)
    with (tmp_path / SETTLED).open("a", encoding="utf-8") as stream:
        stream.write('{"key"')
    assert "botox" not in (tmp_path / SETTLED).read_text(encoding="utf-8")
    assert settled(tmp_path).keys() == {one.key}
    assert settled(tmp_path / "empty") == {}
