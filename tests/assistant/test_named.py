"""What is said of one named thing does not answer for another."""

from collections.abc import Iterator

import pytest

from assembly import Assembly
from assistant.finding import search_for
from assistant.spelling import Speller
from index.embedding import MiniLM
from tests.assistant.conftest import read
from tests.conftest import built, make_settings

PAGES = {
    "alvera": "# Alvera serum\n\nThe Alvera serum contains exosomes of adipose-derived cells. The bottle is dark.\n",
    "borrin": "# Borrin serum\n\nThe Borrin serum keeps for 30 days at 4 °C after opening.\n",
    "fridge": "# Fridges\n\nThe door of a fridge is kept shut. Samples keep for 7 days in the cupboard QK-2.\n",
    "devices": "# Corvane pen\n\nThe pen is kept dry.\n\n# Dexlar pen\n\nThe tip of the pen is kept for 5 days.\n",
    "plasma": "# Plasma\n\nPlatelet-rich plasma (PRP) keeps for 2 days. The Borrin serum is added to PRP.\n",
    "washing": "# Washing\n\nPlatelet-rich plasma of the Borrin kit keeps for 3 days after washing.\n",
}


@pytest.fixture(scope="module")
def products(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM) -> Iterator[Assembly]:
    folder = tmp_path_factory.mktemp("products")
    for name, text in PAGES.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    assembly = built(make_settings(folder / "data", folder), embedder)
    yield assembly
    assembly.index().close()


@pytest.fixture(scope="module")
def speller(products: Assembly) -> Speller:
    return Speller(products.index().content.words())


@pytest.mark.parametrize(
    ("text", "named", "others"),
    [
        ("How long does the Alvera serum keep after opening?", {"alvera"}, {"borrin", "fridge", "plasma", "washing"}),
        ("How long does the Borrin serum keep after opening?", {"borrin", "plasma"}, {"alvera", "fridge"}),
        ("How long do samples keep in the cupboard QK-2?", {"fridge"}, {"alvera", "borrin", "washing"}),
        ("Do the Alvera serum and the Borrin serum keep?", {"alvera", "borrin"}, {"fridge"}),
    ],
)
def test_what_names_another_thing_is_left_out(
    text: str, named: set[str], others: set[str], products: Assembly, speller: Speller
) -> None:
    found = documents(text, products, speller)
    assert named <= found
    assert others.isdisjoint(found)


@pytest.mark.parametrize(
    "text",
    [
        "How long does a serum keep after opening?",  # names nothing
        "How long does the Quovex serum keep?",  # a name that the material does not know is judged elsewhere
        "How long does PRP keep?",  # the short form of what the passages spell out
        "HOW LONG DOES THE ALVERA SERUM KEEP?",  # which of its words are names cannot be seen
    ],
)
def test_nothing_is_left_out_where_no_known_thing_is_named(text: str, products: Assembly, speller: Speller) -> None:
    assert documents(text, products, speller) == set(PAGES)


def test_a_section_about_another_thing_than_the_title_of_its_document_is_left_out(
    products: Assembly, speller: Speller
) -> None:
    found = search_for(read("How long is the tip of the Corvane pen kept?", products), products.index(), speller)
    said = {one.match.passage.section for one in found.ranked if one.match.passage.document_id == "devices"}
    assert said == {("Corvane pen",)}


def test_a_product_is_not_given_the_shelf_life_of_another(products: Assembly) -> None:
    answer = products.assistant.ask(["How long does the Alvera serum keep after opening?"])
    assert "30 days" not in answer.text
    answer = products.assistant.ask(["How long does the Borrin serum keep after opening?"])
    assert "30 days" in answer.text


def documents(text: str, assembly: Assembly, speller: Speller) -> set[str]:
    """The documents of the sentences that are left for a question."""
    found = search_for(read(text, assembly), assembly.index(), speller)
    return {one.match.passage.document_id for one in found.ranked}
