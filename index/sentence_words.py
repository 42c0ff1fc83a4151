"""The word vectors of a small version's sentences, kept with it so that its first question need not wait for them."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from index.types import WordVectors

SENTENCE_WORDS = "sentence-words.npz"
MOST = 500  # sentences of a version up to which they are written; about 70 kB each


def write_sentence_words(folder: Path, known: Mapping[str, WordVectors]) -> None:
    """Writes the vectors of each text; the texts may not be empty."""
    all_words = list(known.values())
    np.savez(
        folder / SENTENCE_WORDS,
        texts=np.array(list(known)),
        whole=np.stack([one.whole for one in all_words]),
        words=np.array([word for one in all_words for word in one.words], dtype=np.str_),
        counts=np.array([len(one.words) for one in all_words]),
        vectors=np.concatenate([one.vectors for one in all_words]),
    )


def read_sentence_words(folder: Path) -> dict[str, WordVectors]:
    """What was written, by text; empty where the version holds too many sentences or none."""
    path = folder / SENTENCE_WORDS
    if not path.is_file():
        return {}
    with np.load(path) as stored:
        ends = np.cumsum(stored["counts"])
        words, vectors = stored["words"].tolist(), stored["vectors"]
        rows = zip(stored["texts"].tolist(), stored["whole"], ends - stored["counts"], ends, strict=True)
        return {text: WordVectors(whole, tuple(words[a:b]), vectors[a:b]) for text, whole, a, b in rows}
