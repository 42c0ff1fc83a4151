"""Which sections and statements of the material no case asks about, with a question proposed for each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from corpus.types import Passage
from evals.material import Material
from evals.proposing import ordinary_words, question_for
from evals.runs import Run
from evals.score import found, normalised
from evals.types import Case

LEAD = "lead"  # the role of a line that only introduces a list: it states nothing

Quotes = Mapping[str, frozenset[tuple[str, str]]]  # of each case: documents with the words quoted, normalised


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of the material."""

    text: str  # on one line
    cases: tuple[str, ...]  # that ask about it, by their ids
    question: str  # proposed for it


@dataclass(frozen=True, slots=True)
class SectionAsked:
    """One section and its statements."""

    document: str
    title: str
    path: tuple[str, ...]  # headings that lead to it
    name: str  # what a case calls it
    statements: tuple[Statement, ...]

    @property
    def unasked(self) -> tuple[Statement, ...]:
        return tuple(one for one in self.statements if not one.cases)

    @property
    def is_unasked(self) -> bool:
        """Whether no case asks about any of its statements."""
        return len(self.unasked) == len(self.statements)

    @property
    def where(self) -> str:
        """The document's title and the headings below it."""
        return " › ".join(dict.fromkeys((self.title, *self.path)))


def coverage(material: Material, cases: Sequence[Case], runs: Iterable[Run]) -> list[SectionAsked]:
    """Every section that states something, in reading order.

    A statement is asked about by a case that names its section if the case's right answer in a stored run cites it,
    or if it holds, of each group of words that the case demands, one alternative. `runs` come the newest first.
    """
    quotes, naming = _quotes(cases, runs), _naming(cases)
    documents = material.content.document_ids()
    ordinary = ordinary_words(material.content.text_of(document) or "" for document in documents)
    told = []
    for document in documents:
        passages = material.content.passages_of(document)
        for path, some in groupby(passages, key=lambda passage: passage.section):
            own = list(some)
            named = [case for name in sorted(material.names(document, path)) for case in naming.get(name, ())]
            heading = path[-1] if path else own[0].title
            statements = tuple(
                Statement(said, _asking(said, document, named, quotes), question_for(heading, said, ordinary))
                for said in _said(own)
            )
            if statements:
                name = material.name_of(document, path)
                told.append(SectionAsked(document, own[0].title, path, name, statements))
    return told


def _said(passages: Iterable[Passage]) -> Iterator[str]:
    """The sentences that state something, each on one line."""
    for passage in passages:
        for sentence in passage.sentences:
            if sentence.role != LEAD:
                yield " ".join(passage.text[sentence.start - passage.start : sentence.end - passage.start].split())


def _asking(sentence: str, document: str, cases: Sequence[Case], quotes: Quotes) -> tuple[str, ...]:
    words = normalised(sentence)
    return tuple(
        dict.fromkeys(
            case.id for case in cases if _says_all(case, words) or _is_quoted(words, document, quotes.get(case.id, ()))
        )
    )


def _says_all(case: Case, words: str) -> bool:
    return bool(case.must) and all(any(found(sought, words) for sought in group) for group in case.must)


def _is_quoted(words: str, document: str, quoted: Iterable[tuple[str, str]]) -> bool:
    return any(where == document and (words in quote or quote in words) for where, quote in quoted)


def _naming(cases: Sequence[Case]) -> dict[str, list[Case]]:
    """The cases that name a section, by its normalised name."""
    naming: dict[str, list[Case]] = {}
    for case in cases:
        for section in case.sections:
            naming.setdefault(normalised(section), []).append(case)
    return naming


def _quotes(cases: Sequence[Case], runs: Iterable[Run]) -> dict[str, frozenset[tuple[str, str]]]:
    """What each case's newest answer quotes, if that was right."""
    wanted, quotes = {(case.id, case.turns) for case in cases}, dict[str, frozenset[tuple[str, str]]]()
    for run in runs:
        for outcome in run.outcomes:
            if (outcome.case, outcome.turns) in wanted and outcome.case not in quotes:
                quotes[outcome.case] = _claimed(outcome.answer) if outcome.is_right else frozenset()
        if len(quotes) == len(wanted):
            break
    return quotes


def _claimed(answer: Mapping[str, Any]) -> frozenset[tuple[str, str]]:
    numbers = {number for claim in answer.get("claims", ()) for number in claim["citations"]}
    cited = (c for c in answer.get("citations", ()) if c["number"] in numbers)
    return frozenset((c["document_id"], normalised(c["quote"])) for c in cited)


@dataclass(frozen=True, slots=True)
class Asked:
    """How much of a version some case asks about; all of it is counted, so there is no interval."""

    sections: int
    of_sections: int
    statements: int
    of_statements: int


def asked(sections: Sequence[SectionAsked]) -> Asked:
    """How many sections, and how many statements, some case asks about."""
    statements = [statement for one in sections for statement in one.statements]
    return Asked(
        sum(not one.is_unasked for one in sections), len(sections), sum(bool(one.cases) for one in statements),
        len(statements),
    )  # fmt: skip


def to_json(sections: Sequence[SectionAsked]) -> dict[str, Any]:
    """The coverage as plain values."""
    counts = asked(sections)
    return {
        "sections": {"asked": counts.sections, "n": counts.of_sections},
        "statements": {"asked": counts.statements, "n": counts.of_statements},
        "unasked": [
            {
                "document_id": one.document, "section": list(one.path), "name": one.name, "whole": one.is_unasked,
                "statements": [{"text": said.text, "question": said.question} for said in one.unasked],
            }
            for one in sections if one.unasked
        ],
    }  # fmt: skip


def count_line(sections: Sequence[SectionAsked]) -> str:
    """How much is asked about, in words."""
    counts = asked(sections)
    return (
        f"sections asked about: {counts.sections:,} of {counts.of_sections:,}; "
        f"statements: {counts.statements:,} of {counts.of_statements:,}"
    )


def lines(sections: Sequence[SectionAsked]) -> list[str]:
    """The coverage for people: each statement that no case asks about, with its question, then the counts."""
    told = list[str]()
    for one in sections:
        if one.unasked:
            told.append(f"{one.where}{': no statement is asked about' if one.is_unasked else ''}")
            told += [line for said in one.unasked for line in (f"  - {said.text}", f"    {said.question}")]
    return [*told, count_line(sections)]
