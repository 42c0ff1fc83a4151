"""Which caveats an answer is due, and how they read."""

import re
from datetime import date

from assistant.types import CaveatShown, Statement
from corpus.policy import Caveat, Policy, StatusStatement
from index.search import Index


def is_due(caveat: Caveat, question: str, statements: list[Statement], on_subject: bool) -> bool:
    """Whether a question, or what is said in answer, touches what demands the caveat (output invariant 4).

    `on_subject` says that an answer from the material, or a refusal that is followed by one, is about the therapy
    even where the question does not name it. In doubt, yes.
    """
    if _any(caveat.foreign, question):
        return True
    named = _any(caveat.subject, question) or mentions_field(caveat, question)
    if not (named or on_subject):
        return False
    return _any(caveat.question_topics, question) or any(_any(caveat.claim_topics, s.quote) for s in statements)


def without_drift(statements: list[Statement], question: str, policy: Policy) -> list[Statement]:
    """The statements without support that drifts from a question about biology to the therapy's effects and use.

    What belongs to the list that the answer begins with stays.
    """
    lead = statements[:1]
    if _is_any_due(policy, question, lead):
        return statements
    return lead + [s for s in statements[1:] if _of_one_list(s, lead[0]) or not _is_any_due(policy, question, [s])]


def _is_any_due(policy: Policy, question: str, statements: list[Statement]) -> bool:
    return any(is_due(caveat, question, statements, on_subject=True) for caveat in policy.caveat)


def _of_one_list(statement: Statement, lead: Statement) -> bool:
    return statement.role == "item" and lead.role == "lead" and statement.passage.id == lead.passage.id


def mentions_subject(caveat: Caveat, question: str) -> bool:
    """Whether a question names the therapy itself."""
    return _any(caveat.subject, question) or _any(caveat.foreign, question)


def mentions_field(caveat: Caveat, question: str) -> bool:
    """Whether a question uses words of the field, which make it one about the therapy."""
    return _any(caveat.field_words, question)


def shown(caveat: Caveat, policy: Policy, today: date, citation: int | None) -> CaveatShown:
    """The caveat as it reads today: one line, dated, saying where it stands and whether its review is due."""
    status = policy.statement(caveat.status)
    stale = status.stale(today)
    text = wording(caveat, status, stale, citation)
    return CaveatShown(caveat.id, text, status.as_of, status.review_by, stale, citation)


def wording(caveat: Caveat, status: StatusStatement, stale: bool, citation: int | None) -> str:
    """How the caveat reads, without its marker."""
    parts = [caveat.text.format(as_of=status.as_of)]
    if stale:
        parts.append(caveat.stale.format(review_by=status.review_by.isoformat()))
    if citation is None:
        parts.append(caveat.uncited.format(as_of=status.as_of))
    return " ".join(parts)


def source_statement(status: StatusStatement, index: Index) -> Statement | None:
    """The sentence of the index that the status rests on; None where its section is not indexed."""
    for passage in index.content.passages_of(status.source.document):
        if passage.section and passage.section[-1] == status.source.section:
            wanted = re.compile(status.about, re.IGNORECASE)
            for sentence in passage.sentences:
                words = passage.text[sentence.start - passage.start : sentence.end - passage.start]
                if wanted.search(words) and "approved" in words:
                    return Statement(passage, sentence.start, sentence.end, sentence.evidence, sentence.role)
    return None


def _any(patterns: tuple[str, ...], text: str) -> bool:
    return any(re.search(pattern, text, re.IGNORECASE) for pattern in patterns)


def therapy_words(text: str, policy: Policy) -> frozenset[str]:
    """The words that name the therapy in another language, in small letters: nobody is called so."""
    patterns = [pattern for caveat in policy.caveat for pattern in caveat.foreign]
    found = (match[0] for pattern in patterns for match in re.finditer(pattern, text, re.IGNORECASE))
    return frozenset(word for name in found for word in name.lower().split())
