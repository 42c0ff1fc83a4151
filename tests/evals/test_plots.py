"""Plots of shares: what stands where, and that every word is escaped."""

import re

from evals.plots import counted, history_html, shares_html
from evals.rates import Rate, rate
from evals.run_history import Summary
from tests.evals.outcomes import case, outcome

HALF = rate([outcome(case("a")), outcome(case("b"), faults=("lacks x",))])


def told(identity: str, cases: str = "c", chosen: str = "all", right: Rate = HALF) -> Summary:
    return Summary(identity, "2026-11-20T10:00:00+00:00", "run", chosen, cases, "v1", right, 0)


def test_a_rate_is_told_with_its_n_and_interval() -> None:
    assert counted(Rate(9, 10, 0.5, 0.98)) == "90.0 %, 9 of 10 (95 % interval 50.0 % to 98.0 %)"
    assert counted(rate([])) == "none asked"


def test_a_share_lies_on_its_interval_along_an_axis_that_is_named() -> None:
    shown = shares_html([("<b>facts</b>", Rate(15, 20, 0.5, 0.9))], "By kind", "Kind")
    assert "&lt;b&gt;facts&lt;/b&gt;" in shown
    assert "<span>50.0 %</span><span>100 %</span>" in shown
    assert 'class="interval" style="left:0.00%;width:80.00%"' in shown
    assert 'class="dot" style="left:50.00%"' in shown
    assert "<td>75.0 %</td><td>20</td><td>50.0 % to 90.0 %</td>" in shown


def test_runs_of_the_same_cases_are_joined_and_others_are_not() -> None:
    shown = history_html([told("1"), told("2"), told("3", cases="d", chosen="some")], chosen="2")
    assert shown.count('class="line c') == 1
    assert shown.count('class="point') == 3
    assert re.findall(r'class="point (c\d+ chosen)" style="left:([\d.]+)%', shown) == [("c1 chosen", "50.00")]
    assert re.findall(r"</i>(\w+)</li>", shown) == ["some", "all"]  # those asked last first


def test_many_choices_of_cases_share_the_last_colour() -> None:
    shown = history_html([told(str(n), cases=str(n), chosen=f"choice {n}") for n in range(8)])
    assert "3 other choices of cases" in shown
    assert shown.count('class="point c5"') == 3


def test_without_runs_there_is_one_line() -> None:
    assert history_html([]) == '<p class="quiet">No stored run has asked a case.</p>'
