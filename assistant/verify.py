"""Holds a claim against words of the material, whoever wrote it."""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from corpus.glossary import Glossary
from corpus.sentences import sentence_spans
from index.words import STOPWORDS, stem, unify, words

Outcome = Literal["supported", "partial", "unsupported", "contradicted"]

SUPPORTED, PARTIAL = 0.7, 0.4  # shares of a claim's content words that its evidence must hold

_OPPOSITES = Path(__file__).with_name("opposites.toml")
_CLAUSE = re.compile(
    r"[;:,()—–]|\s-\s|\b(?:but|while|whereas|although|though|rather than|instead of|as opposed to|and not|not merely|not only|not just)\b",
    re.IGNORECASE,
)
_NEGATED_OPENING = re.compile(r"(?:rather than|instead of|as opposed to|and not)$", re.IGNORECASE)
_NEGATORS = frozenset("no not none never neither nor without cannot lack lacks lacking absent nobody nothing".split())
_NOT_CONTRACTED = re.compile(r"n['’]t\b", re.IGNORECASE)
_PREFIX = frozenset(("non", "un"))
_COMPARATIVE = re.compile(r"\b(?:more|less|fewer|better|worse|(?!other|number|whether|rather|after|under|over|however|together|consider)\w{3,}er)\b", re.IGNORECASE)
_QUESTION_WORDS = frozenset("true correct right possible ok okay allowed really already yet still currently ever been fact case".split())

_WORD_NUMBERS = dict(zip("one two three four five six seven eight nine ten eleven twelve".split(), range(1, 13), strict=True))
_UNITS = r"%|percent|nm|nanomet\w+|µm|um|mm|cm|ml|mg|µg|kg|g|s|min\w*|h|hours?|days?|weeks?|wks?|months?|mos?|years?|yrs?|°c|degrees"
_QUANTITY = re.compile(rf"(?<![\w.])(\d+(?:[.,]\d+)?)(?:\s*(?:[-–—]|to)\s*(\d+(?:[.,]\d+)?))?[\s-]*({_UNITS})?(?!\w)", re.IGNORECASE)

# How sure a sentence is, from its most careful word; a claim may not stand above its source (invariant 2).
_LADDER: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, re.compile(r"\b(?:may|might|could|can|potential\w*|possibl\w+|thought to|anticipated|promising|preliminary)\b", re.IGNORECASE)),
    (2, re.compile(r"\b(?:report\w*|suggest\w*|cited|associated|preclinical|in vitro|appears?|often|typical\w*|trends?)\b", re.IGNORECASE)),
)  # fmt: skip
CERTAIN = 3


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the words say of a claim."""

    verdict: Outcome
    score: float  # 0 to 1, higher is better supported
    reasons: tuple[str, ...]
    evidence: str = ""  # the sentence that was held against the claim


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
        verdicts = [self.judge(claim, passage[start:end]) for start, end in spans]
        if not verdicts:
            return Verdict("unsupported", 0.0, ("the passage is empty",))
        return max(verdicts, key=lambda v: (v.score if v.verdict != "contradicted" else 0.55))

    def judge(self, claim: str, evidence: str, context: str = "") -> Verdict:
        """The verdict on a claim against one sentence; `context` holds the headings that name its subject."""
        wanted = self._tokens(claim)
        content = [t for t in wanted if t.word not in STOPWORDS and t.word not in _QUESTION_WORDS and not t.word.isdigit()]
        held = self._tokens(evidence)
        around = {t.stem for t in self._tokens(context)}
        if not content:
            return Verdict("unsupported", 0.0, ("the claim has no content words",), evidence)
        matches = [(t, _match(t, held, around)) for t in content]
        found = [(t, m) for t, m in matches if m]
        coverage = len(found) / len(content)
        reasons = [*self._contradictions(claim, evidence, found, wanted), *_numbers_against(claim, evidence)]
        if reasons and coverage >= PARTIAL:
            return Verdict("contradicted", round(0.1 * (1 - coverage), 3), tuple(reasons), evidence)
        missing = [t.word for t, m in matches if not m]
        if missing:
            reasons.append("the words do not mention " + ", ".join(dict.fromkeys(missing)))
        stronger = certainty(claim) > certainty(evidence)
        if stronger:
            reasons.append("the claim is more certain than the words")
        verdict: Outcome = "supported" if coverage >= SUPPORTED and not stronger else "partial"
        if coverage < PARTIAL:
            verdict = "unsupported"
        return Verdict(verdict, round(coverage * (0.8 if stronger else 1.0), 3), tuple(reasons), evidence)

    def _contradictions(self, claim: str, evidence: str, found: list[tuple[_Token, str]], wanted: list[_Token]) -> list[str]:
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
        unified = _NOT_CONTRACTED.sub(" not", self._unify(text))
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


def _match(token: _Token, held: list[_Token], around: set[str]) -> str:
    """How the evidence holds a word: "same", "negated", "opposite", or "" where it does not."""
    same = [t for t in held if t.stem == token.stem or t.stem in _groups()[0].get(token.stem, frozenset())]
    if same:
        return "negated" if all(t.negated for t in same) else "same"
    if any(t.stem in _groups()[1].get(token.stem, frozenset()) for t in held):
        return "opposite"
    return "same" if token.stem in around else ""


@lru_cache(maxsize=1)
def _groups() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """By stem: the words of its own group, and those of the opposite one."""
    alike: dict[str, frozenset[str]] = {}
    opposed: dict[str, frozenset[str]] = {}
    for pair in tomllib.loads(_OPPOSITES.read_text("utf-8"))["pair"]:
        sides = [frozenset(stem(part) for word in pair[side] for part in [word.replace("-", "")]) for side in ("one", "other")]
        for mine, theirs in (sides, sides[::-1]):
            for word in mine:
                alike[word] = alike.get(word, frozenset()) | mine
                opposed[word] = opposed.get(word, frozenset()) | theirs
    return alike, opposed


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


def _numbers_against(claim: str, evidence: str) -> list[str]:
    """Figures of the claim whose unit the evidence uses with other figures."""
    held = _quantities(evidence)
    reasons = []
    for figures, unit in _quantities(claim):
        others = [theirs for theirs, theirs_unit in held if theirs_unit == unit and unit]
        if others and not any(set(figures) & set(theirs) or _within(figures, theirs) for theirs in others):
            reasons.append(f"the words give {' or '.join('–'.join(map(_figure, o)) for o in others)} {unit}, not {'–'.join(map(_figure, figures))}")
    return reasons


def _within(figures: tuple[float, ...], others: tuple[float, ...]) -> bool:
    return len(others) == 2 and all(others[0] <= figure <= others[1] for figure in figures)


def _figure(number: float) -> str:
    return f"{number:g}"


def _quantities(text: str) -> list[tuple[tuple[float, ...], str]]:
    digits = re.sub(r"\b(?:" + "|".join(_WORD_NUMBERS) + r")\b", lambda m: str(_WORD_NUMBERS[m[0].lower()]), text, flags=re.IGNORECASE)
    return [
        (tuple(float(n.replace(",", ".")) for n in (first, last) if n), _unit(unit))
        for first, last, unit in _QUANTITY.findall(digits)
    ]


def _unit(unit: str) -> str:
    folded = unit.lower()
    for start, name in (("nanomet", "nm"), ("percent", "%"), ("wk", "week"), ("mo", "month"), ("yr", "year")):
        if folded.startswith(start):
            return name
    return folded.rstrip("s") if len(folded) > 2 else folded

