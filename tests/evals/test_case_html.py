"""One case with its answer, in parts; the report's tests read it whole."""

from evals.case_html import outcome_html, verdict_html
from tests.evals.outcomes import case, outcome


def test_a_right_answer_is_told_in_a_word_and_a_wrong_one_with_what_is_wrong() -> None:
    assert verdict_html(outcome(case("a"))) == '<p class="verdict-line right">Right</p>'
    assert verdict_html(outcome(case("a"), faults=("lacks <x>", "has y"))) == (
        '<p class="verdict-line wrong">Wrong</p><ul class="faults"><li>lacks &lt;x&gt;</li><li>has y</li></ul>'
    )


def test_labels_that_say_nothing_are_left_out() -> None:
    shown = outcome_html(outcome(case("a", caveat=True)), case("a", caveat=True), "one")
    assert "<dt>Caveat</dt><dd>due</dd>" in shown
    assert "<dt>Says</dt>" not in shown
    assert "<dd>a, by A team, reviewed 2026-11-23</dd>" in shown
