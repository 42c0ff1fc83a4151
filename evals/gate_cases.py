"""Which cases the gate asks, and what an answer that is no longer right says: a loss, or a label that went stale."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from evals.changes import Altered, Changes
from evals.material import Material
from evals.runs import Outcome
from evals.score import found, normalised
from evals.types import Case


@dataclass(frozen=True, slots=True)
class Chosen:
    """The cases to ask, and why the others are not."""

    cases: tuple[Case, ...]
    elsewhere: int  # cases whose sections neither version holds: they are about other material
    spared: int  # cases of sections that did not change, beyond every nth


def choose(
    cases: Sequence[Case],
    changes: Changes,
    before: Material,
    after: Material,
    every: int,
    known: Mapping[str, Outcome],
) -> Chosen:
    """All cases of changed sections, by their labels or by what their known answers quote, and every nth of the others.

    Where no labelled case is about the version after, none is asked: cases without labels say little of material that
    nobody wrote cases for. Of other material, where everything changed, every nth is asked.
    """
    if not any(after.documents_of(case.sections) for case in cases):
        return Chosen((), len(cases), 0)
    chosen, elsewhere, spared = [], 0, 0
    edited = set[str]() if changes.is_other_material else _edited(changes, before, after)
    removed = set[str]() if changes.is_other_material else {said.text for said in changes.removed}
    for number, case in enumerate(cases):
        if case.sections and not before.documents_of(case.sections) | after.documents_of(case.sections):
            elsewhere += 1
        elif (
            number % every == 0
            or not edited.isdisjoint(normalised(name) for name in case.sections)
            or (case.id in known and not removed.isdisjoint(quotes(known[case.id])))
        ):
            chosen.append(case)
        else:
            spared += 1
    return Chosen(tuple(chosen), elsewhere, spared)


def _edited(changes: Changes, before: Material, after: Material) -> set[str]:
    """What cases can call the sections that changed."""
    return {name for place in changes.places for side in (before, after) for name in side.names(*place)}


@dataclass(frozen=True, slots=True)
class Stale:
    """A case that was answered right and is not any more, because the words that its labels name are gone."""

    before: Outcome
    after: Outcome
    missing: tuple[str, ...]  # the labels, in words
    altered: Altered | None  # the sentence that said it and says something else now


def stale_labels(
    cases: Mapping[str, Case],
    before: Sequence[Outcome],
    after: Sequence[Outcome],
    was: Material,
    now: Material,
    changes: Changes,
) -> list[Stale]:
    """The cases whose labels the version before fulfilled and the one after cannot: what said so is gone.

    The section is gone, or its words are, or the sentences that the answer quoted for them were withdrawn.
    """
    stale, withdrawn = [], set[str]() if changes.is_other_material else changes.gone.keys()
    for old, new in zip(before, after, strict=True):
        case = cases[new.case]
        if not old.is_right or new.is_right:
            continue
        gone = _gone(case, was, now)
        quoted = _was_quoted(case, old, new)
        if gone or _has_no_section(case, now) or (quoted and quoted <= withdrawn):
            said = tuple(" / ".join(group) for group in gone) or case.sections
            stale.append(Stale(old, new, said, _cause(gone, old, changes.altered)))
    return stale


def _gone(case: Case, was: Material, now: Material) -> list[tuple[str, ...]]:
    """The facts that the case demands and that its sections no longer say."""
    return [g for g in case.must if was.says(g, case.sections) and not now.says(g, case.sections)]


def _has_no_section(case: Case, now: Material) -> bool:
    return bool(case.sections) and not now.documents_of(case.sections)


def _was_quoted(case: Case, before: Outcome, after: Outcome) -> set[str]:
    """What the right answer quoted for the facts that the wrong one lacks; all that it quoted where it lacks none."""
    said, text = quotes(before), normalised(str(after.answer.get("text", "")))
    lacking = [group for group in case.must if not any(found(sought, text) for sought in group)]
    telling = {q for q in said for group in lacking if any(found(sought, normalised(q)) for sought in group)}
    return telling or said


def _cause(gone: Iterable[tuple[str, ...]], before: Outcome, altered: Iterable[Altered]) -> Altered | None:
    """The altered sentence that said what is gone; of several the one that the answer before quoted."""
    causes = [one for one in altered if any(_lost(sought, one) for group in gone for sought in group)]
    quoted = [one for one in causes if one.before.text in quotes(before)]
    return next(iter(quoted or causes), None)


def _lost(sought: str, altered: Altered) -> bool:
    return found(sought, normalised(altered.before.text)) and not found(sought, normalised(altered.after.text))


def quotes(outcome: Outcome) -> set[str]:
    """What an answer's claims quote, each on one line."""
    numbers = {number for claim in outcome.answer.get("claims", ()) for number in claim["citations"]}
    return {" ".join(c["quote"].split()) for c in outcome.answer.get("citations", ()) if c["number"] in numbers}


def vouched(altered: Altered, before: Sequence[Outcome], after: Sequence[Outcome]) -> bool:
    """Whether a case says that the new words are right: it asks for them, quotes them, and was not right before."""
    return any(
        new.is_right and not old.is_right and altered.after.text in quotes(new)
        for old, new in zip(before, after, strict=True)
    )
