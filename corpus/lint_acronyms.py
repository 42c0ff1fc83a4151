"""Finds acronyms of the material that the glossary does not know, so that questions which use them find nothing."""

import re
from collections.abc import Iterator, Sequence

from corpus.glossary import Glossary
from corpus.types import Document, Finding

_TOKEN = re.compile(r"(?<![\w.])[^\W_]+(?:[-/][^\W_]+)*(?!\w)")
_ACRONYM = re.compile(r"[a-z]{0,3}(?:[A-Z]{2}[A-Za-z0-9]*|[A-Z][a-z][A-Z][a-z]?)")
_ROMAN = re.compile(r"[IVXLC]+[ab]?")
_SPELLED_OUT = re.compile(r"((?:[\w-]+\s+){1,7})\(\s*$")
LONGEST = 8  # characters of an acronym; what is longer is a word in capitals or a name
LOUD = 3  # words in capitals, from which on a block is set in capitals

# Read by everybody; signs and units; words that are written in capitals for emphasis.
_PLAIN = frozenset(
    """US USA UK EU UN UAE AM PM AD BC OK TV PDF FAQ ID URL DNA RNA CEO PhD MD RN Dr Mr Mrs Ms vs
    mL mM kDa MHz GHz kHz Hz kPa mmHg kJ mJ pH dB nM uM IU NOT NOTE DO DON ALL AND OR NEVER ALWAYS MUST ONLY WARNING
    STOP NO YES IMPORTANT CAUTION BEFORE AFTER TIP TIPS KEY NEW ANY IF THE THIS THAT IS ARE FOR TO OF
    IN ON BY AT""".split()
)


def acronyms(documents: Sequence[Document], glossary: Glossary) -> Iterator[Finding]:
    """One finding for each acronym that is no form of a glossary term, where it stands first."""
    told = set[str]()
    lower = {word for d in documents for word in re.findall(r"\b[a-z]{2,}\b", d.text)}
    for document in documents:
        for block in document.blocks:
            words = document.text[block.start : block.end]
            tokens = [(match.start(), match[0]) for match in _TOKEN.finditer(words)]
            if _is_loud([token for _, token in tokens]):
                continue
            for start, token in tokens:
                for acronym in _acronyms_of(token, glossary):
                    name = _singular(acronym)
                    if name not in told and name.lower() not in lower:
                        told.add(name)
                        yield _missing(document, block.start + start, name)


def _acronyms_of(token: str, glossary: Glossary) -> Iterator[str]:
    """The acronyms in a word and its parts, without what the glossary knows: "MSC-derived" holds one."""
    if _known(token, glossary):
        return
    for part in re.split(r"[-/]", token):
        is_acronym = _ACRONYM.fullmatch(_singular(part)) and len(part) <= LONGEST and not _ROMAN.fullmatch(part)
        if is_acronym and _singular(part) not in _PLAIN and not _known(part, glossary):
            yield part


def _known(words: str, glossary: Glossary) -> bool:
    return any(match.start() == 0 and match.end() == len(words) for match in glossary.pattern.finditer(words))


def _singular(acronym: str) -> str:
    return acronym[:-1] if len(acronym) > 2 and acronym.endswith("s") and acronym[-2].isupper() else acronym


def _is_loud(tokens: list[str]) -> bool:
    """Whether most of the words are set in capitals, as in a heading that shouts."""
    letters = [token for token in tokens if token.isalpha()]
    loud = [token for token in letters if token.isupper() and len(token) > 1]
    return len(loud) >= LOUD and 2 * len(loud) > len(letters)


def _missing(document: Document, position: int, name: str) -> Finding:
    full = _full_form(document.text[max(0, position - 100) : position], name)
    remedy = f"add it to the glossary under “{full}”" if full else "add it to the glossary with what it stands for"
    return Finding(document.place(position), f"the glossary does not know {name!r}", remedy)


def _full_form(before: str, name: str) -> str | None:
    """What stands before "(ABC)": as many words as begin with its letters."""
    spelled = _SPELLED_OUT.search(before)
    if not spelled:
        return None
    words = re.findall(r"[^\W_]+", spelled[1])
    wanted = [letter.lower() for letter in name if letter.isalpha()]
    for first in range(len(words)):
        if [word[0].lower() for word in words[first:]] == wanted:
            return " ".join(words[first:])
    return None
