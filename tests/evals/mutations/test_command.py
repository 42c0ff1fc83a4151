"""The command says what kinds there are, and ends with 1 where a fault goes unnoticed."""

import pytest
from click.testing import CliRunner

from evals.mutations.command import main
from evals.mutations.kinds import ALL, FAULTS, HARMLESS, chosen


def test_there_are_faults_of_every_sort_and_no_kind_twice() -> None:
    assert len({mutation.kind for mutation in ALL}) == len(ALL)
    assert len(FAULTS) >= 20
    assert len(HARMLESS) >= 5
    assert {mutation.area for mutation in HARMLESS} == {None}
    assert [mutation.kind for mutation in chosen(["speller-off", "hedge-lost"])] == ["speller-off", "hedge-lost"]
    assert chosen([]) == list(ALL)


def test_an_unknown_kind_is_wrong_use() -> None:
    ran = CliRunner().invoke(main, ["--kinds", "all-is-lost"])
    assert ran.exit_code == 2
    assert ran.stderr.startswith("mutations: unknown kind 'all-is-lost'; use some of figure-changed, ")
    with pytest.raises(ValueError, match="unknown kind 'x', 'y'"):
        chosen(["x", "y"])
