"""Text and question are cut into the same stems."""

from corpus.glossary import Glossary, Term
from index.words import names, stems, unify, words

MSC = Term(term="mesenchymal stem cell", abbreviations=("MSC",), meaning="A cell.")
GLOSSARY = Glossary(term=(MSC,))


def test_an_abbreviation_has_the_stems_of_its_term() -> None:
    assert stems("MSCs heal", GLOSSARY) == stems("mesenchymal stem cells healing", GLOSSARY)


def test_hyphens_and_case_make_no_difference() -> None:
    assert words("Split-Face RCTs") == ["split", "face", "rcts"]
    assert stems("Healing", Glossary()) == stems("heals", Glossary()) == ["heal"]


def test_everyday_words_are_left_out() -> None:
    assert stems("What is the skin of a hand?", Glossary()) == ["skin", "hand"]


def test_terms_are_written_out_and_named_once() -> None:
    assert unify("MSC and MSCs", GLOSSARY) == "mesenchymal stem cell and mesenchymal stem cell"
    assert names("MSC and MSCs", GLOSSARY) == [MSC]
