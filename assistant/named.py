"""Keeps what is said of one thing from answering for another that has a name of its own: a product, a device, a store.

A name is what the passages found write with a capital wherever they write it, and what neither everyday English nor the
glossary knows; what is all in capitals may be English. The short form of what a passage spells out, "platelet-rich
plasma (PRP)", is none.
"""

import re
from collections.abc import Callable, Iterator

from assistant.types import Found
from corpus.glossary import Glossary
from corpus.types import Passage
from index.words import STOPWORDS, WORD

SHORTEST = 2  # characters of a name
_SHORT_FORM = re.compile(r"\(([^\W_]+(?:-[^\W_]+)*)\)")
_ENDING = re.compile(r"['’]s?$|(?<=[A-Z\d])s$")  # of a genitive, and of the plural of an abbreviation


def without_others(asked: str, found: Found, glossary: Glossary, is_english: Callable[[str], bool]) -> Found:
    """What was found, but for the passages that name something else and nothing that is asked about.

    All of it where the question names nothing that the passages found name, and where it is typed in capitals.
    """
    maybe = {word for word in _words(asked, glossary) if _is_name(word, is_english)}
    if not maybe or asked.isupper():
        return found
    places = {hit.passage.id: hit.passage for hit in found.hits}
    words = {place: frozenset(_words(passage.embedded_text, glossary)) for place, passage in places.items()}
    seen = frozenset[str]().union(*words.values())
    short = {_ENDING.sub("", form) for p in places.values() for form in _SHORT_FORM.findall(p.embedded_text)}
    names = frozenset(w for w in seen if w.lower() not in seen and _is_name(w, is_english)) - short
    if not (meant := maybe & names):
        return found
    told = {place: _told(passage, names, glossary) for place, passage in places.items()}
    about = frozenset(place for place, named in told.items() if not named.isdisjoint(meant))
    left = {place for place, named in told.items() if place in about or not named}
    return Found(
        tuple(hit for hit in found.hits if hit.passage.id in left),
        tuple(one for one in found.ranked if one.match.passage.id in left),
        about,
    )


def _told(passage: Passage, names: frozenset[str], glossary: Glossary) -> frozenset[str]:
    """Which of the names a passage and its headings say; a document's title only where its headings say none."""
    above = names.intersection(_words("\n".join(passage.section), glossary))
    above = above or names.intersection(_words(passage.title, glossary))
    return above.union(names.intersection(_words(passage.text, glossary)))


def _is_name(word: str, is_english: Callable[[str], bool]) -> bool:
    if len(word) < SHORTEST or word.lower() in STOPWORDS or not word[0].isupper():
        return False
    return word.isupper() or not all(is_english(part) for part in word.split("-"))


def _words(text: str, glossary: Glossary) -> Iterator[str]:
    """The words of a text as written, without their endings and without the glossary's terms."""
    position = 0
    for start, end, _ in [*glossary.find(text), (len(text), len(text), None)]:
        yield from (_ENDING.sub("", match[0]) for match in WORD.finditer(text, position, start))
        position = end
