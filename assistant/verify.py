"""Holds a claim against words of the material, whoever wrote it."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from assistant.clauses import CLAUSE, COMPARATIVE, THAN, comparison_swapped
from assistant.phrases import plain_words
from assistant.quantities import numbers_against
from assistant.thesaurus import thesaurus
from corpus.glossary import Glossary
from corpus.sentences import sentence_spans
from index.words import STOPWORDS, stem, unify, words

Outcome = Literal["supported", "partial", "unsupported", "contradicted"]
How = Literal["same", "alike", "around", "negated", "opposite", ""]

KEPT = 1000  # texts whose clauses stay in memory: one is held against several claims, and a claim against several
SUPPORTED, PARTIAL = 0.7, 0.4  # shares of a claim's content words that its evidence must hold

_NEGATED_OPENING = re.compile(r"(?:,\s*(?:and\s+)?not|rather than|instead of|as opposed to|and not)$", re.IGNORECASE)
_NEGATORS = frozenset(
    "no not none never neither nor without cannot lack lacks lacking absent nobody nothing gap gaps unknown unknowns undefined unproven anticipated awaited pending unresolved unclear uncertain unsettled".split()
)
_FORWARD = frozenset(("without", "lack", "lacks", "lacking"))  # they deny what follows, and not what stands before them
_FORWARD_IF_TIED = frozenset("gap gaps unknown unknowns".split())  # the same, where what follows is tied to them:
_TIES = frozenset("about around concerning in of on regarding".split())  # "unknowns regarding outcomes"
_DIRECTIONS = frozenset(("more", "less", "fewer", "most"))
OPEN = re.compile(  # says that something is not known, which is less than that it is not so
    r"\b(?:gaps?|unknowns?|under-?defined|undefined|unproven|unresolved|unclear|uncertain|unsettled|open (?:question|issue|matter)s?)\b",
    re.IGNORECASE,
)
_OPEN_QUESTION = re.compile(r"\b(?:an? )?open (?:question|issue|matter)s?\b|\bunder-?defined\b", re.IGNORECASE)
_CONTROLLED = re.compile(
    r"\b(?:stud(?:y|ies)|trials?)\b.*\b(?:randomi[sz]ed|controlled)\b|\b(?:control(?:s|led)?|comparison|comparator|placebo|randomi[sz]\w+) (?:group|arm|side|trial|study)|\bplacebo\b",
    re.IGNORECASE,
)
_UNCONTROLLED = re.compile(r"\b(?:single|one)-arm\b|\bopen-label\b|\buncontrolled\b", re.IGNORECASE)
ONLY = re.compile(r"\bonly\b", re.IGNORECASE)
_NOT_CONTRACTED = re.compile(r"n['’]t\b", re.IGNORECASE)
_PREFIX = re.compile(
    r"\b(?:non|un|under)-(?=\w)|\bnon (?=\w)", re.IGNORECASE
)  # of a compound: they deny its next part only
_DENIED = "unof"  # stands for such a prefix; no word of the language
# How sure a sentence is, from its most careful word; a claim may not stand above its source (invariant 2).
_LADDER: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, re.compile(r"\b(?:may|might|could|can|potential(?:ly)?(?! benefits?\b)|possibl[ey]|thought to|anticipated|promising|preliminary)\b", re.IGNORECASE)),
    (2, re.compile(r"\b(?:report\w*|suggest\w*|cited|associated|preclinical|in vitro|(?:in the |)lab(?:oratory)?|animals?|mice|appears?|often|typical\w*|trends?)\b", re.IGNORECASE)),
)  # fmt: skip
POSSIBLE, REPORTED, CERTAIN = 1, 2, 3
HEDGE = _LADDER[0][1]  # what makes a statement only possible
OPPOSITE, DENIED = "the words say the opposite of", "the words deny"  # how a reason begins that rests on such words


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the words say of a claim."""

    verdict: Outcome
    score: float  # 0 to 1, higher is better supported
    reasons: tuple[str, ...]
    evidence: str = ""  # the sentence that was held against the claim


