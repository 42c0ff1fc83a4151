"""What a build takes over from the live version, so that only what changed is embedded."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from corpus.glossary import Glossary
from corpus.passages import SPLITTER
from index.content import CONTENT, Content
from index.sentence_words import read_sentence_words
from index.types import Embedder, IndexUnusable, Manifest, Vectors, WordVectors
from index.vectors import PASSAGES, SENTENCES, keyed_rows, read_vectors
from index.versions import Versions


@dataclass(frozen=True, slots=True)
class Carried:
    """Vectors of texts that need not be embedded any more; they stay on disk until one is looked at."""

    digests: dict[str, str] = field(default_factory=dict)  # what each document of the live version was read from
    words: dict[str, WordVectors] = field(default_factory=dict)  # by the text
    rows: dict[bytes, tuple[Vectors, int]] = field(default_factory=dict)  # by the text's key: a table and its row
    reason: str = ""  # why less than everything could be carried over

    def __contains__(self, key: bytes) -> bool:
        return key in self.rows

    def vector(self, key: bytes) -> Vectors:
        table, row = self.rows[key]
        vector: Vectors = table[row]
        return vector


def carried_over(versions: Versions, embedder: Embedder, glossary: Glossary) -> Carried:
    """What the live version holds that can be used again under this model, splitter and glossary."""
    try:
        live = versions.live()
        if live is None:
            return Carried(reason="first build")
        manifest = versions.check(live)
    except IndexUnusable as error:
        return Carried(reason=f"the live version cannot be read ({error})")
    folder = versions.folder(live)
    content = Content(folder / CONTENT)
    try:
        digests = content.digests()
    finally:
        content.close()
    if manifest.embedder != embedder.fingerprint:
        reason = f"the embedding model is {embedder.fingerprint}, no longer {manifest.embedder}"
        return Carried(digests, reason=f"{reason}: everything is embedded again")
    return Carried(digests, read_sentence_words(folder), dict(_rows(folder)), _changes(manifest, glossary))


def glossary_digest(glossary: Glossary) -> str:
    """Names the glossary by what it says."""
    return hashlib.sha256(glossary.model_dump_json().encode()).hexdigest()[:12]


def _changes(manifest: Manifest, glossary: Glossary) -> str:
    changes = []
    if manifest.splitter != SPLITTER:
        changes.append(f"passages are split by {SPLITTER}, no longer by {manifest.splitter}")
    if manifest.glossary != glossary_digest(glossary):
        changes.append("the glossary changed: the index of words is made anew, vectors are carried over")
    return "; ".join(changes)


def _rows(folder: Path) -> Iterator[tuple[bytes, tuple[Vectors, int]]]:
    for name in (PASSAGES, SENTENCES):
        vectors: Vectors | None = None
        for key, row in keyed_rows(folder, name):
            if vectors is None:
                vectors = read_vectors(folder, name)
            yield key, (vectors, row)
