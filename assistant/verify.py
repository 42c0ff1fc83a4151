"""Holds a claim against words of the material, whoever wrote it."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from assistant.thesaurus import thesaurus
from corpus.glossary import Glossary
from corpus.sentences import sentence_spans
from index.words import STOPWORDS, stem, unify, words

Outcome = Literal["supported", "partial", "unsupported", "contradicted"]

SUPPORTED, PARTIAL = 0.7, 0.4  # shares of a claim's content words that its evidence must hold

_CLAUSE = re.compile(
    r"[;:()—–]|\s-\s|,\s*(?:and\s+)?not\b(?!\s+(?:merely|only|just))|,(?=\s+(?:but|while|whereas|although|though|which|where|with|exosomes?|stem cells?)\b)|\b(?:but|while|whereas|although|though|rather than|instead of|as opposed to|and not|not merely|not only|not just)\b",
    re.IGNORECASE,
)
_NEGATED_OPENING = re.compile(r"(?:,\s*(?:and\s+)?not|rather than|instead of|as opposed to|and not)$", re.IGNORECASE)
_NEGATORS = frozenset(
    "no not none never neither nor without cannot lack lacks lacking absent nobody nothing gap gaps unknown unknowns undefined unproven anticipated awaited pending unresolved unclear uncertain unsettled".split()
)
_DIRECTIONS = frozenset(("more", "less", "fewer", "most"))
_OPEN_QUESTION = re.compile(r"\b(?:an? )?open (?:question|issue|matter)s?\b", re.IGNORECASE)
_ONLY = re.compile(r"\bonly\b", re.IGNORECASE)
_NOT_CONTRACTED = re.compile(r"n['’]t\b", re.IGNORECASE)
_PREFIX = frozenset(("non", "un", "under"))  # of a compound: they deny its next part only
_COMPARATIVE = re.compile(
    r"\b(?:more|less|fewer|better|worse|(?!other|number|whether|rather|after|under|over|however|together|consider)\w{3,}er)\b",
    re.IGNORECASE,
)

_WORD_NUMBERS = dict(
    zip("one two three four five six seven eight nine ten eleven twelve".split(), range(1, 13), strict=True)
)
_UNITS = r"%|percent|nm|nanomet\w+|µm|um|micromet\w+|microns?|mm|cm|ml|mg|µg|kg|g|s|min\w*|h|hours?|days?|weeks?|wks?|months?|mos?|years?|yrs?|°c|degrees"
_QUANTITY = re.compile(
    rf"(?<![\w.])(\d+(?:[.,]\d+)?)(?:\s*(?:[-–—]|to)\s*(\d+(?:[.,]\d+)?))?[\s-]*({_UNITS})?(?!\w)(?:\s+([A-Za-z]{{3,}}))?",
    re.IGNORECASE,
)

_NAMED_UNIT = re.compile(
    r"\b(day|week|month|year)\s+(\d{1,2})\b(?!\s*(?:days?|weeks?|months?|years?))", re.IGNORECASE
)  # "week 1"

_MEASURES = (
    ("nm", "nm", 1.0), ("nanomet", "nm", 1.0), ("µm", "nm", 1e3), ("um", "nm", 1e3), ("micro", "nm", 1e3), ("micron", "nm", 1e3),
    ("mm", "nm", 1e6), ("cm", "nm", 1e7), ("percent", "%", 1.0), ("h", "days", 1 / 24), ("day", "days", 1.0), ("week", "days", 7.0),
    ("wk", "days", 7.0), ("mo", "days", 30.0), ("year", "days", 365.0), ("yr", "days", 365.0),
)  # fmt: skip

# How sure a sentence is, from its most careful word; a claim may not stand above its source (invariant 2).
_LADDER: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, re.compile(r"\b(?:may|might|could|can|potential\w*|possibl\w+|thought to|anticipated|promising|preliminary)\b", re.IGNORECASE)),
    (2, re.compile(r"\b(?:report\w*|suggest\w*|cited|associated|preclinical|in vitro|(?:in the |)lab(?:oratory)?|animals?|mice|appears?|often|typical\w*|trends?)\b", re.IGNORECASE)),
)  # fmt: skip
REPORTED, CERTAIN = 2, 3


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the words say of a claim."""

    verdict: Outcome
    score: float  # 0 to 1, higher is better supported
    reasons: tuple[str, ...]
    evidence: str = ""  # the sentence that was held against the claim
    limited: bool = False  # the evidence speaks of something "only"


