"""How far a name goes on from its first word, and the lists of words that tell of one."""

import re
from collections.abc import Sequence

from assistant.privacy_lists import cue_words, is_common
from assistant.privacy_words import Word
from index.words import STOPWORDS

_LONGEST = 5  # words of a name
_MARKS = 4  # marks and a word before a name, of which it is told
_WORDS = cue_words()
PARTICLES, NO_START, TITLES, DEGREES = (_WORDS[key] for key in ("particles", "no_start", "titles", "degrees"))
NAMING, CONTACT, HUMAN, DATES, EPONYM = (_WORDS[key] for key in ("naming", "contact", "human", "dates", "eponym"))
AT = _WORDS["at"]
TELLING, AFTER = _WORDS["before"] | CONTACT, _WORDS["after"] | HUMAN
GRAMMAR, NO_STRANGER, WITHIN = STOPWORDS - DATES, NAMING | TITLES | DATES, PARTICLES | DEGREES


def word_before(words: Sequence[Word], place: int) -> str:
    """The word before, over a full stop, a colon and the like."""
    for word in reversed(words[max(0, place - _MARKS) : place]):
        if word.text not in (":", ".", ",", "-", "–", "(", "=", "/", '"', "'", "“"):
            return str(word.lower)
    return ""


def capitals(words: Sequence[Word], place: int) -> Sequence[Word]:
    end = place
    while end < len(words) and end - place < 3 and words[end].is_letters and words[end].is_capital:
        end += 1
    return words[place:end]


def run(text: str, words: Sequence[Word], place: int, sure: bool = False) -> int:
    """How far a name goes on from its first word; further where it is `sure` that there is one."""
    capital, end = words[place].is_capital, place + 1
    while end < min(len(words), place + _LONGEST) and words[end].is_letters and _is_close(text, words, end):
        after = end
        while after < min(len(words) - 1, end + _MARKS) and words[after].lower in PARTICLES:
            after += 1
        word = words[after]
        if after > end and word.is_letters and _goes_on(text, word, capital, sure):
            end = after
        elif not _goes_on(text, words[end], capital, sure) and not (words[end].is_initial and words[end].text != "I"):
            break
        end += 1
    while end > place + 1 and words[end - 1].is_initial:
        end -= 1
    return end - place


def _is_close(text: str, words: Sequence[Word], place: int) -> bool:
    """Whether a word follows the one before over spaces alone, or over the full stop of an initial."""
    between, before = text[words[place - 1].end : words[place].start], words[place - 1]
    if "\n\n" in between:
        return False
    return between.isspace() or between.strip() == "." and (before.is_initial or before.lower in DEGREES | TITLES)


def _goes_on(text: str, word: Word, capital: bool, sure: bool) -> bool:
    """Whether a word can be the next one of a name."""
    if word.lower in DEGREES and capital:
        return word.is_capital
    identified = word.is_identified
    if (
        capital
        and word.is_title
        and identified
        and word.lower not in word.known
        and word.lower not in EPONYM
        and not is_month(text, word)
    ):
        return True
    if word.lower in AFTER or word.lower in EPONYM or word.lower in GRAMMAR or is_month(text, word):
        return False
    listed = word.is_surname or word.is_given
    if word.is_capital and capital:
        apart = (
            listed
            or word.is_doubtful
            or not word.is_plain
            or sure
            and word.lower not in word.known
            and not is_common(word.lower)
        )
        substance = word.is_clinical and not listed and word.likeness < 0
        return (
            apart
            and not substance
            and (word.is_title or word.text.isupper() and (listed or len(word.text) > (3 if sure else 5)))
        )
    if word.is_capital or capital:
        return listed and not word.is_plain
    if sure and (identified or not word.is_plain):
        return True
    return word.is_given or word.is_strange and word.likeness > 0 or word.is_surname and word.lower not in word.known


def is_month(text: str, word: Word) -> bool:
    return word.lower in DATES and re.match(r"\s?\d", text[word.end : word.end + 2]) is not None


def is_named(words: Sequence[Word], place: int) -> bool:
    """Whether the words before say that a name follows."""
    before = word_before(words, place)
    if before in NAMING:
        return True
    two = [word.lower for word in words[max(0, place - 3) : place] if word.is_letters]
    return (
        two[-2:]
        in (
            ["name", "is"],
            ["this", "is"],
            ["i", "am"],
            ["names", "is"],
            ["patient", "is"],
            ["pt", "is"],
            ["listed", "as"],
        )
        or two[-1:] == ["i'm"]
        or two[-1:] == ["i’m"]
    )
