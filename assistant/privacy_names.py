"""Finds names of people: by the words around them, and by lists of given names and surnames.

A name alone is met in literature as often as at the bedside: what names a syndrome, a scale or a test, an institution,
or the author of a study is nobody's personal data here.
"""

import re
from collections.abc import Iterator, Sequence

from assistant.privacy_lists import cue_words, is_common, is_everyday
from assistant.privacy_words import DATED, IDENTIFIED, Word
from index.words import STOPWORDS

_TOKEN = re.compile(r"[^\W\d_]{1,60}(?:['’-][^\W\d_]{1,60}){0,4}\.?|\d+[^\s,;()]*|\[[a-z -]{3,24}\]|\S")
_BRACKETED = re.compile(r"\[[a-z -]{3,24}\]|[^\W\d_]+")
_PLACED = re.compile(r"\[[a-z -]{3,24}\]")
_LONGEST = 5  # words of a name
_MARKS = 4  # marks and a word before a name, of which it is told
LIKELY = 1.5  # of two words together, from which on they are a name wherever they stand
_WORDS = cue_words()
_PARTICLES, _NO_START, _TITLES, _DEGREES = (_WORDS[key] for key in ("particles", "no_start", "titles", "degrees"))
_NAMING, _CONTACT, _HUMAN, _DATES, _EPONYM = (_WORDS[key] for key in ("naming", "contact", "human", "dates", "eponym"))
_BEFORE, _AFTER = _WORDS["before"] | _CONTACT, _WORDS["after"] | _HUMAN
_GRAMMAR, _NO_STRANGER, _WITHIN = STOPWORDS - _DATES, _NAMING | _TITLES | _DATES, _PARTICLES | _DEGREES
_LITERATURE = re.compile(r"\s*,?\s*(?:et\s+al|and\s+(?:colleagues|coworkers|co-workers|others)|\(?(?:19|20)\d{2}[a-z]?\b(?![./-]))", re.IGNORECASE)  # fmt: skip
_CONDITION = re.compile(r"[a-z]+(?:osis|oses|itis|oma|omas|opathy|derma|trophy|plasia|emia|aemia|uria|algia|ectasia)$")
_LATIN = re.compile(
    r"(?:ia|is|us|um|ae|ita|ans|ica|oma|osa|ata|rubra|alba|ii|tarda|magna|ps|x)$"
)  # of species and conditions
_INITIALS = re.compile(r"[A-Z]{1,3}")
_ROMAN = re.compile(r"[IVX]{1,4}")
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
        if length and not _is_public(text, words, place, length):
            yield words[place].start, words[place + length - 1].end
        place += max(length, 1)


def _name_at(text: str, words: Sequence[Word], place: int, marked: bool) -> int:
    """How many words of a name begin here; 0 for none."""
    before = _before(words, place)
    if words[place].lower in _NO_START or words[place].lower in _TITLES:
        return 0
    if before in _TITLES and (
        words[place].is_capital or not words[place].is_plain or words[place].is_surname and before != "m"
    ):
        length = _run(text, words, place, sure=True) if _is_titled(words, place) else 0
        return 0 if length == 1 and words[place].is_initial else length
    if _is_named(words, place) and (length := _named(text, words, place)):
        return length
    return (
        _reversed(text, words, place)
        or _listed(text, words, place)
        or _strangers(text, words, place)
        or _beside(text, words, place, marked)
    )


def _before(words: Sequence[Word], place: int) -> str:
    """The word before, over a full stop, a colon and the like."""
    for word in reversed(words[max(0, place - _MARKS) : place]):
        if word.text not in (":", ".", ",", "-", "–", "(", "=", '"', "'", "“"):
            return str(word.lower)
    return ""


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


