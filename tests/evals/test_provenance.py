"""What an answer says of its sources is held against them."""

from datetime import date
from typing import Any

import pytest

from corpus.policy import Policy
from evals.material import Material
from evals.provenance import misstated
from tests.evals.conftest import ContentOf

MODULE = """---
id: vs
title: Compared
audience: clinicians
source: {document: Book, section: Compared}
as_of: "2025"
review_by: 2025-12-31
version: 1
---
# Compared

Evidence: preclinical

Markers fall.
"""
TODAY = date(2026, 11, 23)


@pytest.fixture
def material(content_of: ContentOf) -> Material:
    return Material(content_of(vs=MODULE))


def answer(evidence: str = "preclinical", citation: int | None = 1, **caveat: Any) -> dict[str, Any]:
    start = MODULE.index("Markers")
    return {
        "claims": [{"text": "Markers fall.", "citations": [1], "evidence": evidence}],
        "citations": [{"number": 1, "document_id": "vs", "start": start, "end": start + len("Markers fall.")}],
        "caveats": [{"id": "investigational", "review_by": "2025-12-31", "stale": True, "citation": citation} | caveat],
    }


def test_an_answer_that_says_what_its_sources_are_is_right(material: Material, policy: Policy) -> None:
    assert [*misstated(answer(), material, policy, TODAY)] == []
    assert [*misstated({"text": "What?"}, material, policy, TODAY)] == []


def test_evidence_that_is_lifted_is_named(material: Material, policy: Policy) -> None:
    assert [*misstated(answer("trial"), material, policy, TODAY)] == [
        "evidence: claim 1 is called trial, and its source is preclinical"
    ]


def test_a_status_whose_review_is_due_does_not_read_as_current(material: Material, policy: Policy) -> None:
    assert [*misstated(answer(stale=False), material, policy, TODAY)] == [
        "status: caveat investigational reads as current; its review was due 2025-12-31"
    ]
    assert [*misstated(answer(stale=False), material, policy, date(2025, 12, 31))] == []


def test_a_status_is_good_for_no_longer_than_its_source(material: Material, policy: Policy) -> None:
    later: dict[str, Any] = {"review_by": "2099-12-31"}
    assert [*misstated(answer(**later), material, policy, TODAY)] == [
        "status: caveat investigational is good until 2099-12-31, and its source's review was due 2025-12-31"
    ]
    assert [*misstated(answer(citation=None, **later), material, policy, TODAY)] == []  # no source, no date of its own