@dataclass(frozen=True, slots=True)
class _Token:
    stem: str
    word: str
    negated: bool
    clause: int


def certainty(text: str) -> int:
    """1 where something may be, 2 where it is reported, 3 where it is said outright."""
    return min((level for level, pattern in _LADDER if pattern.search(text)), default=CERTAIN)


class Verifier:
    """Verifies claims with the field's glossary."""

    def __init__(self, glossary: Glossary) -> None:
        self._glossary = glossary

    def verify(self, claim: str, passage: str) -> Verdict:
        """The verdict on a claim against the sentence of the passage that comes nearest to it."""
        spans = sentence_spans(passage, 0, len(passage))
        if any(_folded(claim) == _folded(passage[start:end]) for start, end in [*spans, (0, len(passage))]):
            return Verdict("supported", 1.0, ("the words themselves",), claim)
        verdicts = [self.judge(claim, passage[start:end]) for start, end in spans]
        if not verdicts:
            return Verdict("unsupported", 0.0, ("the passage is empty",))
        return max(verdicts, key=lambda v: v.score if v.verdict != "contradicted" else 0.55)

    def judge(
        self, claim: str, evidence: str, context: str = "", ignored: Callable[[str], bool] = lambda stemmed: False
    ) -> Verdict:
        """The verdict on a claim against one sentence.

        `context` holds the headings that name the sentence's subject; `ignored` tells stems that carry no content,
        as a question has them.
        """
        wanted = self._tokens(claim)
        content = [
            t
            for t in wanted
            if (t.word in _DIRECTIONS or t.word not in STOPWORDS) and not t.word.isdigit() and not ignored(t.stem)
        ]
        held = self._tokens(evidence)
        around = {t.stem for t in self._tokens(context)}
        if not content:
            return Verdict("unsupported", 0.0, ("the claim has no content words",), evidence)
        near = _nearest_clauses(content, held)
        matches = [(t, _match(t, held, around, near)) for t in content]
        found = [(t, m) for t, m in matches if m]
        coverage = len(found) / len(content)
        missing = [t.word for t, m in matches if not m]
        reasons = [*self._contradictions(claim, evidence, found, wanted), *numbers_against(claim, evidence)]
        limited = bool(_ONLY.search(evidence)) and not _ONLY.search(claim)
        if limited and missing:
            reasons.append("the words limit this to something else")
        if reasons and coverage >= PARTIAL:
            return Verdict("contradicted", round(0.1 * (1 - coverage), 3), tuple(reasons), evidence)
        if missing:
            reasons.append("the words do not mention " + ", ".join(dict.fromkeys(missing)))
        stronger = certainty(claim) > certainty(evidence)
        if stronger:
            reasons.append("the claim is more certain than the words")
        verdict: Outcome = "supported" if coverage >= SUPPORTED and not stronger and not limited else "partial"
        if coverage < PARTIAL:
            verdict = "unsupported"
        return Verdict(verdict, round(coverage * (0.8 if stronger else 1.0), 3), tuple(reasons), evidence, limited)

    def stems(self, text: str) -> set[str]:
        """The stems of a text's content words, abbreviations written out."""
        return {stem(word) for word in words(self._unify(text)) if word not in STOPWORDS}

    def _contradictions(
        self, claim: str, evidence: str, found: list[tuple[_Token, str]], wanted: list[_Token]
    ) -> list[str]:
        reasons = []
        opposite = [t.word for t, match in found if match == "opposite"]
        denied = [t.word for t, match in found if match == "negated"]
        claim_negated = any(t.negated for t in wanted)
        flips = bool(opposite) + bool(denied) + claim_negated
        if flips % 2:
            if opposite:
                reasons.append(f"the words say the opposite of {', '.join(dict.fromkeys(opposite))}")
            elif denied:
                reasons.append(f"the words deny {', '.join(dict.fromkeys(denied))}")
            else:
                reasons.append("the claim denies what the words say")
        if _comparison_swapped(self._unify(claim), self._unify(evidence)):
            reasons.append("the words compare the other way round")
        return reasons

    def _unify(self, text: str) -> str:
        return unify(text, self._glossary)

    def _tokens(self, text: str) -> list[_Token]:
        tokens: list[_Token] = []
        unified = _OPEN_QUESTION.sub("unresolved", _NOT_CONTRACTED.sub(" not", self._unify(text)))
        pieces = _CLAUSE.split(unified)
        openings = ["", *_CLAUSE.findall(unified)]
        for clause, (opening, piece) in enumerate(zip(openings, pieces, strict=True)):
            ws = words(piece)
            denied = bool(_NEGATED_OPENING.match(opening.strip())) or any(w in _NEGATORS for w in ws)
            previous = ""
            for word in ws:
                if word not in _NEGATORS and word not in _PREFIX:
                    prefixed = previous in _PREFIX
                    tokens.append(_Token(stem(word), word, denied != prefixed, clause))
                previous = word
        return tokens


