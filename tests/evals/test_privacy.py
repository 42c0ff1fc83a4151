"""The measuring of personal data: what counts as found, and that what is measured holds."""

import tomllib

import pytest

from assistant.privacy import redact
from corpus.matching import normalise
from evals.privacy import SENTENCES, SETS, is_gone, known_words
from evals.privacy_identifiers import LOCALES, Planted, plant

DATA = tomllib.loads(SENTENCES.read_text(encoding="utf-8"))
SEED = 4  # another one than that of the reported figures


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("pt [name] asks", True),
        ("pt [name] Miller asks", False),
        ("pt [name] asks if MILLER may", False),
        ("pt Jane Miller asks", False),
    ],
)
def test_an_identifier_is_found_where_no_part_of_it_is_left(text: str, gone: bool) -> None:
    planted = Planted("name", "en_US", "Jane Miller", "pt Jane Miller asks", "pt {name} asks")
    assert is_gone(planted, text) is gone


def test_the_same_seed_plants_the_same() -> None:
    pytest.importorskip("faker", reason="needs the extra dev")
    templates = DATA["first"][:5]
    assert plant(templates, 1) == plant(templates, 1) != plant(templates, 2)
    assert {planted.locale for planted in plant(templates, 1)} == set(LOCALES)


@pytest.mark.parametrize("sentences", SETS)
def test_hardly_an_identifier_is_missed(sentences: str) -> None:
    pytest.importorskip("faker", reason="needs the extra dev")
    known = known_words()
    planted = plant(DATA[sentences], SEED, rounds=2)
    missed = [p for p in planted if not is_gone(p, redact(normalise(p.message), known).text)]
    assert len(planted) > 300
    most = 0.03 if sentences == "fourth" else 0.02  # shorthand with next to no context
    assert len(missed) <= most * len(planted), [(p.value, p.message) for p in missed]


@pytest.mark.parametrize("kind", ["drug", "gene", "date", "figure", "term"])
def test_of_a_hundred_names_and_figures_of_the_field_one_is_taken_at_most(kind: str) -> None:
    known, listed = known_words(), DATA["benign"][kind]
    texts = [
        normalise(sentence.replace("{item}", item))
        for item in (listed.split() if isinstance(listed, str) else listed)
        for sentence in DATA["benign"]["sentences"]
    ]
    taken = [text for text in texts if redact(text, known).text != text]
    assert len(taken) <= 0.01 * len(texts), taken
