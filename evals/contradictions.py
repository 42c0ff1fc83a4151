"""Finds sentences that say otherwise than the rest of the material: by its polarity and by its figures.

A new sentence is put to the material as a question, "Is it true that …?", as a reader might put it. The sentence that
settles it with a "no", or that gives other figures of the same measure, contradicts it where it speaks of the same.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from assistant.finding import search_for
from assistant.polarity import settled
from assistant.quantities import quantities
from assistant.question import is_generic, read_question
from assistant.ranking import above, word_weights
from assistant.types import Ranked
from assistant.verify import Verifier
from evals.changes import Said
from index.search import Index

SAME_SUBJECT = 0.6  # share of the new sentence's words, by rarity, that the other one speaks of
SAME_FIGURE = 0.7  # the same where figures alone differ: "within" and "over" leave room for both
SHORTEST = 3  # words of a sentence that says something


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two sentences of one version of which not both can hold."""

    new: Said
    standing: Said
    why: str


def contradictions(
    new: Sequence[Said],
    added: Collection[str],
    index: Index,
    verifier: Verifier,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> list[Contradiction]:
    """What in the index says otherwise than each of these sentences; `added` are the words of all that is new in it."""
    found = []
    for done, said in enumerate(new, start=1):
        if len(said.text.split()) >= SHORTEST and (other := _against(said, added, index, verifier)):
            found.append(other)
        progress(done, len(new))
    return found


def _against(said: Said, added: Collection[str], index: Index, verifier: Verifier) -> Contradiction | None:
    question = read_question(f"Is it true that {said.text.rstrip('.;: ')}?", index.glossary, index.vocabulary)
    ranked = [r for r in search_for(question, index).ranked if _words(r) not in added and _words(r) != said.text]
    if not ranked:
        return None
    weights = word_weights(question, ranked, index)
    settling = settled(question, ranked, weights, verifier)
    best = next((r for r in ranked if settling and _place(r) == (settling.passage.id, settling.start)), ranked[0])
    standing = _words(best)
    compared = verifier.compare(said.text, standing, above(best.match), is_generic)
    total = sum(weights.get(word.stem, 1.0) for word in compared.words)
    held = sum(weights.get(word.stem, 1.0) for word in compared.words if word.how) / total if total else 0.0
    figures = figures_differ(said.text, standing)
    denied = bool(settling) and settling is not None and settling.lead_in == "no"
    if not (denied and held >= SAME_SUBJECT or figures and held >= SAME_FIGURE):
        return None
    why = (
        f"{figures[0]} here, {figures[1]} there"
        if figures
        else "; ".join(compared.reasons) or "the words say otherwise"
    )
    passage = best.match.passage
    return Contradiction(said, Said(passage.document_id, passage.title, passage.section, standing), why)


def figures_differ(one: str, other: str) -> tuple[str, str] | None:
    """The figures of both that are of one measure and of which none is the same; None where there are no such."""
    some, others = quantities(one), quantities(other)
    for measure in dict.fromkeys(q.measure for q in some if q.measure):
        here, there = ([q for q in of if q.measure == measure] for of in (some, others))
        if there and not {(q.low, q.high) for q in here} & {(q.low, q.high) for q in there}:
            return " and ".join(q.words for q in here), " and ".join(q.words for q in there)
    return None


def _place(ranked: Ranked) -> tuple[str, int]:
    return ranked.match.passage.id, ranked.match.passage.sentences[ranked.match.position].start


def _words(ranked: Ranked) -> str:
    passage, sentence = ranked.match.passage, ranked.match.passage.sentences[ranked.match.position]
    return " ".join(passage.text[sentence.start - passage.start : sentence.end - passage.start].split())
