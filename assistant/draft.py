"""Checks a draft that somebody else wrote (a consent text, a slide, a post), sentence by sentence.

Each sentence is held against the sentences of the material that come nearest, by the verifier that guards the answers,
and against what no answer may say. What cannot be checked is said to be so, and is not taken for wrong or right.
"""

import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from assistant.answer import Layout
from assistant.caveats import is_due, mentions_subject, shown, source_statement, therapy_words
from assistant.decide import missing_entities
from assistant.invariants import denies_approval, false_approvals, orders
from assistant.line import Parts
from assistant.privacy import redact
from assistant.question import read_question
from assistant.screen import MAX_CHARACTERS
from assistant.types import CaveatShown, CheckedDraft, CheckedSentence, Finding, Statement
from assistant.verify import Verdict, certainty
from corpus.matching import normalise
from corpus.policy import Caveat
from corpus.sentences import LEANS_BACK, single_spans
from corpus.types import Document
from index.types import SentenceMatch

log = logging.getLogger("caveat")

PASSAGES = 10  # searched for a sentence
NEAREST = 12  # sentences of them, by meaning, that it is held against
BESIDE = 3  # of these, the ones that can contradict it: what denies it from afar speaks of something else
CLOSE = 0.4  # cosine from which on wording is shown beside a sentence of which it says too little
ENDS_WITH_QUESTION = re.compile(r"\?\W*$")
_DENIED = re.compile(r"\b(?:no|not|none|never|cannot|without)\b|n['’]t\b", re.IGNORECASE)
_PROMISED = re.compile(r"^\D*$")  # a promise is in words; a dose or a price has a figure
NOT_CHECKED = "this sentence could not be checked"


def check(
    draft: Document, parts: Parts, progress: Callable[[int, int], None] = lambda done, total: None
) -> CheckedDraft:
    """What the material says of each sentence of a draft; positions count characters of the draft's text."""
    spans = list(_spans(draft))
    about = normalise(" ".join(draft.text[start:end] for start, end in spans))
    room = _Room(parts, _missing_caveats(about, parts), about)
    sentences, before = [], ""
    for done, (start, end) in enumerate(spans, start=1):
        words = draft.text[start:end]
        sentences.append(replace(room.checked(words, before), start=start, end=end))
        before = f"{before} {words}" if LEANS_BACK.match(words) else words
        progress(done, len(spans))
    due = {name for sentence in sentences for name in sentence.lacks_caveat}
    caveats = tuple(room.caveat(caveat) for caveat in room.missing if caveat.id in due)
    return CheckedDraft(
        draft.title, tuple(sentences), tuple(room.layout.citations), caveats, parts.index.version, parts.policy.version
    )


def _spans(draft: Document) -> Iterator[tuple[int, int]]:
    for block in draft.blocks:
        yield from single_spans(draft.text, block.start, block.end)


def _missing_caveats(draft: str, parts: Parts) -> tuple[Caveat, ...]:
    """The caveats that the draft does not state: it neither says that the therapy is not approved nor investigational."""
    return () if denies_approval(draft) or _says_investigational(draft, parts) else parts.policy.caveat


def _says_investigational(draft: str, parts: Parts) -> bool:
    """Whether the draft opens a statement of the subject as policy's caveat does."""
    openings = (caveat.text.partition(":")[0] for caveat in parts.policy.caveat)
    return any(
        re.search(rf"\b{re.escape(opening)}\b", sentence, re.IGNORECASE)
        and not re.search(rf"\bnot {re.escape(opening)}\b", sentence, re.IGNORECASE)
        and any(mentions_subject(caveat, sentence) for caveat in parts.policy.caveat)
        for opening in openings
        for sentence in re.split(r"(?<=[.!?])\s", draft)
    )