def _is_named(words: Sequence[Word], place: int) -> bool:
    """Whether the words before say that a name follows."""
    before = _before(words, place)
    if before in _NAMING:
        return True
    two = [word.lower for word in words[max(0, place - 3) : place] if word.is_letters]
    return (
        two[-2:] in (["name", "is"], ["this", "is"], ["i", "am"], ["names", "is"], ["patient", "is"], ["pt", "is"])
        or two[-1:] == ["i'm"]
        or two[-1:] == ["i’m"]
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
            and (is_everyday(word.lower) or word.is_clinical and len(_capitals(words, place)) < 2)
        ):
            return 0
        if not word.is_given and any(
            other.lower in other.known and not other.is_surname
            for other in words[place : place + len(_capitals(words, place))]
        ):
            return 0
        return _run(text, words, place, sure=True)
    if word.is_given:
        return _run(text, words, place, sure=True)
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
    return _run(text, words, place, sure=True) if named else int(listed and not word.is_plain and not word.is_clinical)


def _capitals(words: Sequence[Word], place: int) -> Sequence[Word]:
    end = place
    while end < len(words) and end - place < 3 and words[end].is_letters and words[end].is_capital:
        end += 1
    return words[place:end]


def _run(text: str, words: Sequence[Word], place: int, sure: bool = False) -> int:
    """How far a name goes on from its first word; further where it is `sure` that there is one."""
    capital, end = words[place].is_capital, place + 1
    while end < min(len(words), place + _LONGEST) and words[end].is_letters and _is_close(text, words, end):
        after = end
        while after < min(len(words) - 1, end + _MARKS) and words[after].lower in _PARTICLES:
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
    between = text[words[place - 1].end : words[place].start]
    return (
        between.isspace() or between.strip() == "." and (words[place - 1].is_initial or len(words[place - 1].lower) < 4)
    )


def _goes_on(text: str, word: Word, capital: bool, sure: bool) -> bool:
    """Whether a word can be the next one of a name."""
    if word.lower in _DEGREES and capital:
        return word.is_capital
    identified = word.is_identified
    if (
        capital
        and word.is_title
        and identified
        and word.lower not in word.known
        and word.lower not in _EPONYM
        and not _is_month(text, word)
    ):
        return True
    if word.lower in _AFTER or word.lower in _EPONYM or word.lower in _GRAMMAR or _is_month(text, word):
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
        return apart and not substance and (word.is_title or word.text.isupper() and (listed or len(word.text) > 5))
    if word.is_capital or capital:
        return listed and not word.is_plain
    if sure and (identified or not word.is_plain):
        return True
    return word.is_given or word.is_strange and word.likeness > 0 or word.is_surname and word.lower not in word.known


def _is_month(text: str, word: Word) -> bool:
    return word.lower in _DATES and re.match(r"\s?\d", text[word.end : word.end + 2]) is not None


def _listed(text: str, words: Sequence[Word], place: int) -> int:
    """A given name with a surname, or alone where somebody does something."""
    word = words[place]
    if not (word.is_given or word.is_doubtful) or word.is_capital and not word.is_title and not word.text.isupper():
        return 0
    length = _run(text, words, place, sure=word.is_given and (word.is_capital or not is_everyday(word.lower)))
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
            or following in _HUMAN
            or text[end : end + 2] in ("'s", "’s")
            or words[place + length - 1].is_identified
        )
        known_of = following in _HUMAN or words[place + length - 1].is_identified or _before(words, place) in _BEFORE
        return (
            length
            if any(w.is_capital and (w.is_surname or w.is_given or known_of) and (told or not w.is_plain) for w in rest)
            else 0
        )
    said = following in _HUMAN or _before(words, place) in _CONTACT
    if length == 1 and word.is_doubtful and word.is_title and place and said and word.lower not in word.known:
        return 1
    if length > 1 or not word.is_given or word.text.isupper() or word.lower in _DATES:
        return 0
    aged = bool(_AGE.match(text, word.end))
    does = following in _AFTER and word.is_capital or following in _HUMAN and not is_everyday(word.lower) or aged
    told = _before(words, place) in _BEFORE and word.is_capital
    possessive = word.is_capital and re.match(r"['’]s\b", text[word.end : word.end + 3]) is not None
    return 1 if does or told or possessive else 0


