"""What must be said, and what may not be: status statements, caveats, refusals and their wording."""

import re
from datetime import date
from pathlib import Path
from string import Formatter
from typing import Annotated

from pydantic import AfterValidator
from pydantic import Field as Limits

from corpus.data_file import Strict, load_toml
from corpus.types import MaterialError

MAX_CAVEAT_WORDS = 30  # output invariant 4


def _pattern(words: str) -> str:
    try:
        re.compile(words)
    except re.error as error:
        raise ValueError(f"is no regular expression ({error})") from error
    return words


Pattern = Annotated[str, AfterValidator(_pattern)]
Words = Annotated[str, Limits(min_length=1)]


class Source(Strict):
    """Where the material says it."""

    document: Words
    section: Words


class StatusStatement(Strict):
    """What holds for a kind of product, where, and as of when."""

    id: Words
    product: Words
    use: Words
    jurisdiction: Words
    agency: Words
    statement: Words  # shown as it stands
    as_of: Words
    review_by: date
    source: Source
    about: Pattern  # finds the product in a question
    question: Words  # what the material is asked where a question takes an approval for granted

    def stale(self, today: date) -> bool:
        """Whether its review is due: the status needs checking again."""
        return today > self.review_by


class Caveat(Strict):
    """A line that the subject demands."""

    id: Words
    status: Words  # the statement that it rests on
    text: Words  # placeholders: as_of
    stale: Words  # put behind it once the review is due; placeholders: review_by
    uncited: Words  # put behind it where the source is not in the index; placeholders: as_of
    subject: tuple[Pattern, ...]  # names the therapy
    foreign: tuple[Pattern, ...]  # names the therapy in other languages, in which topics are not read
    field_words: tuple[Pattern, ...]  # belong to the field and make a question one about the therapy
    question_topics: tuple[Pattern, ...]  # what a question touches that demands the caveat
    claim_topics: tuple[Pattern, ...]  # what a claim touches that demands it


class Refusal(Strict):
    """What is not answered, how that is worded, and what the material is asked instead."""

    rule: Words
    when: tuple[Pattern, ...]
    when_about: tuple[Pattern, ...] = ()  # count only in a question of the field, or one that may be
    unless: tuple[Pattern, ...] = ()
    say: Words
    look_up: Words


class Field(Strict):
    """What makes a question one of the field, or leaves open what it is about."""

    about: tuple[Pattern, ...]
    short: int  # words up to which a question leaves it open


class Emergency(Strict):
    """Signs of an emergency that is happening now."""

    signs: tuple[Pattern, ...]
    present: tuple[Pattern, ...]
    say: Words


class Premise(Strict):
    """How a question takes something for granted."""

    opening: Pattern  # with a group 'premise'
    status: tuple[Pattern, ...]  # takes an approval for granted


class Wording(Strict):
    """All other words that the assistant says of its own."""

    missing: Words  # placeholders: names
    not_covered: Words
    no_figure: Words  # placeholders: kind
    nearest: Words  # placeholders: titles
    clarify: Words
    failed: Words
    yes: Words
    no: Words


class Policy(Strict):
    """The whole policy file."""

    version: Words
    status: tuple[StatusStatement, ...]
    caveat: tuple[Caveat, ...]
    refusal: tuple[Refusal, ...]
    field: Field
    emergency: Emergency
    premise: Premise
    instruction: tuple[Pattern, ...]
    wording: Wording

    def statement(self, identity: str) -> StatusStatement:
        return next(status for status in self.status if status.id == identity)


# The placeholders that each wording may use; those that are not named here may use none.
_PLACEHOLDERS = {
    "text": {"as_of"}, "stale": {"review_by"}, "uncited": {"as_of"},
    "missing": {"names"}, "no_figure": {"kind"}, "nearest": {"titles"}, "clarify": {"titles"},
}  # fmt: skip


def load_policy(path: Path) -> Policy:
    """The validated policy. Raises MaterialError naming the file, what is wrong and the remedy."""
    policy = load_toml(path, Policy)
    known = {status.id for status in policy.status}
    for caveat in policy.caveat:
        if caveat.status not in known:
            raise MaterialError(str(path), f"caveat {caveat.id!r} rests on unknown status {caveat.status!r}", "add it")
        status = policy.statement(caveat.status)
        for key in ("text", "stale", "uncited"):
            _check_placeholders(path, key, getattr(caveat, key))
        worst = f"{caveat.text} {caveat.stale} {caveat.uncited}".format(as_of=status.as_of, review_by=status.review_by)
        if len(worst.split()) > MAX_CAVEAT_WORDS:
            what = f"caveat {caveat.id!r} can reach {len(worst.split())} words"
            raise MaterialError(str(path), what, f"shorten it to {MAX_CAVEAT_WORDS}")
    for key, words in policy.wording.model_dump().items():
        _check_placeholders(path, key, words)
    return policy


def _check_placeholders(path: Path, key: str, words: str) -> None:
    allowed = _PLACEHOLDERS.get(key, set())
    for _, name, _, _ in Formatter().parse(words):
        if name is not None and name not in allowed:
            remedy = (
                f"use {' or '.join(f'{{{one}}}' for one in sorted(allowed))}" if allowed else "write it without one"
            )
            raise MaterialError(str(path), f"{key}: unknown placeholder {{{name}}}", remedy)
