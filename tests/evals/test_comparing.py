"""Runs are compared pair by pair, and only where they asked the same."""

from pathlib import Path

import pytest

from evals.comparing import beside, common, comparison, count_line, differing
from evals.runs import RunError, Runs
from tests.evals.outcomes import SUBJECT, case, outcome, quoting

CASES = [case(f"c{n}") for n in range(20)]


def test_answers_that_flip_or_change_are_told_apart() -> None:
    a, b, c, d = CASES[:4]
    before = [outcome(a, "Yes."), outcome(b, "No.", ("lacks x",)), outcome(c, "One."), outcome(d)]
    after = [outcome(a, "No.", ("lacks y",)), outcome(b, "Yes."), outcome(c, "Two."), outcome(d)]
    compared = comparison(before, after)
    assert [(change.kind, change.after.case) for change in compared.changes] == [
        ("lost", "c0"), ("gained", "c1"), ("changed", "c2"),
    ]  # fmt: skip
    assert (compared.n, compared.right_before, compared.right_after) == (4, 3, 3)
    assert beside(compared.changes[0]) == [
        "lost: c0: 'What of c0?'",
        "  before: Yes.",
        "  after:  No.",
        "  words:  [-Yes.-] {+No.+}",
        "  wrong now: lacks y",
    ]


def test_the_same_words_from_another_place_are_another_answer() -> None:
    before, after = quoting(CASES[0], "Glow fades."), quoting(CASES[0], "Glow fades.")
    after.answer["citations"][0]["section"] = ["Doc", "Two"]
    assert [change.kind for change in comparison([before], [after]).changes] == ["changed"]


@pytest.mark.parametrize(("lost", "is_loss"), [(3, False), (4, True)])
def test_four_lost_and_none_gained_are_more_than_chance(lost: int, is_loss: bool) -> None:
    """A draw of the 20 misses all of k lost ones with a chance of (1 - k/20)^20: 3.9 % for 3, 1.2 % for 4."""
    before = [outcome(one) for one in CASES]
    after = [outcome(one, faults=("lacks x",) if n < lost else ()) for n, one in enumerate(CASES)]
    compared = comparison(before, after)
    assert (compared.is_loss, compared.is_gain) == (is_loss, False)
    assert comparison(after, before).is_gain == is_loss
    assert f"right: 20 -> {20 - lost} of 20 (-{5 * lost}.0%" in count_line(compared)


def test_cases_of_one_conversation_are_drawn_together() -> None:
    alike = [case(f"c{n}", turns=("How big are they?", f"And {n}?")) for n in range(4)]
    others = CASES[4:]
    before = [outcome(one) for one in (*alike, *others)]
    after = [outcome(one, faults=("lacks x",)) for one in alike] + [outcome(one) for one in others]
    assert not comparison(before, after).is_loss  # one conversation was lost, not four


def test_stale_cases_are_shown_and_not_counted() -> None:
    before = [outcome(one) for one in CASES]
    after = [outcome(one, "Gone.", ("lacks x",)) for one in CASES[:4]] + before[4:]
    compared = comparison(before, after, {"c0", "c1", "c2", "c3"})
    assert (compared.n, compared.right_after, compared.is_loss, len(compared.changes)) == (16, 16, False, 4)


def test_words_that_differ_stand_in_their_place() -> None:
    assert differing("Glow comes within 7–10 days.", "Glow comes within 14–21 days.") == (
        "Glow comes within [-7–10-] {+14–21+} days."
    )
    long = " ".join(f"w{n}" for n in range(20))
    assert differing(f"{long} old", f"{long} new") == ("w0 w1 w2 w3 w4 w5 … w14 w15 w16 w17 w18 w19 [-old-] {+new+}")


def test_runs_of_different_cases_compare_only_where_that_is_wanted(tmp_path: Path) -> None:
    runs = Runs(tmp_path)
    first = runs.keep(SUBJECT, tuple(outcome(one) for one in CASES[:3]), "run", "some")
    second = runs.keep(SUBJECT, tuple(outcome(one) for one in CASES[1:5]), "run", "others")
    third = runs.keep(SUBJECT, (outcome(CASES[9]),), "run", "another")
    with pytest.raises(
        RunError, match=r"asked different cases \(3 and 4\); compare those that both asked with --common"
    ):
        common(first, second)
    assert [o.case for o in common(first, second, different=True)[1]] == ["c1", "c2"]
    with pytest.raises(RunError, match="have no case in common"):
        common(first, third, different=True)
