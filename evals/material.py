"""The texts of one version as cases speak of them: by the sections of their source, and by their words."""

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import Any

from evals.score import found, normalised
from evals.types import Case
from index.content import Content

SOURCE_SECTION = "source.section"  # of a module's front matter: the section of the text that it was written from
REVIEW = "review_by"
READ_AT_ONCE = 500  # passages


class Material:
    """One version's documents; read when they are first looked at, and kept."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self._bytes: dict[str, bytes | None] = {}
        self._words: dict[str, str] = {}
        self._labels: dict[str, dict[tuple[int, int], str]] = {}
        self._passages: dict[str, list[tuple[str, str]]] = {}

    def bytes_of(self, document_id: str) -> bytes | None:
        """What `caveat index text` prints; None where there is no such document."""
        if document_id not in self._bytes:
            text = self.content.text_of(document_id)
            self._bytes[document_id] = None if text is None else text.encode()
        return self._bytes[document_id]

    def evidence_of(self, citation: Mapping[str, Any]) -> str | None:
        """The label of a cited sentence; None where the place is that of no sentence."""
        document = citation["document_id"]
        if document not in self._labels:
            self._labels[document] = {
                (sentence.start, sentence.end): sentence.evidence
                for passage in self.content.passages_of(document)
                for sentence in passage.sentences
            }
        return self._labels[document].get((citation["start"], citation["end"]))

    def review_of(self, document_id: str) -> str | None:
        """The day until which a document's review is due, as its front matter has it; None where it says none."""
        return self._metadata.get(document_id, {}).get(REVIEW)

    def sections_of(self, citation: Mapping[str, Any]) -> tuple[str, ...]:
        """The sections of the source text that a citation comes from: its front matter's, else its own path."""
        named = self._source_sections.get(citation["document_id"])
        return (named,) if named else tuple(citation["section"])

    @cached_property
    def _source_sections(self) -> dict[str, str]:
        return {i: values[SOURCE_SECTION] for i, values in self._metadata.items() if SOURCE_SECTION in values}

    @cached_property
    def _metadata(self) -> dict[str, dict[str, str]]:
        return self.content.metadata()

    @cached_property
    def _documents(self) -> dict[str, set[str]]:
        """The documents of each section that a case can name, normalised."""
        documents: dict[str, set[str]] = {}
        for document, path in self.content.sections():
            for section in self.names(document, path):
                documents.setdefault(section, set()).add(document)
        return documents

    def documents_of(self, sections: Iterable[str]) -> set[str]:
        """The documents in which these sections stand; none where no such section is there."""
        return {document for name in sections for document in self._documents.get(normalised(name), ())}

    def says(self, group: Iterable[str], sections: Iterable[str]) -> bool:
        """Whether one of the alternatives stands in the words of these sections, each section's together."""
        texts = [self._text(normalised(name)) for name in sections]
        return any(found(sought, text) for sought in group for text in texts)

    def passages_about(self, case: Case) -> tuple[str, ...]:
        """The ids of the passages that a right answer to a case comes from; none where its sections are not there.

        They are those of its sections that say something of what the answer must; all of them where none does.
        """
        held = [pair for name in case.sections for pair in self._said_in(normalised(name))]
        sought = [one for group in case.must for one in group]
        telling = [identity for identity, words in held if any(found(one, words) for one in sought)]
        return tuple(dict.fromkeys(telling or [identity for identity, _ in held]))

    def words_of(self, passages: Collection[str]) -> dict[str, str]:
        """The words of passages by their ids; those that the version does not hold are left out."""
        rows = [row for row, (identity, _) in enumerate(self.content.places()) if identity in passages]
        found: dict[str, str] = {}
        for first in range(0, len(rows), READ_AT_ONCE):
            found |= {p.id: p.text for p in self.content.passages(rows[first : first + READ_AT_ONCE])}
        return found

    def _text(self, section: str) -> str:
        if section not in self._words:
            self._words[section] = " ".join(words for _, words in self._said_in(section))
        return self._words[section]

    def _said_in(self, section: str) -> list[tuple[str, str]]:
        """The passages of a section: their ids and their words, normalised."""
        if section not in self._passages:
            self._passages[section] = [
                (passage.id, normalised(passage.text))
                for document in sorted(self._documents.get(section, ()))
                for passage in self.content.passages_of(document)
                if section in self.names(document, passage.section)
            ]
        return self._passages[section]

    def name_of(self, document: str, path: tuple[str, ...]) -> str:
        """What a new case calls a section: the section of the source that its module names, or its own heading."""
        return self._source_sections.get(document) or (path[-1] if path else document)

    def names(self, document: str, path: tuple[str, ...]) -> set[str]:
        """What a case can call a section of a document, normalised."""
        named = self._source_sections.get(document)
        return {normalised(name) for name in ([named] if named else path)}
