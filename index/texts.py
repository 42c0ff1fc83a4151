"""What of a passage is embedded: the passage under its headings, and each of its sentences."""

import hashlib
from collections.abc import Iterable

from corpus.types import Passage

KEY_BYTES = 16  # 128 bits: two of a billion texts share a key with a chance below 1e-20


def sentence_texts(passage: Passage) -> list[str]:
    """Each sentence with the headings above it and the line that introduces it, as it is embedded."""
    texts, lead = [], ""
    for sentence in passage.sentences:
        words = passage.text[sentence.start - passage.start : sentence.end - passage.start]
        above = list(passage.section) or [passage.title]
        texts.append("\n".join([*above, lead, words] if lead and sentence.role == "item" else [*above, words]))
        lead = words if sentence.role == "lead" else lead if sentence.role == "item" else ""
    return texts


def all_sentence_texts(passages: Iterable[Passage]) -> list[str]:
    """The sentences of all passages, in order."""
    return [text for passage in passages for text in sentence_texts(passage)]


def text_key(text: str) -> bytes:
    """What a text's vector is carried over by: the first half of its SHA-256."""
    return hashlib.sha256(text.encode()).digest()[:KEY_BYTES]