def _folded(text: str) -> str:
    return " ".join(words(text))


def _match(token: _Token, held: list[_Token], around: set[str], near: set[int]) -> str:
    """How the evidence holds a word: "same", "negated", "opposite", or "" where it does not.

    The word itself counts before words of its group, and among those the ones in the clauses `near`, where the
    claim's other words stand.
    """
    same = [t for t in held if t.stem == token.stem]
    opposite = any(t.stem in thesaurus().opposite(token.stem) for t in held)
    if not same and not opposite:
        alike = [t for t in held if t.stem in thesaurus().alike(token.stem)]
        same = [t for t in alike if t.clause in near] or alike
    if same:
        return "negated" if all(t.negated for t in same) else "same"
    if opposite:
        return "opposite"
    return "same" if token.stem in around else ""


def _nearest_clauses(content: list[_Token], held: list[_Token]) -> set[int]:
    """The clauses of the evidence that share the most words with the claim."""
    wanted = {t.stem for t in content}
    shared = Counter(t.clause for t in held if t.stem in wanted)
    most = max(shared.values(), default=0)
    return {clause for clause, count in shared.items() if count == most}


def _comparison_swapped(claim: str, evidence: str) -> bool:
    than = re.search(r"\b(?:than|compared (?:with|to)|over)\b", claim, re.IGNORECASE)
    comparative = _COMPARATIVE.search(claim)
    if not than or not comparative or comparative.start() > than.start():
        return False
    first = {stem(w) for w in words(claim[: comparative.start()])} - STOPWORDS
    second = {stem(w) for w in words(claim[than.end() :])} - STOPWORDS
    for match in _COMPARATIVE.finditer(evidence):
        opening = max((m.end() for m in _CLAUSE.finditer(evidence, 0, match.start())), default=0)
        subject = {stem(w) for w in words(evidence[opening : match.start()])}
        if subject & (second - first) and not subject & (first - second):
            return True
    return False


def numbers_against(claim: str, evidence: str) -> list[str]:
    """Figures of the claim whose unit the evidence uses with other figures."""
    held = _quantities(evidence)
    reasons = []
    for figures, unit in _quantities(claim):
        others = [theirs for theirs, theirs_unit in held if theirs_unit == unit and unit]
        if others and not any(set(figures) & set(theirs) or _within(figures, theirs) for theirs in others):
            said = " or ".join("–".join(map(_figure, other)) for other in others)
            reasons.append(f"the words give {said} {unit}, not {'–'.join(map(_figure, figures))}")
    return reasons


def _within(figures: tuple[float, ...], others: tuple[float, ...]) -> bool:
    return len(others) == 2 and all(others[0] <= figure <= others[1] for figure in figures)


def _figure(number: float) -> str:
    return f"{number:g}"


def _quantities(text: str) -> list[tuple[tuple[float, ...], str]]:
    digits = re.sub(
        r"\b(?:" + "|".join(_WORD_NUMBERS) + r")\b",
        lambda m: str(_WORD_NUMBERS[m[0].lower()]),
        text,
        flags=re.IGNORECASE,
    )
    digits = _NAMED_UNIT.sub(r"\2 \1", digits)
    found = []
    for first, last, unit, counted in _QUANTITY.findall(digits):
        name, factor = _unit(unit) if unit else (stem(counted), 1.0)  # a bare number counts what it stands before
        found.append((tuple(factor * float(n.replace(",", ".")) for n in (first, last) if n), name))
    return found


def _unit(unit: str) -> tuple[str, float]:
    """The measure that a unit belongs to, and its size there: lengths in nm, times in days, the others as they are."""
    folded = unit.lower()
    for start, name, factor in _MEASURES:
        if folded.startswith(start):
            return name, factor
    return folded, 1.0
