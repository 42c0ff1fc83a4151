"""Reads a passage, whoever laid it out, as the sentences that a claim is held against."""

import re

from corpus.sentences import single_spans
from index.words import STOPWORDS, stem, words

LONGEST = 1_000  # characters of a sentence that are read: about what the embedding model reads
MOST_CHARACTERS, MOST_SENTENCES = (
    4_000,
    40,
)  # read of a passage, in the sentences that share the most words with the claim
MOST_CLAIM = LONGEST  # characters of a claim that can be compared
_PARAGRAPH = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*•#]|\d+[.)])\s)")
_MARKER = re.compile(r"\s*\[\d+\]")
_TOKEN = re.compile(r"[^\W_]+|[%<>=≤≥±]")
_END = re.compile(r"[.!?:;][\"'”’)\]*_]*(?:\s|$)|\n")


def without_markers(text: str) -> str:
    """The text without citation markers as in "… [1]"."""
    return " ".join(_MARKER.sub("", text).split())


def sentences_of(passage: str) -> list[str]:
    """The sentences of a passage in their order, each on one line."""
    found = []
    for paragraph in _PARAGRAPH.split(passage):
        line = " ".join(paragraph.split())
        found += [line[start:end][:LONGEST] for start, end in single_spans(line, 0, len(line))]
    return found


def nearest_by_words(claim: str, sentences: list[str]) -> list[str]:
    """The sentences that share the most words with the claim, within what is read, in the passage's order, each once."""
    sentences = list(dict.fromkeys(sentences))
    wanted = {stem(word) for word in words(claim)} - STOPWORDS
    shared = [len(wanted & {stem(word) for word in words(sentence)}) for sentence in sentences]
    chosen, left = set[int](), MOST_CHARACTERS
    for n in sorted(range(len(sentences)), key=lambda n: -shared[n]):
        if len(sentences[n]) > left or len(chosen) == MOST_SENTENCES:
            break
        chosen.add(n)
        left -= len(sentences[n])
    return [sentences[n] for n in sorted(chosen)]


def is_verbatim(claim: str, passage: str) -> bool:
    """Whether the claim is one or more whole sentences of the passage, word by word and sign by sign."""
    wanted = _TOKEN.findall(claim.lower())
    spans = [(m.start(), m.end()) for m in _TOKEN.finditer(passage)]
    held = [passage[start:end].lower() for start, end in spans]
    if not wanted:
        return False
    for first in (n for n, token in enumerate(held) if token == wanted[0]):
        last = first + len(wanted) - 1
        if held[first : last + 1] != wanted:
            continue
        before = passage[spans[first - 1][1] : spans[first][0]] if first else "."
        after = passage[spans[last][1] : spans[last + 1][0]] if last + 1 < len(held) else "."
        if _parts(before) and _parts(after):
            return True
    return False


def _parts(between: str) -> bool:
    """Whether what stands between two words ends a sentence: a mark and a space, a list's sign, or the end of a line."""
    return bool(_END.search(between))
