"""The output invariants, checked on every answer before anything is shown; a breach is never shown.

Each check takes the finished answer and what it may know, and names what it found; an empty list is a pass. They
read only the answer, so that they hold whoever wrote it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from assistant import caveats
from assistant.faithful import FIGURE, NEGATION, departures
from assistant.markup import is_safe, plain
from assistant.privacy import redact
from assistant.types import Answer
from assistant.verify import Verifier, certainty
from corpus.policy import MAX_CAVEAT_WORDS, Policy

_WORD = re.compile(r"\w+")
_CLAUSE_END = re.compile(r"[;\n]|(?<=[.!?])\s")
_APPROVED = re.compile(
    r"\b(?:approv(?:es?|ed|als?)|cleared|clearance|registered|licen[cs]ed|authori[sz](?:ed|ation)|certified|sanctioned|endorsed|green[\s-]?li(?:t|ghted))\b|\bzugelassen|\bapprouv|\bautoris[ée]|\baprobad|\bautorizad|\bapprovat|\bautorizzat",
    re.IGNORECASE,
)
_PRODUCT = re.compile(
    r"\bexos?\b|\bexos\w*|\besosom\w*|\bextracellular vesicle\w*|\bEVs?\b|\bsecretome|\b(?:cosmetic|regenerative) (?:therap|treatment|product)\w*",
    re.IGNORECASE,
)
_CELLS = re.compile(
    r"\bstem[\s-]?cell|\bMSCs?\b|\bADSCs?\b|\biPSCs?\b|\bstammzell|\bcellules? souches?|\bc[ée]lulas? madre|\bcellul[ae] staminal",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:no|not|none|never|neither|nor|lacks?|isn.?t|aren.?t|un\w*approved|nicht|kein\w*|pas|aucune?|ning[úu]n\w*|non|nessun\w*)\b",
    re.IGNORECASE,
)
_ORDERS = re.compile(
    r"\b(?:your patient|this patient|she|he)\b[^.]{0,40}\b(?:should|must|needs? to)\b|\byou (?:should|must|need to|ought to) (?:be |get |have )?(?:inject|giv|administer|prescrib|receiv|start|stop|book|undergo|treat)\w*\b"
    r"|\b(?:inject|administer|give)\s+\d|\b\d+(?:\.\d+)?\s*(?:ml|mls|cc|ccs|mg|µg|mcg|iu|units?|vials?|drops?|syringes?|ampoules?|billion|trillion)\b|[$€£¥]\s?\d|[®™]|\b\d+\s?(?:dollars|euros|pounds|USD|EUR|GBP)\b"
    r"|\b(?:guaranteed?|will definitely|100\s?% (?:safe|effective)|cures?|miracles?|risk-free|never fails?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Known:
    """What the checks may know beside the answer."""

    text_of: Callable[[str], str | None]  # a document's exact text
    policy: Policy
    verifier: Verifier
    caveats_due: frozenset[str]
    emergency: bool
    vocabulary: frozenset[str]


def citations_resolve(answer: Answer, known: Known) -> list[str]:
    """1. Each claim carries a citation, each citation resolves, each quote is the source's own bytes."""
    numbers = {citation.number for citation in answer.citations}
    found = [f"claim without a citation: {c.text!r}" for c in answer.claims if not c.citations]
    found += [f"citation {n} does not exist" for c in answer.claims for n in c.citations if n not in numbers]
    found += [f"marker {m} does not exist" for m in re.findall(r"\[(\d+)\]", answer.text) if int(m) not in numbers]
    for citation in answer.citations:
        text = known.text_of(citation.document_id)
        if text is None or text[citation.start : citation.end] != citation.quote or not citation.quote:
            found.append(f"citation {citation.number} is not the words of {citation.document_id}")
    return found + _out_of_place(answer)


def _out_of_place(answer: Answer) -> list[str]:
    """Claims that do not stand in the text in their order with their own markers, and markers of no claim."""
    found, position = list[str](), 0
    rest = answer.text
    for caveat in answer.caveats:
        rest = rest.replace(f"{caveat.text} [{caveat.citation}]", "")
    for claim in answer.claims:
        marked = claim.text + "".join(f" [{number}]" for number in claim.citations)
        place = rest.find(marked, position)
        if place < 0:
            found.append(f"claim is not in the text in its place: {claim.text!r}")
        else:
            position = place + len(marked)
    markers = [int(number) for number in re.findall(r"\[(\d+)\]", rest)]
    if markers != [number for claim in answer.claims for number in claim.citations]:
        found.append("the markers in the text are not those of the claims")
    return found


def nothing_added(answer: Answer, known: Known) -> list[str]:
    """2. No figure or comparison that the cited words lack, no lost negation, nothing stronger than the source."""
    quotes = {citation.number: citation.quote for citation in answer.citations}
    found = []
    for claim in answer.claims:
        words = re.sub(rf"^(?:{known.policy.wording.yes}|{known.policy.wording.no}): ", "", claim.text)
        cited = " ".join(quotes.get(number, "") for number in claim.citations)
        extra = set(FIGURE.findall(words)) - set(FIGURE.findall(cited))
        if extra:
            found.append(f"figures {sorted(extra)} are not in the cited words")
        if len(NEGATION.findall(words)) < len(NEGATION.findall(cited)):
            found.append(f"a negation was lost: {words!r}")
        if certainty(words) > certainty(cited):
            found.append(f"more certain than the cited words: {words!r}")
        if words not in (plain(quotes.get(number, "")) for number in claim.citations):
            found += [
                f"a claim departs from the cited words: {how}" for how in departures(words, cited, known.verifier)
            ]
        if known.verifier.verify(words, cited).verdict in ("contradicted", "unsupported"):
            found.append(f"not supported by the cited words: {words!r}")
    return found


