"""Builds a new index version from documents, embedding only what changed."""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from corpus.glossary import Glossary
from corpus.passages import SPLITTER, passages_of
from corpus.types import Document, Passage, Skipped
from index.content import Content, write_content
from index.digest import sha256, store_digest
from index.lexical import LexicalIndex
from index.passage_table import write_stems, write_vectors
from index.sentence_words import MOST, read_sentence_words, write_sentence_words
from index.store import VectorStore
from index.types import BuildReport, Embedder, IndexUnusable, Manifest, Vectors, WordVectors
from index.versions import SCHEMA, Versions
from index.words import stems

Progress = Callable[[int, int], None]  # embedded so far, to be embedded
EMBED_AT_ONCE = 256
CHROMA = "chroma"  # folders of a version
PASSAGE_WORDS = "lexical"

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
) -> BuildReport:
    """Stages a version, checks it, and makes it live.

    Without `sentence_vectors` a build takes a fraction of the time, and an index embeds the sentences of what it
    found when it is asked for them.

    Raises IndexUnusable where there is nothing to index, where another build runs, and where the staged version
    fails its check; the live version is then untouched.
    """
    if not documents:
        remedy = "give a folder with .md or .txt files that hold sentences"
        raise IndexUnusable(", ".join(sources) or "no source", "nothing to index", remedy)
    with versions.writing():
        before = versions.live()
        old_digests, known, reason = _carried_over(versions, before, embedder)
        name, folder = versions.stage()
        digests = {d.id: _digest(d) for d in documents}
        passages = [passage for document in documents for passage in passages_of(document)]
        write_content(folder / "content.sqlite", [(d, digests[d.id]) for d in documents], passages)
        _write_words(folder, passages, glossary)
        whole = [(p.id, p.embedded_text) for p in passages]
        parts = _sentences(passages) if sentence_vectors else []
        embedded = _embed(whole, parts, embedder, known, progress)
        _write_vectors(folder, whole, parts, known)
        files = [p for p in folder.rglob("*") if p.is_file() and folder / CHROMA not in p.parents]
        manifest = Manifest(
            name, datetime.now(UTC).isoformat(timespec="seconds"), embedder.fingerprint, SPLITTER, SCHEMA,
            len(documents), len(passages), len(parts), tuple(sources),
            {file.relative_to(folder).as_posix(): sha256(file) for file in sorted(files)},
            store_digest(folder / CHROMA) or "",
        )  # fmt: skip
        versions.seal(manifest, folder)
        _check_counts(folder, manifest)
        versions.promote(name)
    same = {i for i in digests if old_digests.get(i) == digests[i]}
    return BuildReport(
        name, len(documents), len(passages), embedded,
        added=tuple(i for i in digests if i not in old_digests),
        updated=tuple(i for i in digests if i in old_digests and i not in same),
        removed=tuple(i for i in old_digests if i not in digests),
        unchanged=tuple(i for i in digests if i in same),
        skipped=(*skipped, *(s for d in documents for s in d.skipped)),
        reason=reason,
    )  # fmt: skip


def vector_ids(passage: Passage) -> tuple[str, list[str]]:
    """The ids of a passage's vector and of its sentences' vectors."""
    return passage.id, [f"{passage.id}/{position}" for position in range(len(passage.sentences))]


def sentence_texts(passage: Passage) -> list[str]:
    """Each sentence with the headings above it and the line that introduces it, as it is embedded."""
    texts, lead = [], ""
    for sentence in passage.sentences:
        words = passage.text[sentence.start - passage.start : sentence.end - passage.start]
        above = list(passage.section) or [passage.title]
        texts.append("\n".join([*above, lead, words] if lead and sentence.role == "item" else [*above, words]))
        lead = words if sentence.role == "lead" else lead if sentence.role == "item" else ""
    return texts


