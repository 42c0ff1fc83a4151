"""Caveats, status, certainty and labels are held against cases and sources."""

from dataclasses import replace

from evals.material import Material
from evals.metrics.keeping import (
    caveats_in_excess,
    caveats_where_due,
    certainty_inflation,
    evidence_as_labelled,
    status_compliance,
)
from tests.evals.conftest import ContentOf
from tests.evals.metrics.told import cited, told
from tests.evals.outcomes import case

SHOWN = [{"id": "investigational", "text": "Investigational."}]


def test_a_caveat_counts_where_it_stands_in_the_text_and_debatable_cases_do_not() -> None:
    due, free = case("due", caveat=True), case("free", caveat=False)
    answers = [
        told(due, text="So. Investigational.", caveats=SHOWN),
        told(due, text="So.", caveats=SHOWN),
        told(due),
        told(free, text="So. Investigational.", caveats=SHOWN),
        told(free),
        told(case("debatable")),
    ]
    shown, excess = caveats_where_due(answers), caveats_in_excess(answers)
    assert (shown.value, shown.n) == (1 / 3, 3)
    assert (excess.value, excess.n) == (1 / 2, 2)


def test_a_status_is_kept_where_no_invariant_of_status_is_breached() -> None:
    kept, turned = told(caveats=SHOWN), told(caveats=SHOWN)
    turned = replace(turned, outcome=replace(turned.outcome, breaches=("invariant 5: approval without its negation",)))
    found = status_compliance([kept, turned, told()])
    assert (found.value, found.n) == (1 / 2, 2)


def test_a_claim_that_is_surer_than_its_words_is_counted() -> None:
    claims = cited("It works.", "It may work."), cited("It may work.", "It works."), cited("It works.", None)
    found = certainty_inflation([told(None, *claims)])
    assert (found.value, found.n) == (1 / 2, 2)  # of a forged citation nothing is known


def test_a_label_is_the_cited_sentences_own(content_of: ContentOf) -> None:
    text = "# Skin\n\nEvidence: preclinical\n\nMarkers fall.\n"
    material = Material(content_of(skin=text))
    start = text.index("Markers")
    citations = [
        {"number": 1, "document_id": "skin", "start": start, "end": start + len("Markers fall.")},
        {"number": 2, "document_id": "skin", "start": start, "end": start + 3},  # no sentence
    ]
    claims = [{"text": "Markers fall.", "citations": [1], "evidence": label} for label in ("preclinical", "trial")] + [
        {"text": "Mar", "citations": [2], "evidence": "trial"}
    ]
    found = evidence_as_labelled([told(None, claims=claims, citations=citations)], material)
    assert (found.value, found.n) == (1 / 2, 2)