@dataclass(frozen=True, slots=True)
class Compared:
    """A content word of a claim, and how the evidence holds it."""

    stem: str
    word: str
    how: How  # "around": what stands above it does; "": it does not hold it


@dataclass(frozen=True, slots=True)
class Comparison:
    """A claim beside its evidence."""

    words: tuple[Compared, ...]
    reasons: tuple[str, ...]  # what speaks against the claim; none where nothing does


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
        self._clauses = lru_cache(maxsize=KEPT)(self._parted)

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
        compared = self.compare(claim, evidence, context, ignored)
        if not compared.words:
            return Verdict("unsupported", 0.0, ("the claim has no content words",), evidence)
        missing = [word.word for word in compared.words if not word.how]
        coverage = 1 - len(missing) / len(compared.words)
        reasons = list(compared.reasons)
        limited = bool(ONLY.search(evidence)) and not ONLY.search(claim)
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
        return Verdict(verdict, round(coverage * (0.8 if stronger else 1.0), 3), tuple(reasons), evidence)

    def compare(
        self, claim: str, evidence: str, context: str = "", ignored: Callable[[str], bool] = lambda stemmed: False
    ) -> Comparison:
        """How the evidence holds each content word of a claim, and what speaks against the claim there."""
        wanted = self._tokens(claim)
        content = [
            t
            for t in wanted
            if (t.word in _DIRECTIONS or t.word not in STOPWORDS) and not t.word.isdigit() and not ignored(t.stem)
        ]
        held = self._tokens(evidence)
        around = {t.stem for t in self._tokens(context)}
        near = self._with_contrasts(_nearest_clauses(content, held) | self._own_clauses(claim, evidence), evidence)
        matches = [(t, _match(t, held, around, near)) for t in content]
        other_side = self._behind_than(claim)
        found: list[tuple[_Token, How]] = [(t, m) for t, m in matches if m and t.stem not in other_side]
        reasons = [*self._contradictions(claim, evidence, found, wanted), *numbers_against(claim, evidence)]
        return Comparison(tuple(Compared(t.stem, t.word, m) for t, m in matches), tuple(reasons))

    def _behind_than(self, claim: str) -> set[str]:
        """The stems of a comparison's other side: what the words deny of the first side is no denial of this one."""
        comparative = COMPARATIVE.search(claim)
        than = THAN.search(claim, comparative.end()) if comparative else None
        return self.stems(claim[than.end() :]) - self.stems(claim[: than.start()]) if than else set()

    def _with_contrasts(self, near: set[int], evidence: str) -> set[int]:
        """These clauses, and those that only say what is not meant by one of them: "…, not …", "… rather than …"."""
        clauses = self._clauses(evidence)
        return near | {
            n for n in range(1, len(clauses)) if n - 1 in near and _NEGATED_OPENING.match(clauses[n][0].strip())
        }

    def _own_clauses(self, claim: str, evidence: str) -> set[int]:
        """The clauses of the evidence that name nothing of the field but what the claim names."""
        asked = {term.term for _, _, term in self._glossary.find(claim)}
        clauses = self._clauses(evidence)
        return {
            n for n, (_, piece) in enumerate(clauses) if asked >= {t.term for _, _, t in self._glossary.find(piece)}
        }

    def stems(self, text: str) -> set[str]:
        """The stems of a text's content words, abbreviations written out."""
        return set(self.content_words(text))

    def content_words(self, text: str) -> list[str]:
        """The stems of a text's content words in their order, abbreviations written out."""
        return [stem(word) for word in words(self._unify(text)) if word not in STOPWORDS]

    def _contradictions(
        self, claim: str, evidence: str, found: list[tuple[_Token, How]], wanted: list[_Token]
    ) -> list[str]:
        reasons = []
        opposite = [t.word for t, match in found if match == "opposite"]
        denied = [t.word for t, match in found if match == "negated"]
        if any(_is_odd(clause, found, wanted) for clause in {t.clause for t in wanted}):
            if opposite:
                reasons.append(f"{OPPOSITE} {', '.join(dict.fromkeys(opposite))}")
            elif denied:
                reasons.append(f"{DENIED} {', '.join(dict.fromkeys(denied))}")
            else:
                reasons.append("the claim denies what the words say")
        if _CONTROLLED.search(claim) and _UNCONTROLLED.search(evidence):
            reasons.append("the words name a study without a control group")
        if comparison_swapped(self._unify(claim), self._unify(evidence)):
            reasons.append("the words compare the other way round")
        return reasons

    def _unify(self, text: str) -> str:
        return unify(text, self._glossary)

    def _parted(self, text: str) -> list[tuple[str, str]]:
        """The clauses of a text, abbreviations written out, each with what parts it from the one before."""
        unified = _OPEN_QUESTION.sub("unresolved", _NOT_CONTRACTED.sub(" not", self._unify(plain_words(text))))
        unified = _PREFIX.sub(f"{_DENIED} ", unified)
        return list(zip(["", *CLAUSE.findall(unified)], CLAUSE.split(unified), strict=True))

    def _tokens(self, text: str) -> list[_Token]:
        tokens: list[_Token] = []
        for clause, (opening, piece) in enumerate(self._clauses(text)):
            ws = words(piece)
            forward = {n for n, pair in enumerate(zip(ws, [*ws[1:], ""], strict=False)) if _denies_forward(*pair)}
            denied = bool(_NEGATED_OPENING.match(opening.strip()))
            denied = denied or any(w in _NEGATORS and n not in forward for n, w in enumerate(ws))
            previous = ""
            for n, word in enumerate(ws):
                denied = denied or n in forward
                if word not in _NEGATORS and word != _DENIED:
                    prefixed = previous == _DENIED
                    tokens.append(_Token(stem(word), word, denied != prefixed, clause))
                previous = word
        return tokens


