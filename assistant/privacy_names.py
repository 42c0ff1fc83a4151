"""Finds names of people: by the words around them, and by lists of given names and surnames.

A name alone is met in literature as often as at the bedside: what names a syndrome, a scale or a test, an institution,
or the author of a study is nobody's personal data here.
"""

import re
from collections.abc import Iterator, Sequence

from assistant.privacy_alone import APPOINTED, stands_alone, surname_alone
from assistant.privacy_lists import is_common, is_everyday
from assistant.privacy_public import is_public
from assistant.privacy_reversed import reversed_name
from assistant.privacy_runs import (
    AFTER,
    AT,
    CONTACT,
    DATES,
    HUMAN,
    NO_START,
    NO_STRANGER,
    PARTICLES,
    TELLING,
    TITLES,
    WITHIN,
    capitals,
    is_named,
    run,
    word_before,
)
from assistant.privacy_words import DATED, IDENTIFIED, Word

_TOKEN = re.compile(r"[^\W\d_]{1,60}(?:['’-][^\W\d_]{1,60}){0,4}\.?|\d+[^\s,;()]*|\[[a-z -]{3,24}\]|\S")
_BRACKETED = re.compile(r"\[[a-z -]{3,24}\]|[^\W\d_]+")
_PLACED = re.compile(r"\[[a-z -]{3,24}\]")
LIKELY = 1.5  # of two words together, from which on they are a name wherever they stand
_LATIN = re.compile(
    r"(?:ia|is|us|um|ae|ita|ans|ica|oma|osa|ata|rubra|alba|ii|tarda|magna|ps|x)$"
)  # of species and conditions
_AGE = re.compile(
    r"\s*[,;:(|/-]?\s*(?:(?:a|an|age|aged)\s+)?(?:\(|d\.?o\.?b|born|birth|\d{1,3}\s?(?:[-\s]?(?:yo|y/o|y\.o|yrs?|years?|year-old|m|f|male|female)\b|\))|mrn\b|tel\b|phone\b|nhs\b|\[(?!name))",
    re.IGNORECASE,
)


def find_names(text: str, known: frozenset[str], marked: bool) -> list[tuple[int, int]]:
    """Where names stand, from left to right; `marked` where the text holds other personal data already."""
    text = _unshouted(text)
    words = [Word(match, known) for match in _TOKEN.finditer(text)]
    return list(_spans(text, words, marked))


def _unshouted(text: str) -> str:
    """A message in capitals with each word in small letters but for its first; of the same length."""
    if not _PLACED.sub("", text).isupper():
        return text
    spoken = _BRACKETED.sub(lambda match: match[0] if match[0][0] == "[" else match[0].capitalize(), text)
    return spoken if len(spoken) == len(text) else text


def _spans(text: str, words: Sequence[Word], marked: bool) -> Iterator[tuple[int, int]]:
    place = 0
    while place < len(words):
        length = _name_at(text, words, place, marked) if words[place].is_letters else 0
        if length and not is_public(text, words, place, length):
            yield words[place].start, words[place + length - 1].end
        place += max(length, 1)


def _name_at(text: str, words: Sequence[Word], place: int, marked: bool) -> int:
    """How many words of a name begin here; 0 for none."""
    before = word_before(words, place)
    if words[place].lower in NO_START or words[place].lower in TITLES:
        return 0
    if before in TITLES and (
        words[place].is_capital or not words[place].is_plain or words[place].is_surname and before != "m"
    ):
        length = run(text, words, place, sure=True) if _is_titled(words, place) else 0
        return 0 if length == 1 and words[place].is_initial else length
    if is_named(words, place) and (length := reversed_name(text, words, place) or _named(text, words, place)):
        return length
    if not words[place].is_capital and words[place].lower in words[place].known:
        return 0
    return (
        reversed_name(text, words, place)
        or _listed(text, words, place)
        or _strangers(text, words, place)
        or surname_alone(text, words, place)
        or _beside(text, words, place, marked)
    )


def _is_titled(words: Sequence[Word], place: int) -> bool:
    title = words[place - 1]
    if title.text in (".", ":", ","):
        return False
    return (
        title.lower != "m"
        or title.is_capital
        and words[place].is_capital
        and (words[place].is_surname or words[place].is_given)
    )


def _named(text: str, words: Sequence[Word], place: int) -> int:
    """After a word that announces a name, any words but ordinary ones are one."""
    word = words[place]
    listed = word.is_given or word.is_doubtful or word.is_surname
    if word.is_capital and not word.is_initial:
        if (
            word.lower in word.known
            and not word.is_given
            or not listed
            and (is_everyday(word.lower) or word.is_clinical and len(capitals(words, place)) < 2)
        ):
            return 0
        if not word.is_given and any(
            other.lower in other.known and not other.is_surname
            for other in words[place : place + len(capitals(words, place))]
        ):
            return 0
        return run(text, words, place, sure=True)
    if word.is_given:
        return run(text, words, place, sure=True)
    following = words[place + 1] if place + 1 < len(words) else None
    if not following or not following.is_letters:
        strong = listed and not word.is_plain and not word.is_clinical
        return int(strong)
    named = (listed or not word.is_plain and not word.is_clinical) and (
        following.is_surname
        and not following.is_plain
        or following.is_given
        or not following.is_plain
        and not following.is_clinical
        or following.is_surname
        and bool(_AGE.match(text, following.end))
    )
    return run(text, words, place, sure=True) if named else int(listed and not word.is_plain and not word.is_clinical)


