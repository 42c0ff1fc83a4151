"""What policy says is held against the sentence on which it rests."""

from typing import TypeVar

import pytest
from pydantic import BaseModel

from assistant.verify import Verifier
from corpus.glossary import Glossary
from corpus.policy import Policy
from evals.gate_policy import unsaid
from evals.material import Material
from settings import PROJECT
from tests.evals.conftest import ContentOf

T = TypeVar("T", bound=BaseModel)
SOURCE = (PROJECT / "corpus" / "material" / "exosomes-vs-cells.md").read_text(encoding="utf-8")


@pytest.fixture
def material(content_of: ContentOf) -> Material:
    return Material(content_of(vs=SOURCE))


def test_the_shipped_policy_says_what_its_sources_say(material: Material, policy: Policy, glossary: Glossary) -> None:
    assert [*unsaid(policy, material, Verifier(glossary))] == []


def _turned(part: T, key: str) -> T:
    return part.model_copy(update={key: getattr(part, key).replace(" no ", " an ")})


def test_a_status_or_a_caveat_that_is_turned_is_named(material: Material, policy: Policy, glossary: Glossary) -> None:
    status, caveat = policy.status[0], policy.caveat[0]
    turned = policy.model_copy(
        update={
            "status": (_turned(status, "statement"), *policy.status[1:]),
            "caveat": (_turned(caveat, "text"),),
        }
    )  # fmt: skip
    assert [one.where for one in unsaid(turned, material, Verifier(glossary))] == [
        f"status {status.id}", f"caveat {caveat.id}",
    ]  # fmt: skip


def test_a_status_without_its_source_is_passed_over(content_of: ContentOf, policy: Policy, glossary: Glossary) -> None:
    assert [*unsaid(policy, Material(content_of(hair="# Hair\n\nHair grows.\n")), Verifier(glossary))] == []
