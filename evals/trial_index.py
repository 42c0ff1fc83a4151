"""A small index whose every sentence says its edition, so that a mixed or half one gives itself away."""

import hashlib
import re
from pathlib import Path

import numpy as np

from corpus.glossary import Glossary
from corpus.readers import read_markdown
from corpus.types import Document
from index.build import build_index
from index.search import open_index
from index.types import Vectors, WordVectors
from index.versions import Versions

DOCUMENTS, SECTIONS = 60, 3
DIMENSIONS = 512
FOUND = 5  # passages looked at: hashed words are mistaken for each other now and then
EDITION = re.compile(r"\bedition (\d+)\b")


class TrialFailed(RuntimeError):
    """What was not as it has to be."""


class HashEmbedder:
    """Hashed bags of words of unit length: a build takes a second, and its moments are those of its files."""

    fingerprint = f"hashed-words/{DIMENSIONS}"

    def embed(self, texts: list[str]) -> Vectors:
        """One unit vector a text, shape (len(texts), 512)."""
        rows = np.full((len(texts), DIMENSIONS), 1e-3, dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in re.findall(r"[^\W_]+", text.lower()):
                row[int(hashlib.sha256(word.encode()).hexdigest(), 16) % DIMENSIONS] += 1.0
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    def embed_words(self, texts: list[str]) -> list[WordVectors]:
        """Each word as if it were a text of its own."""
        found = [re.findall(r"[^\W_]+", text.lower()) for text in texts]
        return [
            WordVectors(whole, tuple(own), self.embed(own)) for whole, own in zip(self.embed(texts), found, strict=True)
        ]


def build(data_dir: Path, edition: int) -> None:
    """Builds an edition and makes it live."""
    versions = Versions(data_dir)
    build_index(material(edition), [], [f"edition {edition}"], versions, HashEmbedder(), Glossary())


def material(edition: int) -> list[Document]:
    """All documents of an edition; every sentence of them is another one in the next edition."""
    return [read_markdown(_text(number, edition), f"{name(number)}.md") for number in range(DOCUMENTS)]


def name(number: int) -> str:
    """The id of a document."""
    return f"tendon-{number:03}"


def _text(number: int, edition: int) -> str:
    parts = [f"# Tendon {number}\n"]
    for section in range(SECTIONS):
        words = f"tendon{number} part{section}"
        parts.append(
            f"## Part {section}\n\nThe {words} is described by edition {edition}. It mends in {edition} days.\n"
        )
    return "\n".join(parts)


def whole_edition(data_dir: Path) -> int:
    """The edition that is live, found whole: its files, its texts, and what a search finds of each document.

    Raises TrialFailed where two editions are mixed, and IndexUnusable where the version is not whole.
    """
    index = open_index(Versions(data_dir), HashEmbedder(), Glossary())
    try:
        said: set[str] = set()
        if index.content.document_ids() != [name(number) for number in range(DOCUMENTS)]:
            raise TrialFailed(f"documents are missing: {len(index.content.document_ids())} of {DOCUMENTS} are there")
        for number in range(DOCUMENTS):
            text = index.content.text_of(name(number)) or ""
            hits = [hit.passage for hit in index.search(index.query(f"tendon{number} part1"), FOUND)]
            if name(number) not in {hit.document_id for hit in hits}:
                raise TrialFailed(f"a search for {name(number)} finds {', '.join(hit.document_id for hit in hits)}")
            said.update(EDITION.findall(" ".join([text, *(hit.text for hit in hits)])))
        if len(said) != 1:
            raise TrialFailed(f"editions {', '.join(sorted(said))} are mixed")
        return int(said.pop())
    finally:
        index.close()