def _listed(text: str, words: Sequence[Word], place: int) -> int:
    """A given name with a surname, or alone where somebody does something."""
    word = words[place]
    if not (word.is_given or word.is_doubtful) or word.is_capital and not word.is_title and not word.text.isupper():
        return 0
    length = run(text, words, place, sure=word.is_given and (word.is_capital or not is_everyday(word.lower)))
    end = words[place + length - 1].end
    following = words[place + length].lower if place + length < len(words) else ""
    if length > 1 and word.is_given:
        rest = words[place + 1 : place + length]
        sure = word.is_capital or not is_everyday(word.lower) or any(w.is_surname or w.is_given for w in rest)
        return length if sure else 0
    if length > 1 and word.is_capital and (word.lower not in word.known or place):
        rest = words[place + 1 : place + length]
        told = (
            place > 0
            or following in HUMAN
            or words[place + length - 1].is_possessive
            or words[place + length - 1].is_identified
        )
        known_of = following in HUMAN or words[place + length - 1].is_identified or word_before(words, place) in TELLING
        return (
            length
            if any(w.is_capital and (w.is_surname or w.is_given or known_of) and (told or not w.is_plain) for w in rest)
            else 0
        )
    who = text[end : end + 5] in (" who ", ", who") or following in HUMAN
    if length > 1 and not word.is_capital and (who or word_before(words, place) in TELLING):
        return length if words[place + 1].is_surname else 0
    said = following in HUMAN or word_before(words, place) in CONTACT
    if length == 1 and word.is_doubtful and word.is_title and place and said and word.lower not in word.known:
        return 1
    if length > 1 or not word.is_given or word.text.isupper() or word.lower in DATES:
        return 0
    aged = bool(_AGE.match(text, word.end) or APPOINTED.match(text, word.end))
    does = following in AFTER and word.is_capital or following in HUMAN and not is_everyday(word.lower) or aged
    told = word_before(words, place) in TELLING and word.is_capital
    possessive = word.is_capital and word.is_possessive and word_before(words, place) not in AT
    return int(does or told or possessive or stands_alone(text, words, place))


def _strangers(text: str, words: Sequence[Word], place: int) -> int:
    """Words of no list of names, of whom something is told as of a person."""
    word = words[place]
    if word.is_initial or word.is_capital and not word.is_title or word.lower in word.known or is_common(word.lower):
        return 0
    length = run(text, words, place)
    named, end = words[place : place + length], words[place + length - 1].end
    following = words[place + length].lower if place + length < len(words) else ""
    if length < 2:
        told = word_before(words, place) in CONTACT or following in HUMAN
        return int(told and word.is_strange and word.is_title and word.likeness > 0)
    likely = sum(w.likeness for w in named if w.lower not in WITHIN)
    if not word.is_capital:
        latin = _LATIN.search(named[-1].lower) is not None
        told = following in HUMAN or word_before(words, place) in TELLING and not latin
        return (
            length
            if told
            and likely > LIKELY
            and all(w.is_strange or w.is_surname or w.lower in PARTICLES for w in named)
            and word.is_strange
            else 0
        )
    if not all(w.is_title or w.lower in WITHIN for w in named):
        return 0
    if following in HUMAN or words[place + length - 1].is_identified:
        return length
    if any(_LATIN.search(w.lower) and not (w.is_surname or w.is_given) for w in named):
        return 0
    apart = place > 1 and words[place - 1].text == "," and text[end : end + 1] in (",", ".", "?", "")
    if (
        (word_before(words, place) in TELLING or apart and word.is_strange)
        and likely > 0
        and not any(w.is_clinical and not w.is_surname for w in named)
    ):
        return length
    return (
        length
        if word.is_strange
        and likely > LIKELY
        and not any(w.is_plain and not w.is_surname and w.lower not in PARTICLES for w in named)
        else 0
    )


def _beside(text: str, words: Sequence[Word], place: int, marked: bool) -> int:
    """Words that the material and English do not know, right beside an age, a birthday or an identifier."""
    word = words[place]
    if word.lower in word.known or word.lower in NO_STRANGER or word.is_initial:
        return 0
    length = run(text, words, place)
    end = words[place + length - 1].end
    if _is_dated(text, words[place : place + length]):
        return length
    if word.is_capital and not word.is_title and len(word.text) < 6:
        return 0
    listed = word.is_surname or word.is_given or word.is_doubtful
    strange = not word.is_plain and not word.is_clinical
    if (
        length > 1
        and word.is_title
        and (listed or any(w.is_strange for w in words[place : place + length]))
        and not is_common(word.lower)
        and DATED.match(text, end)
    ):
        return length
    if IDENTIFIED.match(text, end) and (length > 1 and (listed or strange) or listed and not word.is_plain):
        return length
    follows = place and words[place - 1].text.startswith("[") and words[place - 1].text != "[name]"
    if (
        marked
        and length > 1
        and word.is_capital
        and (listed or strange)
        and (follows or all(w.is_surname or w.is_given or not w.is_plain for w in words[place : place + length]))
    ):
        return length
    return length if follows and not word.is_plain and (listed or strange and length > 1) else 0


def _is_dated(text: str, named: Sequence[Word]) -> bool:
    """Whether two words or more that are no others stand before a date: in capitals, or all in small letters."""
    if len(named) < 2 or not DATED.match(text, named[-1].end):
        return False
    if all(word.text.isupper() for word in named):
        return any(word.is_surname or word.is_given or not word.is_plain and len(word.text) > 5 for word in named)
    return not named[0].is_capital and all(w.is_surname or w.is_given or w.is_strange for w in named)
