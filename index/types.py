"""What the index room hands out."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.types import Passage, Skipped

Vectors = NDArray[np.float32]


class IndexUnusable(RuntimeError):
    """An index that is missing, damaged or of other settings: says where, what is wrong, and what to do."""

    def __init__(self, where: str, what: str, remedy: str) -> None:
        super().__init__(f"{where}: {what}; {remedy}")
        self.where, self.what, self.remedy = where, what, remedy

    def __reduce__(self) -> tuple[type["IndexUnusable"], tuple[str, str, str]]:
        """Pickles by what was said, so that it can be raised again in another process."""
        return type(self), (self.where, self.what, self.remedy)


@dataclass(frozen=True, slots=True, eq=False)
class WordVectors:
    """A text as the model sees it: as a whole, and word by word in its context."""

    whole: Vectors  # unit length, shape (dimensions,)
    words: tuple[str, ...]  # lower case, in order; words past the model's limit are left out
    vectors: Vectors  # unit length, shape (len(words), dimensions)


class Embedder(Protocol):
    """Turns texts into unit vectors."""

    @property
    def fingerprint(self) -> str:
        """Names the weights and the way of encoding; two embedders with one fingerprint give the same vectors."""
        ...

    def embed(self, texts: list[str]) -> Vectors:
        """One row of length 1 a text, shape (len(texts), dimensions)."""
        ...

    def embed_words(self, texts: list[str]) -> list[WordVectors]:
        """Each text with a vector for every word of it."""
        ...


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, best first in a ranking."""

    passage: Passage
    score: float  # fused, 0 to 1
    dense: float  # cosine of question and passage, -1 to 1
    lexical: float  # BM25, 0 or more


@dataclass(frozen=True, slots=True)
class SentenceMatch:
    """How well one sentence of a passage fits a question."""

    passage: Passage
    position: int  # in passage.sentences
    dense: float  # cosine of question and sentence with its headings, -1 to 1
    contrast: float  # the same after what all the sentences have in common was taken out of both, -1 to 1
    aligned: dict[str, float]  # each word of the question, and the cosine of the sentence's nearest word, -1 to 1


@dataclass(frozen=True, slots=True)
class Signature:
    """Who makes a version live."""

    by: str = ""
    reason: str = ""  # why, where a check says no; empty where its word is taken


@dataclass(frozen=True, slots=True)
class Promotion:
    """One version that went live."""

    version: str
    at: str  # ISO 8601, UTC
    by: str
    how: str  # "build", "promote" or "rollback"
    seen: str = ""  # what was known of the version at the time
    reason: str = ""  # why it went live although its check said no


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a staged version may go live."""

    passed: bool
    lines: tuple[str, ...] = ()  # what was looked at, and each thing that speaks against it
    summary: str = ""  # the same in a sentence, for the record of promotions; empty: the lines are short enough


Check = Callable[[str, str | None], Verdict]  # of the staged version next to the live one, by their names


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did."""

    version: str
    documents: int
    passages: int
    embedded: int  # passages and sentences that had to be embedded; the others were carried over
    added: tuple[str, ...]
    updated: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]
    skipped: tuple[Skipped, ...]
    reason: str = ""  # why more than the changed texts was made anew, if it was
    promoted: bool = True  # whether the version went live
    verdict: tuple[str, ...] = ()  # what the check before that said


@dataclass(frozen=True, slots=True)
class Held:
    """One document of a version, without its words."""

    id: str
    title: str
    source: str  # the file's path relative to its source folder
    metadata: dict[str, str]  # front matter, flattened
    passages: int
    evidence: dict[str, int]  # sentences by their label


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a version was built from; an index of other settings refuses to open."""

    version: str
    built_at: str  # ISO 8601, UTC
    embedder: str
    splitter: str
    schema: int
    documents: int
    passages: int
    sentences: int
    sources: tuple[str, ...]
    checksums: dict[str, str] = field(default_factory=dict)  # SHA-256 of each file that stays as it was written
    vectors: str = ""  # `store_digest` of the vectors, whose files change a little with each opening
    glossary: str = ""  # digest of the glossary that the words were indexed with
