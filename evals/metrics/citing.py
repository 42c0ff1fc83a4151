"""Whether claims are borne out by what they cite, and by all that they cite.

After Gao et al. 2023, "Enabling Large Language Models to Generate Text with Citations" (ALCE), section 3, with the
project's verifier in place of their model of entailment, and with forged citations counted.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from evals.contract import TextOf, different_quotes
from evals.metrics.types import Cited, Entails, Measured, Told, share


def recall_of(claim: Cited, entails: Entails) -> bool | None:
    """1 where the words of all its citations together say the claim; 0 also where it has none but forged ones."""
    real = [quote for quote in claim.quotes if quote is not None]
    return entails(claim.text, " ".join(real)) if real else False


def precision_of(claim: Cited, entails: Entails) -> list[bool | None]:
    """For each citation, whether it is of use: the claim is recalled, and not by the others alone without its help.

    A citation is irrelevant where it does not say the claim by itself and the others do without it. A forged one is
    of no use.
    """
    recalled = recall_of(claim, entails)
    return [_is_of_use(n, claim, recalled, entails) for n in range(len(claim.quotes))]


def _is_of_use(n: int, claim: Cited, recalled: bool | None, entails: Entails) -> bool | None:
    quote = claim.quotes[n]
    if quote is None:
        return False
    if not recalled:
        return recalled
    others = [other for m, other in enumerate(claim.quotes) if m != n and other is not None]
    alone = entails(claim.text, quote)
    if alone or not others:
        return alone if others else True
    without = entails(claim.text, " ".join(others))
    return None if alone is None or without is None else not without


def citation_recall(told: Iterable[Told], entails: Entails) -> Measured:
    """The mean of `recall_of` over all claims."""
    return share("citation recall", (recall_of(c, entails) for one in told for c in one.claims), "claims")


def citation_precision(told: Iterable[Told], entails: Entails) -> Measured:
    """The mean of `precision_of` over all citations of claims, the forged ones in the denominator."""
    verdicts = (verdict for one in told for c in one.claims for verdict in precision_of(c, entails))
    return share("citation precision", verdicts, "citations")


def forged(told: Iterable[Told]) -> Measured:
    """The share of forged ones among the citations of claims: one is a failure of the run, whatever the others do."""
    return share(
        "forged citations", (q is None for one in told for c in one.claims for q in c.quotes), "citations", True
    )


def exact_quotes(told: Iterable[Told], text_of: TextOf) -> Measured:
    """The share of quotes that are their document's own bytes at their place, those of caveats among them."""
    return share("quote exactness", _exact(told, text_of), "citations")


def _exact(told: Iterable[Told], text_of: TextOf) -> Iterator[bool]:
    for one in told:
        for citation in one.answer.get("citations", ()):
            yield not different_quotes({"citations": [citation]}, text_of)


def cited_claims(answer: Mapping[str, Any], text_of: TextOf, yes_no: tuple[str, str]) -> tuple[Cited, ...]:
    """The claims of an answer with the words that they cite; `yes_no` may stand before the words of a claim."""
    real = {
        citation["number"]: citation["quote"]
        for citation in answer.get("citations", ())
        if not different_quotes({"citations": [citation]}, text_of)
    }
    return tuple(
        Cited(_without(claim["text"], yes_no), tuple(real.get(number) for number in claim["citations"]))
        for claim in answer.get("claims", ())
    )


def _without(text: str, yes_no: tuple[str, str]) -> str:
    return next((text.removeprefix(f"{word}: ") for word in yes_no if text.startswith(f"{word}: ")), text)
