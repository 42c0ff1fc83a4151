"""From a question to a case: what the live version says of it, filled in, and the trainer's words made into a case."""

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.privacy import redact
from evals.asking import Asker
from evals.case_files import CaseError
from evals.coverage import LEAD
from evals.types import Case
from index.words import words

PASSAGES = 5  # found for a question, whose sections and sentences are offered
SET = "tuning"  # where trainers' cases go; the heldout ones are kept for the end
ALTERNATIVES = " / "  # between the alternatives of one line
WHERE = "the new case"
FIRST_KIND = "facts"
KINDS = {"not_covered": "near_topic", "clarify": "shorthand"}  # that fit an answer's status; the first fits the others


@dataclass(frozen=True, slots=True)
class Found:
    """What a version says of a question."""

    question: str
    version: str
    answer: dict[str, Any]  # as `caveat ask --json` prints it
    sections: tuple[str, ...]  # that a case would name, of the passages found, best first
    sentences: tuple[str, ...]  # that may answer: the quoted ones, then the others of those passages

    @property
    def is_caveat_shown(self) -> bool:
        return bool(self.answer["caveats"])


def look_up(asker: Asker, question: str) -> Found:
    """Asks a version a question, and searches it for passages. Raises QuestionError for a question that is none."""
    answer = json.loads(json.dumps(asker.assistant.ask([question]).to_json()))
    passages = [hit.passage for hit in asker.index.search(asker.index.query(question), PASSAGES)]
    claimed = {number for claim in answer["claims"] for number in claim["citations"]}
    quoted = [c for c in answer["citations"] if c["number"] in claimed]
    places = [(c["document_id"], tuple(c["section"])) for c in quoted]
    places += [(p.document_id, p.section) for p in passages]
    said = [_line(c["quote"]) for c in quoted]
    said += [
        _line(p.text[s.start - p.start : s.end - p.start]) for p in passages for s in p.sentences if s.role != LEAD
    ]
    return Found(
        question, asker.subject.index, answer,
        tuple(dict.fromkeys(asker.material.name_of(*place) for place in places)), tuple(dict.fromkeys(said)),
    )  # fmt: skip


def _line(text: str) -> str:
    return " ".join(text.split())


@dataclass(frozen=True, slots=True)
class Form:
    """What a trainer fills in."""

    question: str
    kind: str
    status: str
    quoted: tuple[str, ...]  # sentences that the answer says
    must: str  # one line a fact, alternatives apart by " / "
    must_not: str  # one line each
    sections: tuple[str, ...]
    caveat: bool | None
    polarity: str | None
    names: str  # of what is missing, one line each
    author: str


def case_of(form: Form, today: date, taken: Collection[str], known: frozenset[str]) -> Case:
    """The case that a form says, under an id that is not `taken`. Words of `known` are no names.

    Raises CaseError where something is missing that makes a case worth asking, and for personal data.
    """
    case = Case(
        id=_identity(form.question, taken), turns=(_line(form.question),), status=(form.status,),
        must=(*((sentence,) for sentence in form.quoted), *(_alternatives(line) for line in _lines(form.must))),
        must_not=tuple(_lines(form.must_not)), sections=form.sections, caveat=form.caveat, polarity=form.polarity,
        names=tuple(_lines(form.names)), tags=(form.kind,), author=_line(form.author), reviewed=today, kind=form.kind,
        set=SET,
    )  # fmt: skip
    if missing := _missing(case):
        raise CaseError(WHERE, missing[0], missing[1])
    written = [*case.turns, *(a for group in case.must for a in group), *case.must_not, *case.names]
    kinds = sorted({kind for text in written for kind in redact(text, known).kinds})
    if kinds:
        raise CaseError(WHERE, f"seems to hold personal data ({', '.join(kinds)})", "word it without")
    return case


def _missing(case: Case) -> tuple[str, str] | None:
    """What a case lacks, and the remedy."""
    if not case.turns[0]:
        return "has no question", "write one"
    if not case.author:
        return "has no author", "write who answers for it"
    if case.status == ("answered",) and not (case.must and case.sections):
        return "does not say what a right answer says and cites", "choose or write its words, and a section"
    return None


def _lines(text: str) -> list[str]:
    return [line for one in text.splitlines() if (line := _line(one))]


def _alternatives(line: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in line.split(ALTERNATIVES) if part.strip())


def _identity(question: str, taken: Collection[str]) -> str:
    """An id made of the question's words, with a number where another case has it."""
    begun = f"asked-{hashlib.sha256(' '.join(words(question)).encode()).hexdigest()[:8]}"
    free = (name for n in range(len(taken) + 1) if (name := f"{begun}-{n + 1}" if n else begun) not in taken)
    return next(free)


def kind_for(found: Found, kinds: Sequence[str]) -> str:
    """The kind that a question is offered under, of those that there are."""
    return next((one for one in (KINDS.get(found.answer["status"], ""), FIRST_KIND) if one in kinds), kinds[0])
