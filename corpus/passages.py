"""Splits documents into passages and passages into the sentences that are quoted."""

import hashlib
import re
from collections.abc import Iterator

from corpus.sentences import sentence_spans
from corpus.types import Block, Document, Evidence, Passage, Sentence

# all-MiniLM-L6-v2 reads 256 word pieces; about 900 characters of clinical prose with its headings fit into them.
MAX_CHARACTERS = 900

SPLITTER = f"blocks-{MAX_CHARACTERS}-2"  # part of an index's fingerprint: change it with the splitting

# What a sentence says of its own evidence, strongest claim last looked for: the first match wins.
_EVIDENCE_WORDS: dict[Evidence, str] = {
    "regulatory": r"FDA|IND|regulat\w+|approv\w+|jurisdiction\w*|biologics",
    "preclinical": r"pre-?clinical|in vitro|in vivo|animal models?|cell culture|iPSC-\w+",
    "trial": r"RCTs?|randomi[sz]ed|single-arm|split-face|clinical trials?|cohort",
    "practice": r"protocols?|sessions?|consent|supplier\w*|patients?|adjuncts?|handling|GMP",
}
_EVIDENCE = {label: re.compile(rf"\b(?:{cues})\b", re.IGNORECASE) for label, cues in _EVIDENCE_WORDS.items()}
_ANY_EVIDENCE = re.compile(rf"\b(?:{'|'.join(_EVIDENCE_WORDS.values())})\b", re.IGNORECASE)


def passages_of(document: Document) -> list[Passage]:
    """The document's passages in order: each within one section, no sentence cut, no item without its lead line."""
    return [_passage(document, section, group) for section, group in _groups(document)]


def _groups(document: Document) -> Iterator[tuple[int, list[Block]]]:
    group: list[Block] = []
    for unit in _units(document):
        begins = group and (unit[0].section != group[0].section or unit[-1].end - group[0].start > MAX_CHARACTERS)
        if begins:
            yield group[0].section, group
            group = []
        group = group + unit
    if group:
        yield group[0].section, group


def _units(document: Document) -> Iterator[list[Block]]:
    """What must stay together: a lead line with its items; a paragraph, or as much of a long one as fits."""
    unit: list[Block] = []
    for block in document.blocks:
        follows = unit and block.list_number is not None and block.list_number == unit[0].list_number
        if follows and unit[0].role == "lead":
            unit.append(block)
            continue
        if unit:
            yield from _fitting(document, unit)
        unit = [block]
    if unit:
        yield from _fitting(document, unit)


def _fitting(document: Document, unit: list[Block]) -> Iterator[list[Block]]:
    block = unit[0]
    if len(unit) > 1 or block.role != "text" or block.end - block.start <= MAX_CHARACTERS:
        yield unit
        return
    start = end = block.start
    for first, last in sentence_spans(document.text, block.start, block.end):
        if last - start > MAX_CHARACTERS and end > start:
            yield [Block(start, end, "text", block.section)]
            start = first
        end = last
    yield [Block(start, end, "text", block.section)]


def _passage(document: Document, section: int, group: list[Block]) -> Passage:
    start, end = group[0].start, group[-1].end
    place = document.sections[section]
    sentences = tuple(sentence for block in group for sentence in _sentences(document, block, place.evidence))
    text = document.text[start:end]
    digest = hashlib.sha256(f"{document.id}\0{start}\0{text}".encode()).hexdigest()[:12]
    return Passage(f"{document.id}#{digest}", document.id, document.title, place.path, start, end, text, sentences)


def _sentences(document: Document, block: Block, label: Evidence | None) -> Iterator[Sentence]:
    whole = block.role != "text"
    spans = [(block.start, block.end)] if whole else sentence_spans(document.text, block.start, block.end)
    for start, end in spans:
        evidence = label or evidence_of(document.text[start:end])
        yield Sentence(start, end, block.role, block.list_number, evidence, document.page_at(start))


def evidence_of(words: str) -> Evidence:
    """The kind of evidence that a sentence names itself; "general" where it names none."""
    if not _ANY_EVIDENCE.search(words):
        return "general"
    return next(label for label, pattern in _EVIDENCE.items() if pattern.search(words))
