"""What the material is made of: documents, their sections, and the spans that can be quoted."""

import sys
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

Evidence = Literal["trial", "preclinical", "regulatory", "practice", "general"]
EVIDENCE_LABELS: tuple[str, ...] = get_args(Evidence)

Role = Literal["text", "lead", "item"]

BANNER_REASON = "banner or sign-up line, not training content"


class MaterialError(ValueError):
    """A source, a policy or a glossary that cannot be used: says where, what is wrong, and what to do."""

    def __init__(self, where: str, what: str, remedy: str) -> None:
        super().__init__(f"{where}: {what}; {remedy}")
        self.where, self.what, self.remedy = where, what, remedy


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it, up to the next heading."""

    path: tuple[str, ...]  # headings from the outermost to this one
    start: int  # first character of the heading line in the document's text
    evidence: Evidence | None = None  # the label that the author wrote under the heading


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or list item as the author wrote it."""

    start: int
    end: int
    role: Role
    section: int  # position in Document.sections
    list_number: int | None = None  # items of one list, and the line that introduces it, share a number


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was read but may not answer, or could not be read, and why."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that an author would mend: where, what, and what to do. Warnings do not fail a check."""

    where: str
    what: str
    remedy: str
    is_error: bool = False

    def __str__(self) -> str:
        return f"{'error' if self.is_error else 'warning'}: {self.where}: {self.what}; {self.remedy}"


@dataclass(frozen=True, slots=True)
class Document:
    """One source with its exact text; every position below counts characters of `text`."""

    id: str
    title: str
    text: str
    sections: tuple[Section, ...]
    blocks: tuple[Block, ...]
    source: str  # the file's path relative to its source folder
    metadata: dict[str, str] = field(default_factory=dict)  # front matter, flattened: "source.section", "as_of", ...
    review_by: date | None = None
    skipped: tuple[Skipped, ...] = ()
    pages: tuple[tuple[int, int], ...] = ()  # (first character, page or slide counted from 1), ascending

    def page_at(self, position: int) -> int | None:
        """The page or slide of a character; None where the source has none."""
        after = bisect_right(self.pages, (position, sys.maxsize))
        return self.pages[after - 1][1] if after else None

    def place(self, position: int) -> str:
        """Where an author finds a character: the file with its line, or its page or slide."""
        page = self.page_at(position)
        if page is None:
            return f"{self.source}:{self.text.count(chr(10), 0, position) + 1}"
        return f"{self.source}, {'slide' if self.source.lower().endswith('.pptx') else 'page'} {page}"


@dataclass(frozen=True, slots=True)
class Sentence:
    """The smallest span that is quoted: a sentence, or a whole list item, that reads well on its own."""

    start: int
    end: int
    role: Role
    list_number: int | None
    evidence: Evidence
    page: int | None = None  # page or slide of the source, counted from 1; None where it has none


@dataclass(frozen=True, slots=True)
class Passage:
    """A contiguous span of a document, `text[start:end]`, that is embedded and retrieved as one."""

    id: str
    document_id: str
    title: str  # the document's
    section: tuple[str, ...]
    start: int
    end: int
    text: str
    sentences: tuple[Sentence, ...]

    @property
    def embedded_text(self) -> str:
        """The passage together with the title and the headings above it, as it is embedded."""
        return "\n".join([*heading_lines(self.title, self.section), self.text])

    def page_at(self, position: int) -> int | None:
        """The page or slide of a character of the document, which stands in this passage; None without pages."""
        begun = [sentence.page for sentence in self.sentences if sentence.start <= position]
        return begun[-1] if begun else None


def heading_lines(title: str, section: tuple[str, ...]) -> list[str]:
    """Title and headings from the outermost inwards, each said once."""
    return list(dict.fromkeys([title, *section]))
