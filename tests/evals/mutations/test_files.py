"""Edits of the policy's and the glossary's file leave them valid, and change what they say."""

from pathlib import Path

import pytest

from corpus.glossary import Glossary, load_glossary
from corpus.policy import Policy, load_policy
from evals.mutations.files import FAULTS, HARMLESS
from evals.mutations.types import NothingToPlant
from settings import PROJECT

EDITS = {change.kind: change for change in (*FAULTS, *HARMLESS)}


def policy_after(kind: str, folder: Path) -> Policy:
    path = folder / "policy.toml"
    path.write_text(
        EDITS[kind].edit((PROJECT / "corpus" / "policy.toml").read_text(encoding="utf-8")), encoding="utf-8"
    )
    return load_policy(path)


def test_each_fault_changes_what_the_policy_says(tmp_path: Path, policy: Policy) -> None:
    assert policy_after("caveat-rules-removed", tmp_path).caveat[0].question_topics == ()
    turned = policy_after("status-turned", tmp_path)
    assert " an exosome-based" in turned.status[0].statement
    assert turned.caveat == policy.caveat
    assert ", an exosome-based" in policy_after("caveat-turned", tmp_path).caveat[0].text
    put_off = policy_after("review-put-off", tmp_path)
    assert {status.review_by.year for status in put_off.status} == {2099}


def test_the_glossary_gets_a_synonym(tmp_path: Path, glossary: Glossary) -> None:
    path = tmp_path / "glossary.toml"
    shipped = (PROJECT / "corpus" / "glossary.toml").read_text(encoding="utf-8")
    path.write_text(EDITS["synonym-added"].edit(shipped), encoding="utf-8")
    assert load_glossary(path).find("a stem cell of fat") != glossary.find("a stem cell of fat")


def test_a_file_without_the_place_says_so() -> None:
    with pytest.raises(NothingToPlant, match="leave this kind out with --kinds"):
        EDITS["status-turned"].edit('version = "1"\n')
