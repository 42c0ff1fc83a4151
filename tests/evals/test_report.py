"""The report: everything of a run in one file that loads nothing and runs nothing."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest

from evals.report import report_html
from evals.run_history import summary
from evals.runs import Outcome, Run, case_digest
from evals.types import Case
from tests.evals.outcomes import SUBJECT, case, outcome

HOSTILE = '<img src=x onerror="alert(1)">'
SIZE = case("size", turns=(f"How big? {HOSTILE}",), must=(("30", "thirty"),), sections=("Exosomes",))
AGE = case("age", turns=("What of skin?", "And its age?"), kind="lists")
CITED: dict[str, Any] = {
    "claims": [{"text": HOSTILE, "citations": [1], "evidence": "trial"}],
    "citations": [
        {"number": 1, "document_id": "d", "title": f"Doc {HOSTILE}", "section": ["One"], "page": None, "start": 0,
         "end": 9, "quote": f"quoted {HOSTILE}"},
    ],
    "caveats": [], "guardrails": [{"rule": "dose", "action": "refused", "detail": HOSTILE}], "sufficiency": None,
    "question": f"How big? {HOSTILE}", "standalone_question": f"How big are they? {HOSTILE}", "index_version": "v1",
    "policy_version": "1", "answer_model": "extractive", "timings_ms": {},
}  # fmt: skip
OUTCOMES = (
    outcome(AGE, **CITED),
    outcome(SIZE, f"{HOSTILE} [1]", (f"lacks {HOSTILE}",), **CITED),
)


def run_of(*outcomes: Outcome) -> Run:
    return Run("20261120T100000-1", "2026-11-20T10:00:00+00:00", "run", "all", "c", SUBJECT, outcomes)


def report(*outcomes: Outcome, cases: tuple[Case, ...] = (SIZE, AGE)) -> str:
    run = run_of(*outcomes)
    return report_html(run, [summary(run)], {one.id: one for one in cases})


class Elements(HTMLParser):
    """The elements of a page with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_nothing_is_loaded_and_nothing_runs() -> None:
    shown = report(*OUTCOMES)
    found = Elements(shown).found
    assert {tag for tag, _ in found}.isdisjoint({"script", "img", "iframe", "object", "form", "svg"})
    assert [name for _, values in found for name in values if name.startswith("on")] == []
    addresses = [v for _, values in found for n, v in values.items() if n in ("href", "src") and v != "data:,"]
    assert all((address or "").startswith("#case-") for address in addresses)
    assert "url(" not in shown
    assert "@import" not in shown
    assert "default-src 'none'" in shown
    assert HOSTILE not in shown
    assert shown.count("&lt;img src=x") >= 8  # question, both questions again, answer, fault, title, quote, rule


def test_a_case_opens_to_question_answer_quotes_and_faults() -> None:
    wrong, right = re.findall(r'<details class="case .*?(?=<details class="case |</body>)', report(*OUTCOMES), re.S)
    assert (wrong.startswith('<details class="case wrong '), right.startswith('<details class="case right ')) == (
        True,
        True,
    )
    for words in (
        "lacks &lt;img",
        "How big are they?",
        "<mark",
        "dose: refused",
        "<dd>30 / thirty</dd>",
        "<dd>Exosomes</dd>",
    ):
        assert words in wrong
    assert "<li>What of skin?</li><li>And its age?</li>" in right


def test_every_rate_has_its_n_and_its_interval() -> None:
    shown = report(*OUTCOMES)
    assert "Right: 50.0 %, 1 of 2 (95 % interval 9.5 % to 90.5 %); no invariant is breached." in shown
    rows = re.findall(r'<th scope="row">(.*?)</th>.*?<td>([\d.]+ %)</td><td>(\d+)</td><td>(.*?)</td>', shown)
    assert rows == [
        ("facts", "0.0 %", "1", "0.0 % to 79.3 %"), ("lists", "100.0 %", "1", "20.7 % to 100.0 %"),
        ("Exosomes", "0.0 %", "1", "0.0 % to 79.3 %"),
    ]  # fmt: skip


def test_the_filters_hide_by_style_what_is_not_chosen() -> None:
    shown = report(*OUTCOMES)
    assert '.filters:has(#verdict option[value="wrong"]:checked)~.cases .case:not(.wrong){display:none}' in shown
    assert '<option value="0">facts</option><option value="1">lists</option>' in shown
    assert '<option value="1">names no section</option>' in shown
    assert 'class="case right k1 t1"' in shown


def test_a_case_that_was_changed_or_taken_away_says_so() -> None:
    changed = case("size", turns=SIZE.turns, must=(("40",),), sections=("Exosomes",))
    assert case_digest(changed) != case_digest(SIZE)
    shown = report(*OUTCOMES, cases=(changed,))
    assert "What a right answer is (changed since this run)" in shown
    assert "The case age is not among the cases any more." in shown


def test_a_question_that_ended_in_an_error_is_shown_with_it() -> None:
    failed = Outcome(
        "age",
        "d",
        "lists",
        "tuning",
        (),
        ("And?",),
        ("error",),
        ("no answer: x",),
        {"status": "refused", "text": "", "error": f"KeyError: {HOSTILE}"},
    )
    shown = report(failed)
    assert "KeyError: &lt;img" in shown
    assert "breach of an invariant: no answer: x" in shown
    assert "1 breaches of what every answer promises" in shown


def test_a_run_that_asked_nothing_is_a_report_too() -> None:
    assert "Right: none asked" in report_html(run_of(), [], {})


@pytest.mark.parametrize("unreadable", ["20261120T1<b>"])
def test_a_run_that_cannot_be_read_is_named(unreadable: str) -> None:
    run = run_of(*OUTCOMES)
    assert "left out: 20261120T1&lt;b&gt;" in report_html(run, [summary(run)], {}, [unreadable])
