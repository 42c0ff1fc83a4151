"""Cases with answers for the measures, with little in them but what a test is about."""

from dataclasses import replace
from typing import Any

from evals.metrics.types import Cited, Told
from evals.runs import Searched
from evals.types import Case
from tests.evals.outcomes import case, outcome


def entails(claim: str, words: str) -> bool | None:
    """Words say a claim where they hold every letter of it; of a claim that is "?" there is no verdict."""
    return None if claim == "?" else set(claim) <= set(words)


def cited(text: str, *quotes: str | None) -> Cited:
    return Cited(text, quotes)


def told(
    asked: Case | None = None, *claims: Cited, found: dict[str, str] | None = None, relevant: tuple[str, ...] = (),
    **answer: Any,
) -> Told:  # fmt: skip
    """An answer of these claims, for which these passages were found."""
    asked = asked or case("a")
    searched = Searched(relevant, (), tuple(found)) if found is not None else None
    given = outcome(asked, **answer)
    return Told(asked, replace(given, searched=searched), claims, found or {})