def _denies_forward(word: str, following: str) -> bool:
    """Whether a word denies only what stands behind it in its clause."""
    return word in _FORWARD or (word in _FORWARD_IF_TIED and following in _TIES)


def _is_odd(clause: int, found: list[tuple[_Token, How]], wanted: list[_Token]) -> bool:
    """Whether a clause of the claim and the evidence differ by an odd number of denials: two make one statement again."""
    hows = {how for token, how in found if token.clause == clause}
    return (
        bool(hows)
        and (("opposite" in hows) + ("negated" in hows) + any(t.negated for t in wanted if t.clause == clause)) % 2 == 1
    )


def _folded(text: str) -> str:
    return " ".join(words(text))


def _match(token: _Token, held: list[_Token], around: set[str], near: set[int]) -> How:
    """How the evidence holds a word.

    The word itself counts before words of its group. Whether it is denied is told by the clauses `near`, where the
    claim's other words stand.
    """
    close = [t for t in held if t.clause in near]
    for pool in (close, held):
        same = [t for t in pool if t.stem == token.stem]
        alike = [] if token.word in _DIRECTIONS else [t for t in pool if t.stem in thesaurus().alike(token.stem)]
        if same or alike:
            denied = pool is close and all(t.negated for t in same or alike)  # what is denied elsewhere is not of this
            return "negated" if denied else "same" if same else "alike"
        if opposed := [t for t in pool if t.stem in thesaurus().opposite(token.stem)]:
            return "alike" if all(t.negated for t in opposed) else "opposite"  # not the opposite is the same
    return "around" if token.stem in around else ""


def _nearest_clauses(content: list[_Token], held: list[_Token]) -> set[int]:
    """The clauses of the evidence that share the most words with the claim; all of them where none shares any."""
    wanted = {t.stem for t in content}
    shared = Counter(t.clause for t in held if t.stem in wanted)
    if not shared:
        return {t.clause for t in held}
    most = max(shared.values())
    return {clause for clause, count in shared.items() if count == most}
