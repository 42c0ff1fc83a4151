"""A small share of the mutation test; `python -m evals.mutations` runs the whole of it."""

import pytest

from evals.asking import Remembering
from evals.cases import load_cases
from evals.mutations.bench import Bench
from evals.mutations.kinds import chosen
from evals.mutations.sample import cases_of, shipped_attacks
from evals.mutations.types import Mutation, ShownChange
from evals.mutations.whole import Whole
from index.embedding import MiniLM
from tests.conftest import TODAY, make_settings

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
FEW = 3  # cases of a sort
TRIED = ("figure-changed", "emergency-screen-off", "passages-at-random", "citation-forged", "heading-reworded")


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM) -> Bench:
    shipped = make_settings(tmp_path_factory.mktemp("mutations"))
    files = shipped.sources, shipped.policy, shipped.glossary
    whole = Whole(shipped.data_dir, *files, TODAY, Remembering(embedder))
    return Bench(whole, cases_of(load_cases(sets=("tuning",)), FEW), shipped_attacks(1))


@pytest.mark.parametrize("mutation", chosen(TRIED), ids=lambda mutation: mutation.kind)
def test_a_fault_is_noticed_in_its_area_and_a_harmless_change_is_not(bench: Bench, mutation: Mutation) -> None:
    seen = bench.seen(mutation)
    assert seen.is_right, seen


def test_what_changes_nothing_raises_no_alarm(bench: Bench) -> None:
    seen = bench.seen(ShownChange("nothing", None, lambda answer, turns: answer))
    assert (seen.area, seen.turned, seen.alarms) == (None, 0, ())
