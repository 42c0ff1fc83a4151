"""Builds a new index version from documents, embedding only what changed."""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from corpus.glossary import Glossary
from corpus.passages import SPLITTER, passages_of
from corpus.types import Document, Passage, Skipped
from index.carry import Carried, carried_over, glossary_digest
from index.content import CONTENT, write_content
from index.digest import sha256, store_digest
from index.embed import embed_into
from index.left_out import write_left_out
from index.lexical import LexicalIndex
from index.passage_table import write_stems
from index.release import Release, release, verify_whole
from index.search import PASSAGE_WORDS
from index.store import VectorStore
from index.texts import all_sentence_texts, text_key
from index.types import BuildReport, Embedder, IndexUnusable, Manifest
from index.vectors import PASSAGES, read_vectors
from index.versions import CHROMA, SCHEMA, Versions
from index.words import stems

Progress = Callable[[int, int], None]  # embedded so far, to be embedded

# A passage says a word or does not: how often, and in how many words, tells little where all are of one size.
PASSAGE_K1, PASSAGE_B = 0.2, 0.3


def build_index(
    documents: Sequence[Document],
    skipped: Iterable[Skipped],
    sources: Sequence[str],
    versions: Versions,
    embedder: Embedder,
    glossary: Glossary,
    progress: Progress = lambda done, total: None,
    sentence_vectors: bool = True,
    how: Release = Release(),  # noqa: B008  # frozen
) -> BuildReport:
    """Stages a version, checks that it is whole, and makes it live as the release says.

    Without `sentence_vectors` a build takes a fraction of the time, and an index embeds the sentences of what it
    found when it is asked for them.

    Raises IndexUnusable where there is nothing to index, where another build runs, and where the staged version
    is not whole; the live version is then untouched.
    """
    if not documents:
        remedy = "give a folder with files that hold sentences"
        raise IndexUnusable(", ".join(sources) or "no source", "nothing to index", remedy)
    left_out = (*skipped, *(s for d in documents for s in d.skipped))
    with versions.writing():
        carried = carried_over(versions, embedder, glossary)
        name, folder = versions.stage()
        stage = _Stage(name, folder, versions, embedder, glossary)
        try:
            write_left_out(folder, left_out)
            embedded = stage.fill(documents, sources, carried, progress, sentence_vectors)
            verify_whole(versions, name, embedder, glossary)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)  # a full disk needs the room
            raise
        promoted, verdict = release(versions, name, "build", how)
    report = stage.compared(carried)
    return replace(report, embedded=embedded, skipped=left_out, promoted=promoted, verdict=verdict)


@dataclass
class _Stage:
    """One version in the making."""

    name: str
    folder: Path
    versions: Versions
    embedder: Embedder
    glossary: Glossary

    def fill(
        self,
        documents: Sequence[Document],
        sources: Sequence[str],
        carried: Carried,
        progress: Progress,
        sentence_vectors: bool,
    ) -> int:
        """Writes all files, the manifest last; returns how many texts had to be embedded."""
        folder = self.folder
        self.digests = {d.id: _digest(d) for d in documents}
        passages = [passage for document in documents for passage in passages_of(document)]
        self.passages = len(passages)
        write_content(folder / CONTENT, [(d, self.digests[d.id]) for d in documents], passages)
        self._write_words(passages)
        parts = all_sentence_texts(passages) if sentence_vectors else []
        embedded = self._write_vectors(passages, parts, carried, progress)
        files = [p for p in folder.rglob("*") if p.is_file() and folder / CHROMA not in p.parents]
        manifest = Manifest(
            self.name, datetime.now(UTC).isoformat(timespec="seconds"), self.embedder.fingerprint, SPLITTER, SCHEMA,
            len(documents), len(passages), len(parts), tuple(sources),
            {file.relative_to(folder).as_posix(): sha256(file) for file in sorted(files)},
            store_digest(folder / CHROMA) or "", glossary_digest(self.glossary),
        )  # fmt: skip
        self.versions.seal(manifest, folder)
        return embedded

    def compared(self, carried: Carried) -> BuildReport:
        """What the version holds, next to the one that it was carried over from."""
        old, new = carried.digests, self.digests
        return BuildReport(
            self.name, len(new), self.passages, 0,
            added=tuple(i for i in new if i not in old),
            updated=tuple(i for i in new if i in old and new[i] != old[i]),
            removed=tuple(i for i in old if i not in new),
            unchanged=tuple(i for i in new if new[i] == old.get(i)),
            skipped=(), reason=carried.reason,
        )  # fmt: skip

    def _write_words(self, passages: Sequence[Passage]) -> None:
        bags = [stems(p.embedded_text, self.glossary) for p in passages]
        lexical = LexicalIndex.build(bags, PASSAGE_K1, PASSAGE_B)
        lexical.save(self.folder / PASSAGE_WORDS)
        write_stems(self.folder, [[n for word in bag if (n := lexical.number(word)) is not None] for bag in bags])

    def _write_vectors(
        self, passages: Sequence[Passage], parts: Sequence[str], carried: Carried, progress: Progress
    ) -> int:
        """Embeds what is new; what is carried over goes to the store before, while the model still loads."""
        texts = [p.embedded_text for p in passages]
        known = {p.id: key for p, key in zip(passages, map(text_key, texts), strict=True) if key in carried}
        store = VectorStore(self.folder / CHROMA, create=True)
        try:
            store.add(list(known), [carried.vector(key) for key in known.values()])
            embedded = embed_into(self.folder, texts, parts, self.embedder, carried, progress)
            vectors = np.asarray(read_vectors(self.folder, PASSAGES))
            new = {p.id: vectors[row] for row, p in enumerate(passages) if p.id not in known}
            store.add(list(new), list(new.values()))
        finally:
            store.close()
        return embedded


def _digest(document: Document) -> str:
    parts = json.dumps([document.title, document.text, document.metadata, document.pages], sort_keys=True)
    return hashlib.sha256(parts.encode()).hexdigest()
