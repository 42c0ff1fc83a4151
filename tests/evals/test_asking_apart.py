"""Cases that are asked in other processes are answered as in this one."""

from dataclasses import replace

import pytest

from assembly import Assembly
from evals.asking_apart import FEW, Opening, asked_apart, asking
from evals.cases import load_cases
from evals.runs import Outcome

pytestmark = pytest.mark.slow


def untimed(outcomes: list[Outcome]) -> list[Outcome]:
    return [replace(one, answer=one.answer | {"timings_ms": {}}) for one in outcomes]


def test_two_processes_answer_as_one_and_in_order(assembly: Assembly) -> None:
    cases = load_cases(sets=("tuning",))[:90:10]
    opening = assembly.opening(str(assembly.versions.live()))
    with assembly.asker(opening.version) as asker:
        here = asker.ask(cases)
        few = asking(opening, asker)(cases, lambda done, total: None)
    told: list[int] = []
    apart = asked_apart(opening, cases, 2, lambda done, total: told.append(done))
    assert untimed(apart) == untimed(here) == untimed(few)
    assert (told[-1], len(cases) <= FEW) == (len(cases), True)


def test_an_opening_opens_what_it_names(assembly: Assembly) -> None:
    opening = assembly.opening(str(assembly.versions.live()))
    with assembly.asker(opening.version) as asker:
        assert isinstance(opening, Opening)
        assert opening.open().subject == asker.subject
