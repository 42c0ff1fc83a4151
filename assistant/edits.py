"""Reads a claim as an edited copy of a sentence: what was kept, what stands in place of what."""

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from index.words import stem

MOST_TOKENS = 300  # of a text that are compared
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|[%‰<>≥≤±]")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_CONTRACTED = re.compile(r"(?<=\w)n['’]t\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, figure or sign."""

    text: str  # small letters; a figure without the commas of its thousands
    stem: str


@dataclass(frozen=True, slots=True)
class Edit:
    """What stands in the claim in place of what the sentence says there; either may be empty."""

    removed: tuple[Token, ...]
    inserted: tuple[Token, ...]
    at: int  # where the removed words begin in the sentence
    before: Token | None  # the kept token in front of it


@dataclass(frozen=True, slots=True)
class Copy:
    """A claim as a copy of a sentence."""

    claim: tuple[Token, ...]
    sentence: tuple[Token, ...]
    edits: tuple[Edit, ...]
    kept: frozenset[int]  # positions of the sentence's tokens that the claim keeps

    @property
    def share(self) -> float:
        """The share of the claim's tokens that are kept from the sentence, in its order."""
        return len(self.kept) / max(len(self.claim), 1)

    @property
    def density(self) -> float:
        """The share of the sentence's tokens, from the first that is kept to the last, that are kept."""
        return len(self.kept) / (max(self.kept) - min(self.kept) + 1) if self.kept else 0.0


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[Token, ...]:
    """The tokens of a text, contractions of "not" written out."""
    plain = _CONTRACTED.sub(" not", _THOUSANDS.sub("", text))
    return tuple(Token(word, stem(word)) for word in _TOKEN.findall(plain.lower())[:MOST_TOKENS])


def copy_of(claim: str, sentence: str) -> Copy:
    """The claim as the copy of the sentence that needs the fewest edits (Levenshtein 1966)."""
    said, held = tokens(claim), tokens(sentence)
    edits, kept, open_at = list[Edit](), set[int](), None
    for op in Levenshtein.opcodes([t.stem for t in held], [t.stem for t in said]):
        if op.tag == "equal":
            kept.update(range(op.src_start, op.src_end))
            open_at = None
            continue
        removed, inserted = held[op.src_start : op.src_end], said[op.dest_start : op.dest_end]
        if open_at is not None:
            last = edits.pop()
            removed, inserted = last.removed + removed, last.inserted + inserted
        else:
            open_at = op.src_start
        before = held[open_at - 1] if open_at else None
        edits.append(Edit(removed, inserted, open_at, before))
    return Copy(said, held, tuple(edits), frozenset(kept))
