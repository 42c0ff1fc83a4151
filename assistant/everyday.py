"""The English word list that is read at run time, once a process."""

from functools import lru_cache

from spellchecker import SpellChecker


@lru_cache(maxsize=1)
def everyday() -> SpellChecker:
    """pyspellchecker's English words with their counts; reading them takes a quarter of a second."""
    return SpellChecker(distance=1)
