"""Reads a message as it was typed: emergency, personal data, what is refused, what it takes for granted."""

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.caveats import therapy_words
from assistant.privacy import redact
from assistant.types import Guardrail
from corpus.matching import normalise, without_leet
from corpus.policy import Policy, Refusal

MAX_CHARACTERS = 20_000  # of one question, by contract


@dataclass(frozen=True, slots=True)
class Screened:
    """What a message is, beyond its question."""

    text: str  # normalised, personal data redacted
    emergency: bool
    refusal: Refusal | None
    status_premise: bool  # takes an approval for granted
    premise: str  # what else it takes for granted, "" for nothing
    hostile: bool  # carries an instruction, personal data or markup: none of its words may be repeated
    guardrails: tuple[Guardrail, ...]


def screen(message: str, policy: Policy, known: frozenset[str], follows: bool = False) -> Screened:
    """Screens one message; `known` holds the material's words, which are nobody's names.

    What `follows` other messages is taken to be about what they are about.
    """
    typed = without_leet(normalise(message), known)
    redacted = redact(typed, known | therapy_words(typed, policy))
    text = redacted.text
    found = [Guardrail("personal_data", "redacted", kind) for kind in dict.fromkeys(redacted.kinds)]
    emergency = _any(policy.emergency.signs, text) and _any(policy.emergency.present, text)
    about = follows or _is_about(text, policy)
    refusal = next((r for r in policy.refusal if _is_refused(r, text, about)), None)
    instruction = _any(policy.instruction, text)
    status_premise = _any(policy.premise.status, text) and any(_compiled(s.about).search(text) for s in policy.status)
    opening = _compiled(policy.premise.opening).search(text)
    if emergency:
        found.insert(0, Guardrail("emergency", "notice", "signs of an emergency that is happening now"))
    if instruction:
        found.append(Guardrail("instruction", "ignored", "the message carries an instruction or markup"))
    if refusal and not emergency:
        found.append(Guardrail(refusal.rule, "refused", refusal.say))
    return Screened(
        text, emergency, refusal, status_premise, opening["premise"].strip() if opening else "",
        bool(redacted.kinds) or instruction, tuple(found),
    )  # fmt: skip


def _is_about(text: str, policy: Policy) -> bool:
    """Whether a message is of the field, or leaves open what it is about."""
    short = len(text.split()) <= policy.field.short
    return short or _any(policy.field.about, text) or any(_any(c.subject, text) for c in policy.caveat)


def _is_refused(refusal: Refusal, text: str, about: bool) -> bool:
    asked = _any(refusal.when, text) or (about and _any(refusal.when_about, text))
    return asked and not _any(refusal.unless, text)


def _any(patterns: tuple[str, ...], text: str) -> bool:
    return any(_compiled(pattern).search(text) for pattern in patterns)


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
