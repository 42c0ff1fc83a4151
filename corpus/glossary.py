"""Abbreviations and synonyms of the field: one term, many ways to write it."""

import re
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from pydantic import Field

from corpus.data_file import Strict, load_toml
from corpus.types import MaterialError

_WORD_BEGINS = re.compile(r"(?<!\w)\S")


class Term(Strict):
    """One notion of the field."""

    term: str = Field(min_length=1)  # the preferred full form, singular
    abbreviations: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    meaning: str = Field(min_length=1)  # one sentence, shown on hover

    @property
    def forms(self) -> tuple[str, ...]:
        """Every way to write the term, the preferred one first."""
        return (self.term, *self.abbreviations, *self.synonyms)


class Glossary(Strict):
    """All terms; no form belongs to two of them."""

    term: tuple[Term, ...] = ()

    @cached_property
    def by_form(self) -> dict[str, Term]:
        """Each form, folded to lower case and single spaces, with its term."""
        return {fold(form): term for term in self.term for form in term.forms}

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Finds any form, the longest first, also in the plural."""
        return _pattern(self.by_form)

    @cached_property
    def _patterns(self) -> dict[str, re.Pattern[str]]:
        """The same for the forms that begin with the same two characters, as `find` looks them up."""
        parts: dict[str, list[str]] = {}
        for form in self.by_form:
            parts.setdefault(_beginning(form[:2]), []).append(form)
        return {beginning: _pattern(forms) for beginning, forms in parts.items()}

    def find(self, text: str) -> list[tuple[int, int, Term]]:
        """Where the text uses a term, as (start, end, term), in order and without overlap.

        As `pattern.finditer` finds them, many times as fast.
        """
        found, position = [], 0
        for begins in _WORD_BEGINS.finditer(text):
            start = begins.start()
            pattern = self._patterns.get(_beginning(text[start : start + 2]))
            if pattern is None or start < position:
                continue
            if match := pattern.match(text, start):
                position = match.end()
                if term := self._term(match[0]):
                    found.append((start, position, term))
        return found

    def _term(self, words: str) -> Term | None:
        folded = fold(words)
        candidates = (folded, folded.removesuffix("s"), folded.removesuffix("es"))
        return next((self.by_form[form] for form in candidates if form in self.by_form), None)


def _pattern(forms: Iterable[str]) -> re.Pattern[str]:
    ordered = sorted(forms, key=len, reverse=True)
    words = "|".join(re.escape(form).replace(r"\ ", r"[\s-]+").replace(r"\-", r"[\s-]?") for form in ordered)
    return re.compile(rf"(?<!\w)(?:{words or '(?!)'})(?:e?s)?(?!\w)", re.IGNORECASE)


def _beginning(two: str) -> str:
    """How two first characters are looked up: in lower case, any gap behind the first as a space."""
    folded = two.lower()
    return folded if folded[1:].strip("- \t\r\n\v\f\xa0") else f"{folded[:1]} "


def fold(words: str) -> str:
    """Lower case, single spaces, hyphens as spaces."""
    return re.sub(r"[\s-]+", " ", words).strip().lower()


def load_glossary(path: Path) -> Glossary:
    """The validated glossary. Raises MaterialError for a broken file and for a form that two terms claim."""
    glossary = load_toml(path, Glossary)
    owner: dict[str, str] = {}
    for term in glossary.term:
        for form in term.forms:
            other = owner.setdefault(fold(form), term.term)
            if other != term.term:
                raise MaterialError(str(path), f"{form!r} stands under {other!r} and {term.term!r}", "keep one of them")
    return glossary
