"""What the material does not know of a question, and whether a sentence holds the figure that is asked for."""

import re

from assistant.entities import kinds_of
from assistant.privacy_names import find_names
from assistant.question import QUANTITIES, Question, is_generic, related
from assistant.spelling import Speller
from assistant.thesaurus import thesaurus
from index.search import Index
from index.types import SentenceMatch
from index.words import STOPWORDS, stem, stems, words

ORDINARY_FROM = 0.45  # a word at least this likely to be an everyday one is no clinical entity
ORDINARY_PHRASE_FROM = 0.2  # the same for a run of words, which is seldom in everyday use as it stands
# What is told around a question is often beside the point: there only what a clinician would look up counts.
TELLING, TOLD_FROM = ("condition", "product", "population"), 0.05
MOST_NAMES = 20  # unknown names that are looked at, and words of one: a message may hold thousands


def missing_entities(question: Question, index: Index, speller: Speller) -> list[str]:
    """What the question asks about and the material does not know: conditions, drugs, agencies, populations …

    Everyday words are none. Neighbouring unknown words count as one name, as they were typed. What is only told around
    the question counts where it is plainly clinical.
    """
    asked = _phrases(question.asked, _unknown(question.asked, question, index))[:MOST_NAMES]
    told = _phrases(question.told, _unknown(question.told, question, index))[:MOST_NAMES]
    texts = list(dict.fromkeys([*asked, *(word for phrase in asked for word in _parts(phrase)), *told]))
    if not texts:
        return []
    kinds = dict(zip(texts, kinds_of(index.embed(texts)), strict=True))
    found = [phrase for phrase in asked if _is_entity(phrase, question.asked, kinds, speller)]
    return found + [phrase for phrase in told if kinds[phrase][0] in TELLING and kinds[phrase][1] < TOLD_FROM]


def _unknown(text: str, question: Question, index: Index) -> set[str]:
    """The content words of a part of the question that the material does not know, as stems."""
    return {
        s
        for s in stems(text, index.glossary)
        if not is_generic(s) and len(s) > 1 and not s.isdigit() and not is_known(related(s, index.vocabulary), index)
    }


def _parts(phrase: str) -> list[str]:
    """The words of a name; its first ones, where it is no name but a text."""
    return phrase.split()[:MOST_NAMES]


def _is_entity(phrase: str, text: str, kinds: dict[str, tuple[str, float]], speller: Speller) -> bool:
    if speller.is_slip(phrase):
        return False
    return (
        kinds[phrase][1] < ORDINARY_PHRASE_FROM
        or _is_proper(phrase, text)
        or any(_is_name(word, speller) or kinds[word][1] < ORDINARY_FROM for word in _parts(phrase))
    )


def is_known(stemmed: str, index: Index) -> bool:
    """Whether the material uses a word, or one that stands for it."""
    return not thesaurus().kin(stemmed).isdisjoint(index.vocabulary)


def _is_name(word: str, speller: Speller) -> bool:
    """Whether a word is written like an abbreviation, or is none of the language's."""
    letters = [c for c in word if c.isalpha()]
    if sum(c.isupper() for c in letters) >= 2:
        return True
    return len(letters) >= 3 and not any(
        speller.is_english(form) for form in (word, word.removesuffix("s"), re.sub(r"['’]s$", "", word))
    )


def _is_proper(phrase: str, text: str) -> bool:
    """Whether a name is written with capitals in the middle of a sentence that is not all in capitals."""
    capitals = sum(word[0].isupper() for word in text.split() if word[0].isalpha())
    inside = not re.search(rf"(?:^|[.!?:]\s+|[\"“(])\s*{re.escape(phrase)}", text)
    return phrase[0].isupper() and inside and capitals <= len(text.split()) / 2


def _phrases(text: str, unknown: set[str]) -> list[str]:
    """Runs of neighbouring unknown words, as typed."""
    phrases: list[list[str]] = []
    last_end = -2
    capitals: list[str] = []
    for match in re.finditer(r"[^\W_]+(?:['’][^\W_]+)*", text):
        word = match[0]
        if stem(word) in unknown and word.lower().replace("’", "'") not in STOPWORDS:
            if phrases and text[last_end : match.start()] in (" ", "-"):
                phrases[-1].append(word)
            else:
                phrases.append([*capitals, word] if word[0].isupper() else [word])
            last_end, capitals = match.end(), []
        elif word[0].isupper() and match.start() > 0:  # part of a name, if an unknown word is next to it
            if phrases and phrases[-1][-1][0].isupper() and text[last_end : match.start()] == " ":
                phrases[-1].append(word)
                last_end = match.end()
            else:
                capitals.append(word)
        else:
            capitals = []
    return list(dict.fromkeys(" ".join(phrase) for phrase in phrases))


def words_of(match: SentenceMatch) -> str:
    """The sentence itself."""
    sentence = match.passage.sentences[match.position]
    return match.passage.text[sentence.start - match.passage.start : sentence.end - match.passage.start]


def holds_quantity(question: Question, text: str) -> bool:
    """Whether a sentence holds the kind of figure that the question asks for."""
    if question.quantity is None:
        return True
    _, holds, _ = QUANTITIES[question.quantity]
    if question.quantity == "count":
        return _counts(question, text)
    if question.quantity == "person" and find_names(text, frozenset(), marked=False):
        return True
    return bool(holds.search(text))


def _counts(question: Question, text: str) -> bool:
    asked = re.search(r"\b(?:how many|number of)\s+((?:[\w-]+\s*){1,3})", question.text, re.IGNORECASE)
    counted = {stem(word) for word in words(asked[1])} - STOPWORDS if asked else set()
    said = words(text)
    numbers = [
        n
        for n, word in enumerate(said)
        if word[0].isdigit() or word in ("one", "two", "three", "four", "five", "six", "ten")
    ]
    return any(counted & {stem(word) for word in said[n + 1 : n + 4]} for n in numbers)
