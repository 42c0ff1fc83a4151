"""What of the material policy rests on: the sentences that its statuses cite, and what answers its own questions."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from assistant.caveats import source_statement
from assistant.types import Answer
from corpus.policy import Policy, StatusStatement
from evals.changes import Changes, Said
from evals.material import Material
from index.search import Index

if TYPE_CHECKING:
    from assistant.assistant import Assistant


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


def questions(policy: Policy) -> list[str]:
    """What policy itself asks the material: for a status that is taken for granted, and in place of what it refuses."""
    asked = [*(status.question for status in policy.status), *(refusal.look_up for refusal in policy.refusal)]
    return list(dict.fromkeys(asked))


def lost_answers(policy: Policy, changes: Changes, before: "Assistant") -> Iterator[Lost]:
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
