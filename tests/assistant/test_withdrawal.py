"""Stored answers that quote withdrawn words are emptied, wherever they stand; all others stay as they are."""

from typing import Any

from assistant.withdrawal import NOTICE, without_withdrawn


def answer(*quotes: str) -> dict[str, Any]:
    return {
        "id": "1",
        "question": "What is it?",
        "status": "answered",
        "text": " ".join(quotes),
        "claims": [{"text": quote} for quote in quotes],
        "citations": [{"number": n, "quote": quote} for n, quote in enumerate(quotes, start=1)],
        "caveats": [],
        "guardrails": [],
        "sufficiency": {"reason": "said"},
    }


def test_an_answer_with_withdrawn_words_becomes_a_notice() -> None:
    kept, count = without_withdrawn(answer("Said.", "Withdrawn."), lambda words: words == "Said.")
    assert count == 1
    assert "Withdrawn" not in str(kept)
    assert (kept["question"], kept["text"], kept["claims"], kept["citations"]) == ("What is it?", NOTICE, [], [])
    assert kept.keys() == answer().keys()


def test_answers_are_found_wherever_they_stand_and_others_stay() -> None:
    stored = {"turns": [answer("Said."), answer("Withdrawn."), answer()], "other": ({"text": "Withdrawn."}, 3, None)}
    kept, count = without_withdrawn(stored, lambda words: words == "Said.")
    assert count == 1
    assert [turn["text"] for turn in kept["turns"]] == ["Said.", NOTICE, ""]
    assert kept["turns"][0] == answer("Said.")
    assert kept["other"] == stored["other"]