def _digest(document: Document) -> str:
    parts = json.dumps([document.title, document.text, document.metadata], sort_keys=True)
    return hashlib.sha256(parts.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Known:
    """The vectors of texts that need not be embedded any more."""

    vectors: dict[str, Vectors] = field(default_factory=dict)  # by the digest of the embedded text
    words: dict[str, WordVectors] = field(default_factory=dict)  # by the text


Pairs = list[tuple[str, str]]  # the ids of vectors and the texts embedded


def _text_key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _carried_over(versions: Versions, live: str | None, embedder: Embedder) -> tuple[dict[str, str], Known, str]:
    """The live version's document digests, its vectors by embedded text, and why none can be carried over."""
    if live is None:
        return {}, Known(), "first build"
    folder = versions.folder(live)
    try:
        manifest = versions.check(live, vectors=True)
        content = Content(folder / "content.sqlite")
    except IndexUnusable as error:
        return {}, Known(), f"the live version cannot be read ({error})"
    try:
        digests = content.digests()
        if (manifest.embedder, manifest.splitter) != (embedder.fingerprint, SPLITTER):
            return digests, Known(), f"built with {manifest.embedder} and {manifest.splitter}"
        passages = [p for i in content.document_ids() for p in content.passages_of(i)]
    finally:
        content.close()
    store = VectorStore(folder / CHROMA)
    try:
        return digests, Known(_vectors_by_text(store, passages), read_sentence_words(folder)), ""
    finally:
        store.close()


def _vectors_by_text(store: VectorStore, passages: list[Passage]) -> dict[str, Vectors]:
    ids = [vector_ids(p) for p in passages]
    whole = store.vectors("passages", [i for i, _ in ids])
    parts = store.vectors("sentences", [i for _, many in ids for i in many])
    by_text = {_text_key(p.embedded_text): whole[i] for p, (i, _) in zip(passages, ids, strict=True) if i in whole}
    for passage, (_, many) in zip(passages, ids, strict=True):
        pairs = zip(many, sentence_texts(passage), strict=True)
        by_text |= {_text_key(text): parts[i] for i, text in pairs if i in parts}
    return by_text


def _write_words(folder: Path, passages: Sequence[Passage], glossary: Glossary) -> None:
    bags = [stems(p.embedded_text, glossary) for p in passages]
    lexical = LexicalIndex.build(bags, PASSAGE_K1, PASSAGE_B)
    lexical.save(folder / PASSAGE_WORDS)
    write_stems(folder, [[n for word in bag if (n := lexical.number(word)) is not None] for bag in bags])


def _sentences(passages: Iterable[Passage]) -> Pairs:
    return [pair for p in passages for pair in zip(vector_ids(p)[1], sentence_texts(p), strict=True)]


def _embed(whole: Pairs, parts: Pairs, embedder: Embedder, known: Known, progress: Progress) -> int:
    """Embeds what is not known yet, texts of one length together: that pads them least. Returns how many texts.

    The sentences of a small version are embedded word by word, which also gives their own vectors.
    """
    few = [text for _, text in parts] if len(parts) <= MOST else []
    by_word = sorted({text for text in few if text not in known.words}, key=len)
    wanted = {text for _, text in whole + parts if _text_key(text) not in known.vectors}
    missing = sorted(wanted.difference(by_word), key=len)
    total = len(by_word) + len(missing)
    for first in range(0, len(by_word), EMBED_AT_ONCE):
        some = by_word[first : first + EMBED_AT_ONCE]
        known.words.update(zip(some, embedder.embed_words(some), strict=True))
        known.vectors.update({_text_key(text): known.words[text].whole for text in some})
        progress(first + len(some), total)
    for first in range(0, len(missing), EMBED_AT_ONCE):
        some = missing[first : first + EMBED_AT_ONCE]
        known.vectors.update(zip(map(_text_key, some), embedder.embed(some), strict=True))
        progress(len(by_word) + first + len(some), total)
    return total


def _write_vectors(folder: Path, whole: Pairs, parts: Pairs, known: Known) -> None:
    rows = np.stack([known.vectors[_text_key(text)] for _, text in whole])
    write_vectors(folder, rows)
    if 0 < len(parts) <= MOST:
        write_sentence_words(folder, {text: known.words[text] for _, text in parts})
    store = VectorStore(folder / CHROMA, create=True)
    try:
        store.add("passages", [i for i, _ in whole], rows)
        if parts:
            vectors = np.stack([known.vectors[_text_key(text)] for _, text in parts])
            store.add("sentences", [i for i, _ in parts], vectors)
    finally:
        store.close()


def _check_counts(folder: Path, manifest: Manifest) -> None:
    store = VectorStore(folder / CHROMA)
    try:
        counts = store.count("passages"), store.count("sentences")
    finally:
        store.close()
    if counts != (manifest.passages, manifest.sentences):
        what = f"staged version holds {counts} vectors, not {(manifest.passages, manifest.sentences)}"
        raise IndexUnusable(str(folder), what, "build again; the live version is unchanged")
