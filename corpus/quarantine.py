"""Keeps out of the answers what was written for the assistant and not for its readers.

Documents are data. A paragraph, a list or all under a heading that gives the assistant orders, poses as one of its
speakers, or hides characters that nobody sees does not become a passage; it is listed like all that is left out.
"""

import re
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

from corpus.matching import normalise
from corpus.types import Block, Document, Section, Skipped

SHOWN = 80  # characters of what is quarantined that are listed

_SPEECH = r"(?:answers?|repl(?:y|ies)|responses?|outputs?|completions?)"
_RULES = r"(?:instructions?|prompts?|rules?|guidelines|guardrails?|caveats?|directives|programming)"
_SHAPING = (
    r"(?:add|append|include|insert|integrate|incorporate|weave|embed|modify|enhance|augment|alter|change|adapt|edit|replace|"
    r"substitute|swap|reverse|shift|scramble|shuffle|rearrange|misspell|group|split|encode|encrypt|cipher|translate|render|"
    r"express|convert|rewrite|paraphrase|format|wrap|provide|write|give|answer|repeat|begin|start|end|finish|conclude|"
    r"anagram|use|limit|keep|make|deliver|present|output|print)"
)
# What nobody writes for readers. Each is looked for in one sentence, normalised, without regard to case.
_ORDERS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:ignore|disregard|forget|override|bypass)\b[^.?!]{{0,40}}\b(?:previous|prior|above|earlier|preceding|all|any|your|these|those)\b[^.?!]{{0,30}}\b{_RULES}\b",
        rf"(?:^|[:,;] ?)(?:please )?(?:ignore|disregard|forget)\b[^.?!]{{0,40}}\b{_RULES}\b",
        r"\b(?:system (?:prompt|override)|developer mode|do anything now)\b|\bjail-?br(?:eak|oken)\b|\bnew instructions?:",
        r"<\|\w{2,20}\|>|\[/?(?:INST|SYS|SYSTEM)\]|<</?SYS>>|^\W*(?:system|assistant|chatbot|language model)\W{0,3}:",
        r"\byou are now (?:a|an|the|in|called|known)\b|\bas an (?:ai|artificial intelligence|language model)\b|(?:^|[:,;] ?)pretend (?:to be|that you|you are)\b",
        r"\bfrom now on,? (?:you (?:are|will|must|answer|speak|say)|speak|answer|say|reply|respond|always)\b",
        rf"^(?:please |also |then |now |always ){{0,2}}{_SHAPING}\b(?:[^.?!]|[.?!](?=\S)){{0,160}}\b(?:your|the (?:final|next)) (?:own |final |next |whole )?{_SPEECH}\b(?! (?:to the|to this|to our|within|by the|letter|form))",
        rf"^(?:please )?(?:in|within|at the (?:start|end|beginning) of|throughout) (?:each of )?your (?:final |next )?{_SPEECH}\b,? (?!(?:to|you|we|please)\b)",
        r"^(?:please |can you |always |now ){0,2}(?:reply|respond|answer) (?:only |always |just )?(?:in|with|using|like|that|backwards?)\b",
        r"\b(?:if|when|whenever) (?:(?:a|the|any|some) )?(?:users?|readers?|you are asked|you answer|answering|responding)\b[^.?!]{0,80}\b(?:say|respond|answer|reply|claim|recommend|leave out|omit)\b(?! to\b)",
        r"\b(?:tell|assure) (?:every|each|all) (?:readers?|users?)\b|\b(?:never|do not|don.t) (?:mention|show|reveal|cite|display)\b[^.?!]{0,30}\b(?:caveats?|disclaimers?|the FDA|instructions?|sources?|citations?)\b",
        r"\b(?:leave out|omit|drop|remove|skip) (?:the|any|all|your) (?:caveats?|disclaimers?|citations?)\b",
    )
)  # fmt: skip
_QUOTED = re.compile(r"[\"“][^\"“”]{1,200}[\"”]")
_ENDS = re.compile(r"(?<=[.!?])[\"'”’)]*\s+")  # of sentences; more often than not will do
# Characters that write what no reader sees: the tag characters, what turns the direction of writing over, long runs
# of invisible joints.
_UNSEEN = re.compile("[\U000e0000-\U000e007f\u202d\u202e]|[\u200b-\u200d\u2060-\u2064\ufeff]{4,}")