@dataclass
class _Room:
    """What the sentences of one draft are checked with; citations are numbered over the whole draft."""

    parts: Parts
    missing: tuple[Caveat, ...]
    about: str  # the whole draft
    layout: Layout = field(init=False)

    def __post_init__(self) -> None:
        self.layout = Layout(self.parts.policy.wording)

    def caveat(self, caveat: Caveat) -> CaveatShown:
        """The caveat as it reads today, its source cited."""
        source = source_statement(self.parts.policy.statement(caveat.status), self.parts.index)
        return shown(caveat, self.parts.policy, self.parts.today, self.layout.cite(source) if source else None)

    def checked(self, words: str, before: str) -> CheckedSentence:
        """One sentence, its place left open, and what stands before it, which "they" may mean.

        A check that fails is said to have failed: nothing passes by it.
        """
        typed = normalise(" ".join(words.split()))
        redacted = redact(typed, self.parts.known_words | therapy_words(typed, self.parts.policy))
        sentence = CheckedSentence(redacted.text, 0, 0, "not_checked", 0.0, (), None, None, ())
        try:
            if len(redacted.text) > MAX_CHARACTERS:
                return replace(sentence, text=redacted.text[:MAX_CHARACTERS], reasons=("it is too long to be checked",))
            personal = tuple(f"it holds personal data ({kind})" for kind in redacted.kinds)
            whole = f"{_running_on(normalise(before))} {redacted.text}" if LEANS_BACK.match(redacted.text) else ""
            return self._judged(sentence, personal, whole or redacted.text)
        except Exception as error:  # a guardrail that fails, fails closed
            log.exception("a sentence of a draft could not be checked")
            return replace(sentence, reasons=(f"{NOT_CHECKED} ({type(error).__name__})",))

    def _judged(self, sentence: CheckedSentence, personal: tuple[str, ...], whole: str) -> CheckedSentence:
        """`whole` is the sentence with what it leans on."""
        words, parts = sentence.text, self.parts
        question = read_question(words, parts.glossary, parts.index.vocabulary)
        if not personal and (ENDS_WITH_QUESTION.search(words) or not question.content):
            return replace(sentence, finding="no_claim", reasons=("it states nothing that could be checked",))
        verdict, match = self._nearest(words)
        finding = _finding(verdict, words)
        told = match and (match.dense >= CLOSE or finding != "not_in_material")
        source = _statement(match) if match and told else None
        reasons = list(verdict.reasons) if source and finding != "supported" else []
        unknown = missing_entities(question, parts.index, parts.speller)
        if unknown and finding in ("supported", "stronger"):
            finding = "not_in_material"
        reasons += [f"the material does not cover {name}" for name in unknown]
        if approvals := false_approvals(whole):
            finding, source = "contradicted", self._registered(whole) or source
            reasons = [f"it calls a product approved: “{words}”" for _ in approvals[:1]]
            reasons += [status.statement for status in parts.policy.status if re.search(status.about, whole, re.I)]
        if forbidden := [*personal, *self._forbidden(words)]:
            finding, reasons = "not_allowed", [*forbidden, *reasons]
        lacks = self._lacks(words, [source] if source else [])
        if lacks and finding == "supported":
            finding = "lacks_caveat"
        return replace(
            sentence, finding=finding, score=verdict.score, reasons=tuple(dict.fromkeys(reasons)), lacks_caveat=lacks,
            citation=self.layout.cite(source) if source else None, evidence=source.evidence if source else None,
        )  # fmt: skip

    def _nearest(self, words: str) -> tuple[Verdict, SentenceMatch | None]:
        """The verdict by the sentence of the material that says most of it, and that sentence."""
        index = self.parts.index
        query = index.query(words)
        passages = [hit.passage for hit in index.search(query, PASSAGES)]
        nearest = sorted(index.sentences(query, passages), key=lambda match: -match.dense)[:NEAREST]
        verdicts = [(self._verdict(words, match), match) for match in nearest]
        if not verdicts:
            return Verdict("unsupported", 0.0, ()), None
        beside = {id(match) for match in nearest[:BESIDE]}
        return max(verdicts, key=lambda pair: (_rank(pair[0], id(pair[1]) in beside), pair[0].score, pair[1].dense))

    def _verdict(self, words: str, match: SentenceMatch) -> Verdict:
        """What one sentence says of the words, by itself or else under its headings, which may name its subject."""
        statement = _statement(match)
        alone = self.parts.verifier.verify(words, statement.quote)
        if alone.verdict == "supported":
            return alone
        headings = " ".join((statement.passage.title, *statement.passage.section))
        return self.parts.verifier.judge(words, statement.quote, headings)

    def _registered(self, words: str) -> Statement | None:
        """Where the material states the status of what the words call approved."""
        named = [status for status in self.parts.policy.status if re.search(status.about, words, re.IGNORECASE)]
        return next((s for status in named if (s := source_statement(status, self.parts.index))), None)

    def _forbidden(self, words: str) -> list[str]:
        """What no answer may say either: a dose, a directive, a price, a promise that is not denied."""
        denied = bool(_DENIED.search(words))
        said = [order for order in orders(words) if not (denied and _PROMISED.match(order))]
        return [f"it directs, doses, prices or promises: “{order}”" for order in dict.fromkeys(said)]

    def _lacks(self, words: str, sources: list[Statement]) -> tuple[str, ...]:
        """The caveats that the sentence demands, in a draft of the subject that states them nowhere."""
        return tuple(
            caveat.id
            for caveat in self.missing
            if mentions_subject(caveat, self.about) and is_due(caveat, words, sources, on_subject=True)
        )


def _running_on(words: str) -> str:
    """Sentences without their ends, so that they are one with what follows."""
    return re.sub(r"[.!?;]+(?=\s|$)", ",", " ".join(words.split()))


def _finding(verdict: Verdict, words: str) -> Finding:
    if verdict.verdict == "partial":
        return "stronger" if certainty(words) > certainty(verdict.evidence) else "not_in_material"
    if verdict.verdict == "unsupported":
        return "not_in_material"
    return verdict.verdict


def _rank(verdict: Verdict, beside: bool) -> int:
    """What tells of a sentence first: its support, then what denies it close by, then what says a part of it."""
    if verdict.verdict == "contradicted":
        return 2 if beside else 0
    return {"supported": 3, "partial": 1, "unsupported": 0}[verdict.verdict]


def _statement(match: SentenceMatch) -> Statement:
    sentence = match.passage.sentences[match.position]
    return Statement(match.passage, sentence.start, sentence.end, sentence.evidence, sentence.role)
