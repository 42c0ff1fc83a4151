"""What an answer costs; no test depends on how long anything takes."""

from assembly import Assembly
from assistant.screen import MAX_CHARACTERS
from evals.bench import Cost, Worst, cost, lines, to_json, worst_inputs


def test_each_hostile_input_may_be_asked() -> None:
    inputs = worst_inputs()
    assert len(inputs) == 15
    assert all(1_000 < len(text) <= MAX_CHARACTERS for text in inputs.values())


def test_a_cost_counts_its_questions_and_the_share_of_the_checks(assembly: Assembly) -> None:
    found = cost(assembly.assistant, ["What are exosomes?", "How big are exosomes?", "What is the capital of France?"])
    assert found.n == 3
    assert {"screen", "search", "decide", "caveat"} <= set(found.steps)
    assert 0 < found.checks_median <= found.median <= found.p95


def test_the_lines_name_the_times_and_the_hostile_inputs() -> None:
    found = Cost(2, 40.0, 80.0, 5.0, 9.0, {"screen": 1.0})
    hostile = [Worst("digits", 20_000, 120.5, 300.0)]
    said = "\n".join(lines(found, hostile))
    assert "an answer: median 40, 95th percentile 80 (screen 1)" in said
    assert "digits" in said
    assert to_json(found, hostile)["hostile"] == [
        {"name": "digits", "characters": 20_000, "checks": 120.5, "whole": 300.0}
    ]
