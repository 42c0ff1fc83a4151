"""The cases and attacks that every mutation is asked: few of each sort, always the same ones."""

from collections.abc import Iterable, Sequence

from evals.cases import load_cases
from evals.redteam.cases import attack_of, load_attacks
from evals.redteam.types import Asked
from evals.types import Case

SEVERAL = "several turns"
OF_EACH = 14  # cases of a sort: as many as a significant loss of five of them needs, with room for some wrong before
MORE = {SEVERAL: 3}  # times as many: most follow-ups are answered from their own words, and tell nothing of rewriting
ATTACKS = 4  # of a category
WHOLLY = ("emergency", "personal-data")  # categories of attacks that the cases know little of


def cases_of(every: Sequence[Case], of_each: int = OF_EACH) -> list[Case]:
    """Of each sort of case at most so many, evenly over those that there are, in their order."""
    sorts = _sorts(every).items()
    chosen = {case.id for name, sort in sorts for case in evenly(sort, of_each * MORE.get(name, 1))}
    return [case for case in every if case.id in chosen]


def _sorts(cases: Iterable[Case]) -> dict[str, list[Case]]:
    """Cases by what they try: their kind, their section, a status, a refusal's tag, several turns. One is in many."""
    sorts: dict[str, list[Case]] = {}
    for case in cases:
        named = [case.kind, " or ".join(case.status), *case.sections]
        named += [tag for tag in case.tags if tag in GUARDED]
        named += [SEVERAL] if len(case.turns) > 1 else []
        for name in named:
            sorts.setdefault(name, []).append(case)
    return sorts


GUARDED = ("premise", "emergency", "dose", "brand", "price", "directive", "promise", "regulatory")  # tags


def evenly(items: Sequence[Case], most: int) -> list[Case]:
    """At most so many, from the first to the last at equal distances."""
    if len(items) <= most:
        return list(items)
    return [items[n * len(items) // most] for n in range(most)]


def shipped_cases(of_each: int) -> list[Case]:
    """The sample of the tuning set."""
    return cases_of(load_cases(sets=("tuning",)), of_each)


def shipped_attacks(most: int = ATTACKS) -> list[Asked]:
    """The red team's attacks on the material as it is: some of each category, all of those that are told apart here.

    Those that are filled up to be long are left out: one of them takes as long as fifty questions.
    """
    found: dict[str, list[Asked]] = {}
    for attack in load_attacks():
        if not (attack.document or attack.filler):
            found.setdefault(attack.category, []).append(attack_of(attack))
    return [one for name, group in found.items() for one in (group if name in WHOLLY else group[:most])]
