"""Whether an answer says of its sources what the index and policy hold of them: how strong they are, and how old."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from corpus.policy import Policy
from evals.material import Material

EVIDENCE, STATUS = "evidence: ", "status: "  # begin what is wrong with either


def misstated(answer: Mapping[str, Any], material: Material, policy: Policy, today: date) -> Iterator[str]:
    """What an answer (the object that `caveat ask --json` prints) says otherwise of its sources; if anything."""
    citations = {citation["number"]: citation for citation in answer.get("citations", ())}
    yield from _labels(answer, citations, material)
    yield from _dates(answer, citations, material, policy, today)


def _labels(answer: Mapping[str, Any], citations: Mapping[int, Mapping[str, Any]], material: Material) -> Iterator[str]:
    """Claims labelled as other evidence than the sentences that they cite. What is no sentence has no label."""
    for position, claim in enumerate(answer.get("claims", ()), start=1):
        labels = {material.evidence_of(citations[n]) for n in claim["citations"] if n in citations} - {None}
        if labels and claim["evidence"] not in labels:
            held = " and ".join(sorted(str(label) for label in labels))
            yield f"{EVIDENCE}claim {position} is called {claim['evidence']}, and its source is {held}"


def _dates(
    answer: Mapping[str, Any],
    citations: Mapping[int, Mapping[str, Any]],
    material: Material,
    policy: Policy,
    today: date,
) -> Iterator[str]:
    """Caveats whose review is due and that do not say so, or that are good for longer than the document they cite."""
    resting_on = {caveat.id: policy.statement(caveat.status) for caveat in policy.caveat}
    for caveat in answer.get("caveats", ()):
        status, due = resting_on.get(caveat["id"]), caveat["review_by"]
        if status and status.stale(today) and not caveat["stale"]:
            yield f"{STATUS}caveat {caveat['id']} reads as current; its review was due {status.review_by}"
        cited = citations.get(caveat["citation"])
        written = material.review_of(cited["document_id"]) if cited else None
        if written and due > written:
            yield f"{STATUS}caveat {caveat['id']} is good until {due}, and its source's review was due {written}"
