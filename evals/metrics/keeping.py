"""Whether answers keep what policy demands and say no more than their sources: caveats, status, certainty, labels."""

from collections.abc import Iterable, Iterator

from assistant.verify import certainty
from evals.areas import STATUSES, of_breach
from evals.material import Material
from evals.metrics.types import Measured, Told, share


def caveats_where_due(told: Iterable[Told]) -> Measured:
    """Of the answers that are due a caveat, the share that shows one in its text."""
    due = (one for one in told if one.case.caveat)
    return share("caveat where it is due", (_shows(one) for one in due), "answers due one")


def caveats_in_excess(told: Iterable[Told]) -> Measured:
    """Of the answers that are due none, the share that shows one."""
    free = (one for one in told if one.case.caveat is False)
    return share(
        "caveat in excess", (bool(one.answer.get("caveats")) for one in free), "answers due none", is_loss=True
    )


def _shows(one: Told) -> bool:
    shown = one.answer.get("caveats", ())
    return bool(shown) and all(caveat["text"] in one.answer.get("text", "") for caveat in shown)


def status_compliance(told: Iterable[Told]) -> Measured:
    """Of the answers that state a regulatory status, the share that does so in policy's words, dated, not fresher."""
    stating = (one for one in told if one.answer.get("caveats"))
    verdicts = (all(of_breach(breach) != STATUSES for breach in one.outcome.breaches) for one in stating)
    return share("status compliance", verdicts, "answers with a status")


def certainty_inflation(told: Iterable[Told]) -> Measured:
    """The share of claims that are more certain than the words which they cite: "may", "is reported", or outright."""
    verdicts = (
        certainty(claim.text) > certainty(" ".join(quote for quote in claim.quotes if quote))
        for one in told
        for claim in one.claims
        if any(claim.quotes)
    )
    return share("certainty inflation", verdicts, "claims", is_loss=True)


def evidence_as_labelled(told: Iterable[Told], material: Material) -> Measured:
    """The share of claims that are called the evidence that their source is labelled as; no verdict without a label."""
    return share("evidence as labelled", _labelled(told, material), "claims")


def _labelled(told: Iterable[Told], material: Material) -> Iterator[bool | None]:
    for one in told:
        citations = {citation["number"]: citation for citation in one.answer.get("citations", ())}
        for claim in one.answer.get("claims", ()):
            labels = {material.evidence_of(citations[n]) for n in claim["citations"] if n in citations} - {None}
            yield claim["evidence"] in labels if labels else None
