"""Questions that found nothing, grouped and counted."""

from datetime import UTC, datetime
from typing import Any

from assistant.withdrawal import NOTICE
from evals.gaps import Gap, gaps

DAY = datetime(2026, 11, 20, tzinfo=UTC)


def turn(question: str, day: int, status: str = "not_covered", **more: Any) -> tuple[datetime, dict[str, Any]]:
    told = {"reason": f"No word on {question}", "missing": ["x"], "nearest": ["Exosomes"]}
    values = {"question": question, "standalone_question": question, "status": status, "text": "", "sufficiency": told}
    return DAY.replace(day=day), values | more


def test_questions_in_the_same_words_are_one_gap_and_the_last_asked_come_first() -> None:
    found = gaps(
        [
            turn("Does botox help?", 3),
            turn("Do fillers migrate?", 2),
            turn("does Botox help", 1),
            turn("How big are exosomes?", 4, status="answered"),
        ]
    )
    assert found == [
        Gap(
            "Does botox help?", 2, DAY.replace(day=3), ("does Botox help",), "No word on Does botox help?", ("x",),
            ("Exosomes",),
        ),
        Gap("Do fillers migrate?", 1, DAY.replace(day=2), (), "No word on Do fillers migrate?", ("x",), ("Exosomes",)),
    ]  # fmt: skip


def test_a_follow_up_is_grouped_by_what_it_asks_on_its_own() -> None:
    asked = turn("and in children?", 2, standalone_question="Does botox help in children?")
    assert [gap.question for gap in gaps([asked])] == ["Does botox help in children?"]


def test_an_answer_that_was_withdrawn_is_no_gap() -> None:
    assert gaps([turn("Does botox help?", 1, text=NOTICE, sufficiency=None)]) == []


def test_a_question_without_words_of_content_stands_for_itself() -> None:
    assert len(gaps([turn("???", 1), turn("what is that", 2), turn("is it so", 3)])) == 3
