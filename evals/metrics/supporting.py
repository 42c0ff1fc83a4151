"""Where claims come from and what is left unsaid, claim by claim.

After Ru et al. 2024, "RAGChecker: A Fine-grained Framework for Diagnosing Retrieval-Augmented Generation", section 3.
What a right answer says are the case's groups of words (`must`) instead of claims drawn from a written answer. A claim
is right where it says one of them or cites a section that the case names; of any other the case does not vouch. Shares
are of all claims together, where the paper takes the mean over questions.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from assistant.verify import Verdict, Verifier
from evals.material import Material
from evals.metrics.types import Entails, Measured, Told, share
from evals.score import found, normalised

NO_WORDS = "the claim has no content words"  # as the verifier says where it has nothing to judge by


def entailing(verifier: Verifier) -> Entails:
    """The verifier as a judge of entailment: supported or not; no verdict on a claim that has no content words."""

    @cache  # a claim is held against the same passages more than once
    def entails(claim: str, words: str) -> bool | None:
        verdict = verifier.verify(claim, words)
        return None if NO_WORDS in verdict.reasons else verdict.verdict == "supported"

    return entails


def unsupported(told: Iterable[Told], verifier: Verifier) -> Iterator[tuple[Told, str, Verdict]]:
    """The claims that the words which they cite do not support, with the verdict and its reasons."""
    for one in told:
        for claim in one.claims:
            verdict = verifier.verify(claim.text, " ".join(quote for quote in claim.quotes if quote))
            if verdict.verdict != "supported" and NO_WORDS not in verdict.reasons:
                yield one, claim.text, verdict


def claim_support(told: Sequence[Told], verifier: Verifier) -> Measured:
    """The share of claims that the verifier finds supported by the words which they cite."""
    entails = entailing(verifier)
    verdicts = (entails(c.text, " ".join(q for q in c.quotes if q)) for one in told for c in one.claims)
    return share("claim support", verdicts, "claims")


def claim_recall(told: Iterable[Told]) -> Measured:
    """Of what right answers say, the share that the passages found say: what search leaves possible."""
    return share("claim recall", (held for one in _searched(told) for held in _held(one)), "labelled facts")


def context_use(told: Iterable[Told]) -> Measured:
    """Of what right answers say and the passages found say, the share that the answer says."""
    verdicts = (
        _says(group, str(one.answer.get("text", "")))
        for one in _searched(told)
        for group, held in zip(one.case.must, _held(one), strict=True)
        if held
    )
    return share("context use", verdicts, "labelled facts found")


def _searched(told: Iterable[Told]) -> Iterator[Told]:
    """The cases that are to be answered, and for which something was searched."""
    return (one for one in told if one.outcome.searched and one.case.status == ("answered",))


def _held(one: Told) -> list[bool]:
    words = normalised(" ".join(one.found.values()))
    return [_says(group, words) for group in one.case.must]


def _says(group: Sequence[str], words: str) -> bool:
    text = normalised(words)
    return any(found(sought, text) for sought in group)


def sensitivity_to_noise(told: Iterable[Told], material: Material, entails: Entails, relevant: bool) -> Measured:
    """The share of claims that are not right and that a passage found says: a relevant one, or another one."""
    name = "noise from relevant passages" if relevant else "noise from other passages"
    verdicts = (
        _is_said(text, one, entails, relevant) if not right else False
        for one in _searched(told)
        for text, right in _judged(one, material)
    )
    return share(name, verdicts, "claims", is_loss=True)


def hallucination(told: Iterable[Told], material: Material, entails: Entails) -> Measured:
    """The share of claims that are not right and that no passage found says."""
    verdicts = (
        not (_is_said(text, one, entails, True) or _is_said(text, one, entails, False)) if not right else False
        for one in _searched(told)
        for text, right in _judged(one, material)
    )
    return share("hallucination", verdicts, "claims", is_loss=True)


def _judged(one: Told, material: Material) -> Iterator[tuple[str, bool]]:
    """Each claim with whether the case vouches for it."""
    wanted = {normalised(section) for section in one.case.sections}
    citations = {citation["number"]: citation for citation in one.answer.get("citations", ())}
    for claim, cited in zip(one.answer.get("claims", ()), one.claims, strict=True):
        sections = {
            normalised(name)
            for n in claim["citations"]
            if n in citations
            for name in material.sections_of(citations[n])
        }
        fact = any(_says(group, cited.text) for group in one.case.must)
        yield cited.text, fact or not wanted.isdisjoint(sections)


def _is_said(claim: str, one: Told, entails: Entails, relevant: bool) -> bool:
    searched = one.outcome.searched
    right = set(searched.relevant) if searched else set()
    held = [words for identity, words in one.found.items() if (identity in right) == relevant]
    return any(claim in words for words in held) or any(entails(claim, words) for words in held)