def suspicion(words: str) -> str | None:
    """Why words are kept out of the answers; None where nothing speaks against them."""
    if _UNSEEN.search(words):
        return "quarantined, it hides characters that no reader sees"
    seen = normalise(words)
    unquoted = _QUOTED.sub("“…”", seen)  # what an order wants said ends no sentence of its own
    if any(_is_order(sentence) for text in {seen, unquoted} for sentence in _ENDS.split(text)):
        return "quarantined, it reads as an order to the assistant"
    return None


def quarantined(document: Document) -> Document:
    """The document without what is suspicious, which is listed with its place; such a title gives way to the name."""
    reasons = _Reasons(document)
    if not reasons.any:
        return document
    title = _safe_title(document) if reasons.of_words(document.title) else document.title
    sections, blocks = _kept(document, reasons)
    return replace(
        document, title=title, sections=sections, blocks=blocks, skipped=(*document.skipped, *reasons.skipped())
    )


def suspicious_name(name: str) -> bool:
    """Whether a file's name reads as an order."""
    return suspicion(re.sub(r"[-_.]+", " ", Path(name).stem)) is not None


class _Reasons:
    """Why blocks of one document are kept out: by their own words, their list's, or their headings'."""

    def __init__(self, document: Document) -> None:
        self.document = document
        headings = {words for section in document.sections for words in section.path}
        self._headings = {words: self.of_words(words) for words in headings}
        own = [self.of_words(document.text[block.start : block.end]) for block in document.blocks]
        pairs = list(zip(document.blocks, own, strict=True))
        lists: dict[int | None, str] = {
            block.list_number: why for block, why in pairs if why and block.list_number is not None
        }
        self._blocks = {
            block: why or lists.get(block.list_number) or self._of_section(document.sections[block.section])
            for block, why in pairs
        }
        self.any = any(self._blocks.values()) or self.of_words(document.title) is not None

    def of_words(self, words: str) -> str | None:
        return suspicion(words)

    def of_block(self, block: Block) -> str | None:
        return self._blocks[block]

    def skipped(self) -> tuple[Skipped, ...]:
        """What is kept out, each with its place and its first words as they are seen."""
        document = self.document
        return tuple(
            Skipped(document.place(block.start), f"{why}: {normalise(document.text[block.start : block.end])[:SHOWN]}")
            for block, why in self._blocks.items()
            if why
        )

    def _of_section(self, section: Section) -> str | None:
        return next((why for words in section.path if (why := self._headings[words])), None)


def _kept(document: Document, reasons: _Reasons) -> tuple[tuple[Section, ...], tuple[Block, ...]]:
    """The other blocks. What stands behind a gap begins a section of its own, so that no passage spans the gap."""
    of_section: dict[int, list[Block]] = defaultdict(list)
    for block in document.blocks:
        of_section[block.section].append(block)
    sections, blocks = list[Section](), list[Block]()
    for number, section in enumerate(document.sections):
        sections.append(section)
        gap, begun = False, False
        for block in of_section[number]:
            if reasons.of_block(block):
                gap = True
                continue
            if gap and begun:
                sections.append(section)
            gap, begun = False, True
            blocks.append(replace(block, section=len(sections) - 1))
    return tuple(sections), tuple(blocks)


def _safe_title(document: Document) -> str:
    return Path(document.source).stem


def _is_order(words: str) -> bool:
    return any(pattern.search(words) for pattern in _ORDERS)