def status_is_policys(answer: Answer, known: Known) -> list[str]:
    """3. A status line is policy's own, dated, says when its review is due, and says so when it cites nothing."""
    found = []
    for shown in answer.caveats:
        caveat = next(c for c in known.policy.caveat if c.id == shown.id)
        status = known.policy.statement(caveat.status)
        if shown.text != caveats.wording(caveat, status, shown.stale, shown.citation) or shown.as_of != status.as_of:
            found.append(f"caveat {shown.id} is not worded and dated as policy has it")
        if status.as_of not in shown.text:
            found.append(f"caveat {shown.id} lacks its date")
        if status.review_by != shown.review_by:
            found.append(f"caveat {shown.id} has another review date than policy")
    return found


def caveats_present(answer: Answer, known: Known) -> list[str]:
    """4. Every caveat that is due is in the text, on one line of at most 30 words."""
    shown = {caveat.id: caveat.text for caveat in answer.caveats}
    found = [
        f"caveat {name} is due and missing" for name in known.caveats_due if shown.get(name, "\0") not in answer.text
    ]
    found += [
        f"caveat {name} is longer than one line of {MAX_CAVEAT_WORDS} words"
        for name, text in shown.items()
        if "\n" in text or len(text.split()) > MAX_CAVEAT_WORDS
    ]
    return found


def no_false_approval(answer: Answer, known: Known) -> list[str]:
    """5. "Approved" and the like never stand next to an investigational product without their negation."""
    return [f"approval without its negation: {clause!r}" for clause in false_approvals(answer.text)]


def false_approvals(text: str) -> list[str]:
    """The clauses that call an investigational product approved, cleared or the like."""
    return [
        clause.strip()
        for clause in _CLAUSE_END.split(text)
        if _APPROVED.search(clause)
        and not _DENIED.search(clause)
        and (_PRODUCT.search(clause) or _unrestricted(clause))
    ]


def denies_approval(text: str) -> bool:
    """Whether a text says that an investigational product is not approved."""
    return any(
        _APPROVED.search(clause) and _DENIED.search(clause) and (_PRODUCT.search(clause) or _CELLS.search(clause))
        for clause in _CLAUSE_END.split(text)
    )


def _unrestricted(clause: str) -> bool:
    """Whether stem cells are said to be approved without the restriction under which some are."""
    return bool(_CELLS.search(clause)) and not re.search(r"\bonly\b", clause, re.IGNORECASE)


def no_orders(answer: Answer, known: Known) -> list[str]:
    """6. No directive for one patient, no dose, no brand, no price, no promise."""
    return [f"says {words!r}" for words in orders(answer.text)]


def orders(text: str) -> list[str]:
    """The words that direct a patient's treatment, name a dose or a price, or promise a result."""
    return [match[0] for match in _ORDERS.finditer(text)]


def emergency_first(answer: Answer, known: Known) -> list[str]:
    """7. An emergency gets its notice first and no training content."""
    if not known.emergency:
        return []
    found = [] if answer.text.startswith(known.policy.emergency.say) else ["the emergency notice is not first"]
    return found + (["training content in an emergency"] if answer.claims or answer.status != "refused" else [])


def nothing_personal(answer: Answer, known: Known) -> list[str]:
    """8. No personal data in any field that is shown, stored or logged; the material's own words are nobody's.

    What is a name, the words beside it tell. A word of the question, repeated alone, may look like one ("Italia"); it
    was judged where it was asked, and the question is checked as a whole.
    """
    own = answer.text
    for words in (*(plain(c.quote) for c in answer.citations), *(caveat.text for caveat in answer.caveats)):
        own = own.replace(words, "")
    reasons = (answer.sufficiency.reason, *answer.sufficiency.missing) if answer.sufficiency else ()
    asked = frozenset(_WORD.findall(answer.question))
    found = [kind for kind, _ in _personal(answer.question, known)]
    for words in (answer.standalone_question, own, *(g.detail for g in answer.guardrails), *reasons):
        personal = _personal(words, known)
        found += [kind for kind, value in personal if kind != "name" or not asked.issuperset(_WORD.findall(value))]
    return [f"{kind} in the answer" for kind in found]


def _personal(words: str, known: Known) -> list[tuple[str, str]]:
    """What kinds of personal data a text holds, each with what it says."""
    redacted = redact(words, known.vocabulary | caveats.therapy_words(words, known.policy))
    return list(zip(redacted.kinds, redacted.values, strict=True))


def nothing_active(answer: Answer, known: Known) -> list[str]:
    """9. Nothing in the text that a browser would run, load or follow."""
    return [] if is_safe(answer.text) else ["the text holds a tag, an image or a link"]


def versions_stand(answer: Answer, known: Known) -> list[str]:
    """10. Index version, answer model and policy version stand on the answer."""
    versions = {
        "index_version": answer.index_version,
        "answer_model": answer.answer_model,
        "policy_version": answer.policy_version,
    }
    return [f"{name} is missing" for name, value in versions.items() if not value]


INVARIANTS: tuple[Callable[[Answer, Known], list[str]], ...] = (
    citations_resolve, nothing_added, status_is_policys, caveats_present, no_false_approval,
    no_orders, emergency_first, nothing_personal, nothing_active, versions_stand,
)  # fmt: skip


def breaches(answer: Answer, known: Known) -> list[str]:
    """All breaches, each with the number of its invariant; a check that raises counts as a breach."""
    found = []
    for number, check in enumerate(INVARIANTS, start=1):
        try:
            found += [f"invariant {number}: {what}" for what in check(answer, known)]
        except Exception as error:  # a guardrail that fails, fails closed
            found.append(f"invariant {number}: the check failed ({type(error).__name__}: {error})")
    return found
