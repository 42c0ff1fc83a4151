"""The gate's result in words for a trainer."""

from evals.calibration import Interval
from evals.comparing import Change, Comparison, comparison
from evals.gate_cases import Stale
from evals.gate_report import Block, Report
from evals.gate_words import Words, block_words, change_words, in_words
from tests.evals.outcomes import case, outcome

ONE, TWO = case("one"), case("two")


def test_what_stops_a_version_is_counted_and_said() -> None:
    report = Report("v2", "v1", (Block("figure", "a › b", "a figure changed"),))
    assert in_words(report) == Words(False, "It should not go live: 1 thing speaks against it.", ())
    assert block_words(report.blocks[0])[0] == "A figure changed"
    assert block_words(Block("new kind", "a", "b"))[0] == "Something speaks against it"


def test_a_version_that_may_go_live_says_why() -> None:
    assert "no version is live yet" in in_words(Report("v1", None)).headline
    assert "nothing that an answer depends on differs" in in_words(Report("v2", "v1", unchanged=True)).headline
    unasked = in_words(Report("v2", "v1", elsewhere=1938))
    assert "nobody was asked" in unasked.headline
    assert unasked.counts == ("1,938 questions about other material were left out.",)


def test_what_was_asked_is_counted() -> None:
    before = [outcome(ONE), outcome(TWO)]
    after = [outcome(ONE, "Otherwise.", ("wrong",)), outcome(TWO)]
    stale = (Stale(before[0], after[0], ("so",), None),)
    found = in_words(Report("v2", "v1", comparison=comparison(before, after, {"one"}), stale=stale, spared=7))
    assert found.headline == "It may go live: nothing that the check looks at speaks against it."
    assert found.counts == (
        "2 evaluation questions were put to both versions.",
        "Right answers: 1 with the live version, 1 with this one, of 1 that count (the same).",
        "1 of them still ask for words that are gone. They count neither way; whoever keeps the evaluation questions "
        "has to change or retire them.",
        "7 questions about sections that did not change were left out.",
    )


def test_a_difference_says_whether_it_is_more_than_chance() -> None:
    for low, high, words in ((-0.2, -0.1, "significantly fewer"), (0.1, 0.2, "significantly more")):
        compared = Comparison(100, 50, 60, Interval(0.0, low, high), ())
        assert f"({words})." in in_words(Report("v2", "v1", comparison=compared)).counts[1]
    compared = Comparison(100, 50, 51, Interval(0.0, -0.1, 0.1), ())
    assert "(no more than chance explains)." in in_words(Report("v2", "v1", comparison=compared)).counts[1]


def test_an_answer_says_how_it_changed() -> None:
    lost = Change("lost", outcome(ONE), outcome(ONE, "Otherwise.", ("wrong",)))
    assert change_words(lost, frozenset()) == "Was right, is wrong now"
    assert change_words(lost, frozenset({"one"})) == "Its question still asks for words that are gone"