def _strangers(text: str, words: Sequence[Word], place: int) -> int:
    """Words of no list of names, of whom something is told as of a person."""
    word = words[place]
    if word.is_initial or word.is_capital and not word.is_title or word.lower in word.known or is_common(word.lower):
        return 0
    length = _run(text, words, place)
    named, end = words[place : place + length], words[place + length - 1].end
    following = words[place + length].lower if place + length < len(words) else ""
    if length < 2:
        told = _before(words, place) in _CONTACT or following in _HUMAN
        return int(told and word.is_strange and word.is_title and word.likeness > 0)
    likely = sum(w.likeness for w in named if w.lower not in _WITHIN)
    if not word.is_capital:
        latin = _LATIN.search(named[-1].lower) is not None
        told = following in _HUMAN or _before(words, place) in _BEFORE and not latin
        return (
            length
            if told
            and likely > LIKELY
            and all(w.is_strange or w.is_surname or w.lower in _PARTICLES for w in named)
            and word.is_strange
            else 0
        )
    if not all(w.is_title or w.lower in _WITHIN for w in named):
        return 0
    if following in _HUMAN or words[place + length - 1].is_identified:
        return length
    if any(_LATIN.search(w.lower) and not (w.is_surname or w.is_given) for w in named):
        return 0
    apart = place > 1 and words[place - 1].text == "," and text[end : end + 1] in (",", ".", "?", "")
    if (
        (_before(words, place) in _BEFORE or apart and word.is_strange)
        and likely > 0
        and not any(w.is_clinical and not w.is_surname for w in named)
    ):
        return length
    return (
        length
        if word.is_strange
        and likely > LIKELY
        and not any(w.is_plain and not w.is_surname and w.lower not in _PARTICLES for w in named)
        else 0
    )


def _reversed(text: str, words: Sequence[Word], place: int) -> int:
    """A surname, a comma, and a given name."""
    if place + 2 >= len(words) or words[place + 1].text != ",":
        return 0
    first, second = words[place], words[place + 2]
    if (
        first.is_capital != second.is_capital
        or first.lower in first.known
        or not second.is_letters
        or second.lower in second.known
    ):
        return 0
    identified = bool(IDENTIFIED.match(text, words[place + 1 + _run(text, words, place + 2)].end))
    if first.is_capital and (first.is_surname or not first.is_plain):
        if identified and not is_everyday(second.lower) or second.is_given and (first.is_surname or first.is_strange):
            return 2 + _run(text, words, place + 2)
        return (
            2 + _run(text, words, place + 2)
            if identified and (second.is_given or second.is_doubtful or second.is_surname)
            else 0
        )
    return 3 if identified and (first.is_surname or first.is_strange) and second.is_given else 0


def _beside(text: str, words: Sequence[Word], place: int, marked: bool) -> int:
    """Words that the material and English do not know, right beside an age, a birthday or an identifier."""
    word = words[place]
    if word.lower in word.known or word.lower in _NO_STRANGER or word.is_initial:
        return 0
    if word.is_capital and not word.is_title and len(word.text) < 6:
        return 0
    length = _run(text, words, place)
    end = words[place + length - 1].end
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


def _is_public(text: str, words: Sequence[Word], place: int, length: int) -> bool:
    """Whether what looks like a name is that of a disease, a method or an institution, or of an author."""
    named, end = words[place : place + length], words[place + length - 1].end
    if _LITERATURE.match(text, end) and not DATED.match(text, end):
        return True
    if any(re.sub(r"['’]s$", "", word.lower) in _EPONYM for word in named):
        return True
    heads = [word for word in words[place + length : place + length + 4] if word.text not in ("'", "’", "s", "-", "–")]
    if not heads or not heads[0].is_letters:
        return False
    if heads[0].lower in _EPONYM or _CONDITION.match(heads[0].lower):
        return True
    if length == 1 and (_ROMAN.fullmatch(heads[0].text) or _INITIALS.fullmatch(heads[0].text) and heads[0].text != "I"):
        return True
    second = heads[1].lower if len(heads) > 1 else ""
    return heads[0].lower not in _AFTER and (
        bool(_CONDITION.match(second)) or heads[0].is_capital and second in _EPONYM
    )
