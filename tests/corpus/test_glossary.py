"""One notion has many spellings, and no spelling two notions."""

from pathlib import Path

import pytest

from corpus.glossary import Glossary, Term, load_glossary
from corpus.types import MaterialError
from settings import PROJECT

MSC = Term(term="mesenchymal stem cell", abbreviations=("MSC",), synonyms=("stromal cell",), meaning="A cell.")
STEM = Term(term="stem cell", meaning="A cell that renews itself.")
SMALL = Glossary(term=(MSC, STEM))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("MSCs and MSC", [("MSCs", MSC), ("MSC", MSC)]),
        ("mesenchymal-stem cells", [("mesenchymal-stem cells", MSC)]),
        ("Stromal  cells differ from stem\ncells.", [("Stromal  cells", MSC), ("stem\ncells", STEM)]),
        ("MSC-derived", [("MSC", MSC)]),
        ("MSCX and xMSC", []),
        ("", []),
    ],
)
def test_every_spelling_is_found_and_the_longest_wins(text: str, found: list[tuple[str, Term]]) -> None:
    assert [(text[start:end], term) for start, end, term in SMALL.find(text)] == found


def test_a_spelling_of_two_terms_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "glossary.toml"
    path.write_text('[[term]]\nterm = "a"\nsynonyms = ["x-y"]\nmeaning = "."\n[[term]]\nterm = "X Y"\nmeaning = "."\n')
    with pytest.raises(MaterialError) as caught:
        load_glossary(path)
    assert str(caught.value) == f"{path}: 'X Y' stands under 'a' and 'X Y'; keep one of them"


def test_an_unknown_key_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "glossary.toml"
    path.write_text('[[term]]\nterm = "a"\nmeaning = "."\n\n[[term]]\nterm = "b"\nmeaning = "."\nsynonym = ["c"]\n')
    with pytest.raises(MaterialError) as caught:
        load_glossary(path)
    assert str(caught.value) == f"{path}:8: unknown key 'term.1.synonym'; remove it or correct its spelling"


def test_every_shipped_spelling_is_found_as_its_own_term(glossary: Glossary) -> None:
    lost = [form for term in glossary.term for form in term.forms if [t for *_, t in glossary.find(form)] != [term]]
    assert lost == []


def test_an_empty_glossary_finds_nothing() -> None:
    assert Glossary().find("stem cells") == []


def test_the_quick_search_finds_what_the_pattern_finds(glossary: Glossary) -> None:
    forms = list(glossary.by_form)
    texts = [p.read_text(encoding="utf-8") for p in (PROJECT / "corpus" / "material").glob("*.md")]
    texts += [" ".join(forms), "s, ".join(forms), "-".join(forms), " ".join(forms).upper(), "", "x", "stem\n  cells"]
    for text in texts:
        found = [(start, end) for start, end, _ in glossary.find(text)]
        assert found == [match.span() for match in glossary.pattern.finditer(text) if glossary.find(match[0])]
