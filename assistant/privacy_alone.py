"""Finds names that stand alone: a given name, and a surname where somebody is told of."""

import re
from collections.abc import Sequence

from assistant.privacy_lists import is_common, is_everyday
from assistant.privacy_runs import AT, DATES, GRAMMAR, TELLING, word_before
from assistant.privacy_words import Word

SHORTEST_ALONE = 4  # letters of a given name that is one wherever it stands; proteins and brands are shorter
# What follows a surname that is told of a person, and a name at the head of an appointment.
_PERSON = re.compile(
    r"\s*,\s*(?:the\s(?:one|patient|lady|guy|girl|boy)|who(?:se)?|her|his|aged)\b|\s+re\b", re.IGNORECASE
)
APPOINTED = re.compile(r"\s*[-–|,;/]\s*\d{1,2}(?:[:.]\d\d|\s?(?:am|pm)\b|[:.]\d\d\s?(?:am|pm)\b)", re.IGNORECASE)


def stands_alone(text: str, words: Sequence[Word], place: int) -> bool:
    """Whether a given name is one without anything that tells so: no word, no place, and no part of a symbol."""
    word = words[place]
    begins = not place or words[place - 1].text == "."
    return (
        word.is_title
        and len(word.text) >= SHORTEST_ALONE
        and all(part[0].isupper() for part in re.split(r"[-'’]", word.text) if part)
        and not text[word.end : word.end + 1].isdigit()
        and word_before(words, place) not in AT
        and not (begins and is_everyday(word.lower))
    )


def surname_alone(text: str, words: Sequence[Word], place: int) -> int:
    """A surname, or a word of no list, alone where somebody is told of or has an appointment."""
    word = words[place]
    if not word.is_title or word.lower in DATES:
        return 0
    if not (word.is_surname or word.is_doubtful or word.is_strange):
        return 0
    if not place and APPOINTED.match(text, word.end):
        return 1
    bearer = word.lower[:-2]
    if word.is_surname and word.is_possessive and bearer not in word.known and not is_common(bearer):
        following = words[place + 1] if place + 1 < len(words) else None  # "Raynaud's" alone is the disease
        told = following is not None and following.is_letters and following.lower not in GRAMMAR
        return int(told and word_before(words, place) not in AT)
    told = word_before(words, place) in TELLING and word.lower not in word.known
    return int(told and place > 0 and _PERSON.match(text, word.end) is not None)
