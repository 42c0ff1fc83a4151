"""What of the material policy rests on: the sentences that its statuses cite, and what answers its own questions.

And whether policy says the same as those sentences.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from assistant.caveats import source_statement
from assistant.statement import statements
from assistant.types import Answer
from assistant.verify import Verifier
from corpus.policy import Policy, StatusStatement
from evals.asking import Answering
from evals.changes import Changes, Said
from evals.material import Material
from index.search import Index


@dataclass(frozen=True, slots=True)
class Lost:
    """Words that policy rests on and that are not there any more."""

    where: str
    what: str
    words: str  # as they stood


def lost_sources(policy: Policy, before: Material, after: Material) -> list[Lost]:
    """The status statements whose source the version before held and the one after does not."""
    lost = []
    for status in policy.status:
        words = source_words(status, before)
        if words is not None and source_words(status, after) is None:
            where = f"{status.source.document} › {status.source.section}"
            lost.append(Lost(where, f"policy's status {status.id!r} rests on it", words))
    return lost


def source_words(status: StatusStatement, material: Material) -> str | None:
    """The sentence that a status cites, on one line; None where the material does not hold it."""
    found = source_statement(status, cast(Index, material))  # it asks for the content alone
    return None if found is None else " ".join(found.quote.split())


@dataclass(frozen=True, slots=True)
class Unsaid:
    """Words of policy that the sentence on which they rest does not say."""

    where: str  # the status or the caveat
    words: str
    source: str


def unsaid(policy: Policy, material: Material, verifier: Verifier) -> Iterator[Unsaid]:
    """The status statements, and the caveats that rest on them, of which their source says no clause.

    A status whose source the material does not hold is passed over: nothing is known of it.
    """
    for status in policy.status:
        source = source_words(status, material)
        if source is None:
            continue
        resting = [
            (f"caveat {c.id}", c.text.format(as_of=status.as_of)) for c in policy.caveat if c.status == status.id
        ]
        for where, words in ((f"status {status.id}", status.statement), *resting):
            clauses = statements(words) or [words]
            if not any(verifier.verify(clause, source).verdict == "supported" for clause in clauses):
                yield Unsaid(where, words, source)


def questions(policy: Policy) -> list[str]:
    """What policy itself asks the material: for a status that is taken for granted, and in place of what it refuses."""
    asked = [*(status.question for status in policy.status), *(refusal.look_up for refusal in policy.refusal)]
    return list(dict.fromkeys(asked))


def lost_answers(policy: Policy, changes: Changes, before: Answering) -> Iterator[Lost]:
    """What answered policy's questions and was withdrawn: whole sections, and the sentence that answered first."""
    gone = changes.gone
    if not gone:
        return
    told = set[str]()
    for question in questions(policy):
        for said in _rested_on(before.ask([question]), gone, dict.fromkeys(changes.withdrawn)):
            if said.where not in told:
                told.add(said.where)
                yield Lost(said.where, f"policy asks it {question!r}", said.text)


def _rested_on(
    answer: Answer, gone: dict[str, Said], withdrawn: dict[tuple[str, tuple[str, ...]], None]
) -> Iterator[Said]:
    first = answer.claims[0].citations if answer.claims else ()
    numbers = {number for claim in answer.claims for number in claim.citations}
    for citation in answer.citations:
        said = gone.get(" ".join(citation.quote.split()))
        if (
            said
            and citation.number in numbers
            and (citation.number in first or (said.document, said.section) in withdrawn)
        ):
            yield said
