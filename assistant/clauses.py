"""The clauses of a sentence, and which side of a comparison stands where."""

import re

from index.words import STOPWORDS, stem, words

CLAUSE = re.compile(
    r"[;:()—–]|\s-\s|,\s*(?:and\s+)?not\b(?!\s+(?:merely|only|just))|,(?=\s+(?:but|while|whereas|although|though|which|where|with|exosomes?|stem cells?)\b)|\b(?:but|while|whereas|although|though|rather than|instead of|as opposed to|and not(?!\s+(?:merely|only|just))|not merely|not only|not just)\b|\band\s+(?=(?:increas|reduc|decreas|enhanc|improv|suppress|downregulat|upregulat|protect|shorten|lower|rais)\w*\b)",
    re.IGNORECASE,
)
THAN = re.compile(r"\b(?:than|compared (?:with|to)|over|relative to|versus|vs)\b", re.IGNORECASE)
COMPARATIVE = re.compile(
    r"\b(?:more|less|fewer|better|worse|(?!(?:other|number|whether|rather|after|under|over|however|together|consider|either|neither|never"
    r"|ever|laser|marker|barrier|filler|layer|transfer|center|fiber|provider|supplier|carrier|paper|water|matter|manner|order|answer"
    r"|cancer|ulcer|power|trigger|deliver|enter|offer|differ|alter|cover|discover|recover|remember|foster|register|administer|further)\b)"
    r"\w{3,}er)\b",
    re.IGNORECASE,
)
_PREDICATED = re.compile(
    r"\w+\s+(?:ones?\s+)?(?:to|than|in|for|at)\b", re.IGNORECASE
)  # "easier to store"; not "lower risk"


def comparison_swapped(claim: str, evidence: str) -> bool:
    """Whether the claim gives the comparative to the side that the evidence puts behind its "than"."""
    comparative = COMPARATIVE.search(claim)
    if not comparative:
        return False
    than = THAN.search(claim, comparative.end())
    before = claim[: comparative.start()]
    first = {stem(w) for w in words(before)} - STOPWORDS
    second = {stem(w) for w in words(claim[than.end() :])} - STOPWORDS if than else set()
    for match in COMPARATIVE.finditer(evidence):
        opening = max((m.end() for m in CLAUSE.finditer(evidence, 0, match.start())), default=0)
        subject = {stem(w) for w in words(evidence[opening : match.start()])}
        if subject & (second - first) and not subject & (first - second):
            return True
        elsewhere = {stem(w) for w in words(evidence[:opening] + " " + evidence[match.end() :])}
        same = _PREDICATED.match(claim, comparative.start()) and match[0].lower() == comparative[0].lower()
        if same and first and first <= elsewhere and not subject & first:
            return True  # the words give it to another subject, and speak of this one otherwise
        behind = THAN.search(evidence, match.end())
        other = {stem(w) for w in words(evidence[behind.end() :])} if behind else set()
        if not than and other & first - subject and not first & subject - other:
            return True
    return False
