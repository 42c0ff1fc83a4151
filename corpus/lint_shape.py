"""Finds what is wrong with the shape of the material: headings out of order, and passages that stand there twice."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.passages import passages_of
from corpus.types import Document, Finding

_HASHES = re.compile(r"[ \t]{0,3}(#{1,6})[ \t]+$")
_UNDERLINE = re.compile(r"[^\n]*\n[ \t]{0,3}(=+|-+)[ \t]*(?:\r?\n|\Z)")
_NUMBERED = re.compile(r"((?:\d{1,2}\.)+\d{1,2}|\d{1,2}(?=[.)]))[.)]?\s+\S")
_FIGURES = re.compile(r"\d+(?:[.,]\d+)*")
_NEGATIONS = re.compile(r"\b(?:no|not|never|none|nor|neither|without|cannot|un\w{4,}|non)\b|n['’]t\b")

LEAST = 8  # words of a sentence from which on two that are alike are no accident
SHINGLE = 4  # words in a row that a pair has to share to be looked at
ALIKE = 0.8  # share of their words in a row that two sentences have in common: one word in ten may differ
COMMON = 20  # sentences with the same words in a row, from which on those are a formula that tells nothing


def headings(document: Document) -> Iterator[Finding]:
    """Levels that are jumped over (Markdown), and numbers that do not follow each other (any file)."""
    before, numbers = 0, dict[tuple[str, ...], tuple[str, int]]()
    for position, section in enumerate(document.sections):
        continues = position and document.sections[position - 1] == section  # behind what is quarantined
        if not section.path or continues:
            continue
        level = _level(document, section.start)
        if level and level > before + 1 and before:
            what = f"heading {section.path[-1]!r} is of level {level} below one of level {before}"
            yield Finding(document.place(section.start), what, f"make it level {before + 1}, or add the one between")
        before = level or before
        numbered = _NUMBERED.match(section.path[-1])
        if numbered:
            *parents, last = numbered[1].split(".")
            key = (*section.path[:-1], *parents)
            name, previous = numbers.get(key, ("", 0))
            begins_anew = last == "1" and not parents  # as another list does where the levels of headings are lost
            if previous and int(last) != previous + 1 and not begins_anew:
                what = f"heading {numbered[1]} follows {name}"
                yield Finding(document.place(section.start), what, "number the headings in their order")
            numbers[key] = numbered[1], int(last)


def _level(document: Document, start: int) -> int:
    """A Markdown heading's level, 1 to 6; 0 in a file whose headings have none."""
    if not document.source.endswith(".md"):
        return 0
    line = document.text.rfind("\n", 0, start) + 1
    if hashes := _HASHES.match(document.text[line:start]):
        return len(hashes[1])
    underlined = _UNDERLINE.match(document.text, start)
    return (1 if underlined[1].startswith("=") else 2) if underlined else 0


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence of the material, as its words."""

    document: Document
    start: int
    words: tuple[str, ...]
    figures: tuple[str, ...]
    negations: int

    @property
    def shingles(self) -> Counter[tuple[str, ...]]:
        return Counter(self.words[n : n + SHINGLE] for n in range(len(self.words) - SHINGLE + 1))


def repetitions(documents: Sequence[Document]) -> Iterator[Finding]:
    """Sentences that say again, word for word or nearly so, what stands elsewhere; one finding a passage.

    What differs in a figure or a negation is no repetition.
    """
    holding = dict[tuple[str, ...], list[int]]()  # words in a row: the sentences that have them
    said: list[_Said] = []
    for document in documents:
        for passage in passages_of(document):
            first: tuple[_Said, _Said] | None = None
            count = 0
            for sentence in passage.sentences:
                words = document.text[sentence.start : sentence.end]
                one = _said(document, sentence.start, words)
                if len(one.words) < LEAST:
                    continue
                if other := _earlier(one, said, holding):
                    first, count = first or (one, other), count + 1
                for shingle in one.shingles:
                    holding.setdefault(shingle, []).append(len(said))
                said.append(one)
            if first:
                yield _repeated(*first, count)


def _said(document: Document, start: int, words: str) -> _Said:
    folded = words.lower().replace("’", "'")
    tokens = tuple(re.findall(r"[^\W_]+", folded))
    return _Said(document, start, tokens, tuple(_FIGURES.findall(folded)), len(_NEGATIONS.findall(folded)))


def _earlier(one: _Said, said: list[_Said], holding: dict[tuple[str, ...], list[int]]) -> _Said | None:
    """The first earlier sentence that is as good as the same."""
    shingles = one.shingles
    shared = Counter(
        n for shingle in shingles if len(holding.get(shingle, ())) < COMMON for n in holding.get(shingle, ())
    )
    for number, count in sorted(shared.items()):
        other = said[number]
        all_of_both = len(shingles) + len(other.shingles) - count
        if count >= ALIKE * all_of_both and (one.figures, one.negations) == (other.figures, other.negations):
            return other
    return None


def _repeated(one: _Said, other: _Said, count: int) -> Finding:
    place, there = one.document.place(one.start), other.document.place(other.start)
    opening = " ".join(one.document.text[one.start :].split()[:LEAST])
    what = f"{'a sentence stands' if count == 1 else f'{count} sentences stand'} already at {there} (“{opening} …”)"
    return Finding(place, what, "say it in one place, so that one edit changes it")
