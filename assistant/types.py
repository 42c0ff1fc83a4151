"""What the assistant hands out: an answer in which every claim points to its exact words."""

from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any, Literal, get_args

from corpus.types import Evidence, Passage
from index.types import Hit, SentenceMatch

EXTRACTIVE = "extractive"  # the default answerer: the material's own sentences

Status = Literal["answered", "not_covered", "refused", "clarify"]

# What the material says of a draft's sentence, the worst first; a sentence without a statement is "no_claim".
Finding = Literal[
    "not_checked", "not_allowed", "contradicted", "stronger", "not_in_material", "lacks_caveat", "supported", "no_claim"
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Citation:
    """Exact words of a document: `quote == text_of(document_id)[start:end]`."""

    number: int
    document_id: str
    title: str
    section: tuple[str, ...]
    start: int
    end: int
    quote: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of the answer, without its markers, and the numbers of the citations that support it."""

    text: str
    citations: tuple[int, ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class CaveatShown:
    """A caveat as it stands in the text."""

    id: str
    text: str
    as_of: str
    review_by: date
    stale: bool
    citation: int | None


@dataclass(frozen=True, slots=True)
class Guardrail:
    """A rule that acted on this answer."""

    rule: str
    action: str
    detail: str


@dataclass(frozen=True, slots=True)
class Sufficiency:
    """Whether the passages found answer the question."""

    enough: bool
    probability: float  # 0 to 1
    reason: str  # in words for the reader
    missing: tuple[str, ...] = ()  # what the question asks about and the material does not know
    nearest: tuple[str, ...] = ()  # titles of what is covered


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a chat model's sentences."""

    model: str  # as in the settings
    proposed: int
    released: int  # shown in the model's words
    replaced: int  # the material's own words stand in their place
    dropped: int
    keys_removed: int  # cited keys of no passage
    fell_back: str = ""  # why the material's own words took over, in words for the reader


@dataclass(frozen=True, slots=True)
class Answer:
    """What is shown, stored and printed; the public JSON contract."""

    id: str
    question: str  # personal data redacted
    standalone_question: str
    status: Status
    text: str  # Markdown with [1] markers, caveats included
    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]
    caveats: tuple[CaveatShown, ...]
    guardrails: tuple[Guardrail, ...]
    sufficiency: Sufficiency | None
    index_version: str
    policy_version: str
    answer_model: str
    timings_ms: dict[str, float] = field(default_factory=dict)
    written: Written | None = None  # None, and not printed, where no chat model was asked

    def to_json(self) -> dict[str, Any]:
        """Plain values, dates as ISO 8601."""
        values = asdict(self)
        if self.written is None:
            del values["written"]
        for caveat in values["caveats"]:
            caveat["review_by"] = caveat["review_by"].isoformat()
        return values


@dataclass(frozen=True, slots=True)
class Turn:
    """A question that was asked before, as it stood alone, what was answered, and the words as they were typed."""

    question: str
    answer: str = ""
    asked: str = ""  # "" where it was typed as it stands alone


@dataclass(frozen=True, slots=True)
class Ranked:
    """A sentence of the passages found, with what speaks for it."""

    score: float  # by which sentences are put in order; comparable within one question only
    match: SentenceMatch


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found for a question, best first."""

    hits: tuple[Hit, ...]
    ranked: tuple[Ranked, ...]
    about: frozenset[str] | None = None  # passages that name what is asked about; None where nothing is named

    @property
    def ranked_about(self) -> tuple[Ranked, ...]:
        """The sentences of the passages that name what is asked about; all where nothing is named."""
        return tuple(one for one in self.ranked if self.about is None or one.match.passage.id in self.about)


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison."""

    content: tuple[str, ...]  # stems that say what it is about
    ranked: tuple[Ranked, ...]  # the sentences found for it, best first


@dataclass(frozen=True, slots=True)
class Statement:
    """Words of the material chosen for the answer, before numbering."""

    passage: Passage
    start: int
    end: int
    evidence: Evidence
    role: str = "text"  # "text", "lead" or "item" as in the material
    lead_in: str = ""  # said before the words: "Yes", "No", or a heading
    words: str = ""  # a chat model's for the quoted ones, verified; "" where the quoted ones are shown

    @property
    def quote(self) -> str:
        return self.passage.text[self.start - self.passage.start : self.end - self.passage.start]


@dataclass(frozen=True, slots=True)
class CheckedSentence:
    """A sentence of somebody's draft, and what the material says of it."""

    text: str  # personal data redacted
    start: int  # in the draft's text, in characters
    end: int
    finding: Finding
    score: float  # 0 to 1, higher is better supported
    reasons: tuple[str, ...]  # in words for the writer
    citation: int | None  # of the material's wording that comes nearest; None where nothing does
    evidence: Evidence | None  # of that wording
    lacks_caveat: tuple[str, ...]  # caveats that it demands and that the draft does not state


@dataclass(frozen=True, slots=True)
class CheckedDraft:
    """A draft held against the material, sentence by sentence."""

    title: str
    sentences: tuple[CheckedSentence, ...]
    citations: tuple[Citation, ...]
    caveats: tuple[CaveatShown, ...]  # that the draft is due and does not state
    index_version: str
    policy_version: str

    @property
    def counts(self) -> dict[Finding, int]:
        """How many sentences there are of each finding, the worst first."""
        found = [sentence.finding for sentence in self.sentences]
        return {finding: found.count(finding) for finding in get_args(Finding) if finding in found}

    @property
    def holds(self) -> bool:
        """Whether every statement is supported, and every caveat that is due is stated."""
        return not self.counts.keys() - {"supported", "no_claim"}

    def to_json(self) -> dict[str, Any]:
        """Plain values, dates as ISO 8601."""
        values = asdict(self) | {"holds": self.holds, "counts": self.counts}
        for caveat in values["caveats"]:
            caveat["review_by"] = caveat["review_by"].isoformat()
        return values


@dataclass(frozen=True, slots=True)
class Conversation:
    """What is known of a stored conversation without opening it."""

    id: str
    title: str  # as somebody named it, else its first question
    turns: int
    last: datetime  # when it was last added to
