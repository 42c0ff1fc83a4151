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
    reason = "; ".join(changes(manifest, embedder, glossary))
    if manifest.embedder != embedder.fingerprint:
        return Carried(digests, reason=reason)
    return Carried(digests, read_sentence_words(folder), dict(_rows(folder)), reason)


def glossary_digest(glossary: Glossary) -> str:
    """Names the glossary by what it says."""
    return hashlib.sha256(glossary.model_dump_json().encode()).hexdigest()[:12]


def changes(manifest: Manifest, embedder: Embedder, glossary: Glossary) -> list[str]:
    """What a version was built with that is no longer so, and what a build makes anew for it."""
    found = []
    if manifest.embedder != embedder.fingerprint:
        model = f"the embedding model is {embedder.fingerprint}, no longer {manifest.embedder}"
        found.append(f"{model}: everything is embedded again")
    if manifest.splitter != SPLITTER:
        found.append(f"passages are split by {SPLITTER}, no longer by {manifest.splitter}")
    if manifest.glossary != glossary_digest(glossary):
        found.append("the glossary changed: the index of words is made anew, vectors are carried over")
    return found


def _rows(folder: Path) -> Iterator[tuple[bytes, tuple[Vectors, int]]]:
    for name in (PASSAGES, SENTENCES):
        vectors: Vectors | None = None
        for key, row in keyed_rows(folder, name):
            if vectors is None:
                vectors = read_vectors(folder, name)
            yield key, (vectors, row)
