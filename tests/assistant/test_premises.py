"""What a question takes for granted is corrected where the material says otherwise, and only there."""

import pytest

from assembly import Assembly
from assistant.premises import corrected_premise
from assistant.types import Statement
from assistant.verify import Verifier
from tests.assistant.conftest import ranked, read


def corrected(premise: str, text: str, assembly: Assembly) -> Statement | None:
    index, question = assembly.index(), read(text, assembly)
    return corrected_premise(premise, question, ranked(question, index), index, Verifier(index.glossary))


@pytest.mark.parametrize(
    ("premise", "text", "words"),
    [
        ("exosomes are living cells", "Given that exosomes are living cells, how are they stored?", "non-viable"),
        ("", "Why are exosomes more immunogenic than whole cells?", "less immunogenic"),
        ("", "Why do exosomes measure 500 nm?", "30–150 nm"),
        ("", "What follows from the diameter of exosomes of 500 nm?", "30–150 nm"),
    ],
)
def test_what_the_material_denies_is_corrected_by_its_sentence(
    premise: str, text: str, words: str, assembly: Assembly
) -> None:
    statement = corrected(premise, text, assembly)
    assert statement is not None
    assert words in statement.quote


@pytest.mark.parametrize(
    ("premise", "text"),
    [
        ("", "What are exosomes?"),
        ("", "Are exosomes 500 nm in diameter?"),
        pytest.param(
            "exosomes are non-viable", "Given that exosomes are non-viable, how are they stored?",
        ),
        ("the moon is made of cheese", "Since the moon is made of cheese, what are exosomes?"),
        ("", "Why are exosomes easier to store?"),
    ],
)  # fmt: skip
def test_what_it_does_not_deny_stays(premise: str, text: str, assembly: Assembly) -> None:
    assert corrected(premise, text, assembly) is None
