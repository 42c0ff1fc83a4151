"""Cuts text into the word stems that the lexical index and the question share."""

import re
from functools import lru_cache

import Stemmer

from corpus.glossary import Glossary, Term

WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
STOPWORDS = frozenset(
    """a about after all also am an and any are as at be because been being but by can could did do does doing
    done during each for from further get give had has have having he her here hers him his how i if in into
    is it its itself let like may me might more most much must my no nor not of off on once one only or other
    our ours out over own per please shall she should so some such than that the their theirs them then there
    these they this those through to too under until up upon us very was we were what when where which while
    who whom whose why will with would you your yours s t re ve ll d m isn't aren't wasn't weren't don't doesn't didn't
    i've i'm i'd i'll we've we're we'd we'll you've you're you'd you'll they've they're they'd they'll he'd
    he'll she'd she'll it'd it'll that'll there're what're who'd how'd can't cannot couldn't shouldn't wouldn't
    won't hasn't haven't hadn't mustn't mightn't isn aren wasn weren don doesn didn couldn shouldn wouldn won
    hasn haven hadn""".split()
)  # fmt: skip

_stemmer = Stemmer.Stemmer("english")


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The Snowball stem of a word in lower case."""
    return str(_stemmer.stemWord(word.lower().replace("’", "'").removesuffix("'s")))


def words(text: str) -> list[str]:
    """Words in lower case; compounds with hyphens count as their parts."""
    return [part for word in WORD.findall(text.lower().replace("’", "'")) for part in word.split("-") if part]


def stems(text: str, glossary: Glossary) -> list[str]:
    """Stems of the content words in order; every form of a glossary term becomes the stems of the preferred one."""
    return [stem(word) for word in words(unify(text, glossary)) if word.removesuffix("'s") not in STOPWORDS]


def unify(text: str, glossary: Glossary) -> str:
    """The text with every glossary form written in the preferred way."""
    pieces, position = [], 0
    for start, end, term in glossary.find(text):
        pieces += [text[position:start], term.term]
        position = end
    return "".join([*pieces, text[position:]])


def names(text: str, glossary: Glossary) -> list[Term]:
    """The glossary's terms that the text uses, each once, in order."""
    return list({term.term: term for _, _, term in glossary.find(text)}.values())
