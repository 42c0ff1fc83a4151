"""Embeds the texts of a new version that are not known yet, and writes the vectors of all."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from itertools import chain, zip_longest
from pathlib import Path

from index.carry import Carried
from index.sentence_words import MOST, write_sentence_words
from index.texts import text_key
from index.types import Embedder, Vectors
from index.vectors import PASSAGES, SENTENCES, VectorWriter

Progress = Callable[[int, int], None]  # embedded so far, to be embedded
EMBED_AT_ONCE = 256
Row = tuple[str, int]  # a table and the row in it


def embed_into(
    folder: Path,
    passages: Sequence[str],
    sentences: Sequence[str],
    embedder: Embedder,
    carried: Carried,
    progress: Progress,
) -> int:
    """Writes the vectors of passages and sentences in their order; returns how many texts had to be embedded.

    The sentences of a small version are embedded word by word, which also gives their own vectors.
    """
    texts = {PASSAGES: passages, SENTENCES: sentences} if sentences else {PASSAGES: passages}
    keys = {name: [text_key(text) for text in many] for name, many in texts.items()}
    small = 0 < len(sentences) <= MOST
    by_word = {text for text in sentences if text not in carried.words} if small else set()
    missing = {t for n, many in texts.items() for t, key in zip(many, keys[n], strict=True) if key not in carried}
    missing -= by_word
    words = {text: carried.words[text] for text in sentences if text in carried.words} if small else {}
    total, done = len(by_word) + len(missing), 0
    with _Tables(folder, keys, carried) as tables:
        for some in _batches(by_word):
            found = embedder.embed_words(some)
            words |= zip(some, found, strict=True)
            tables.put(some, [one.whole for one in found])
            done += len(some)
            progress(done, total)
        for some in _batches(missing):
            tables.put(some, list(embedder.embed(some)))
            done += len(some)
            progress(done, total)
    if small:
        write_sentence_words(folder, {text: words[text] for text in sentences})
    return total


class _Tables:
    """The tables of one version, filled with what is carried over and then with what was embedded."""

    def __init__(self, folder: Path, keys: dict[str, list[bytes]], carried: Carried) -> None:
        self._folder, self._keys, self._carried = folder, keys, carried
        self._rows: dict[bytes, list[Row]] = {}
        for name, many in keys.items():
            for row, key in enumerate(many):
                self._rows.setdefault(key, []).append((name, row))
        self._written: set[bytes] = set()
        self._writers: dict[str, VectorWriter] = {}
        self._open = ExitStack()

    def __enter__(self) -> "_Tables":
        return self

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        with self._open:
            if kind is None:
                for key in self._rows.keys() - self._written:
                    self._put(key, self._carried.vector(key))

    def put(self, texts: Sequence[str], vectors: Sequence[Vectors]) -> None:
        for text, vector in zip(texts, vectors, strict=True):
            self._put(text_key(text), vector)

    def _put(self, key: bytes, vector: Vectors) -> None:
        self._written.add(key)
        for name, row in self._rows[key]:
            if name not in self._writers:
                writer = VectorWriter(self._folder, name, self._keys[name], len(vector))
                self._writers[name] = self._open.enter_context(writer)
            self._writers[name].put(row, vector)


def _batches(texts: set[str]) -> Iterator[list[str]]:
    """Texts of one length together, which pads them least; long and short batches in turns, for a steady pace."""
    ordered = sorted(texts, key=lambda text: (len(text), text))
    parts = [ordered[first : first + EMBED_AT_ONCE] for first in range(0, len(ordered), EMBED_AT_ONCE)]
    half = len(parts) // 2
    turns = zip_longest(parts[:half], reversed(parts[half:]))
    yield from (part for part in chain.from_iterable(turns) if part)
