"""Typing errors are mended towards the material; names and everyday words stay."""

import pytest

from assistant.spelling import MOST_MENDED, Speller, errors_allowed

VOCABULARY = (
    "exosomes exosome improvements diameter microneedling fibroblasts collagen wrinkles mesenchymal hydration approved"
)


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller(frozenset(VOCABULARY.split()))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("What are exosmes?", "What are exosomes?"),
        ("the diametr", "the diameter"),
        ("imporvements apear", "improvements appear"),
        ("microneedeling", "microneedling"),
        ("colagen and fibroblats", "collagen and fibroblasts"),
        ("wrinkels", "wrinkles"),
        ("mesenchimal", "mesenchymal"),
        ("hydartion", "hydration"),
        ("aproved", "approved"),
        ("teh diam of exosomes w/ RF", "the diameter of exosomes with RF"),
        ("splitface preclin srcs", "splitface preclinical sources"),
        ("fibrobl", "fibroblasts"),
        ("whn do they hav it", "when do they have it"),
        ("wher", "where"),
        ("and what esle", "and what else"),
        ("hw big r exosomes", "how big are exosomes"),
        ("lower risk then cells", "lower risk than cells"),
        ("les collagen", "less collagen"),
    ],
)
def test_a_slip_is_mended_towards_the_materials_words(typed: str, meant: str, speller: Speller) -> None:
    assert speller.mend(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "",
        "What are exosomes?",
        "What's the patient's name?",
        "isotretinoin, rosacea, melasma, pregnancy",
        "MSCs, COL1A1, CO2, EMA, iPSC",
        "split-face",
        "qwertyuiop",
        "atopic, dmae, bbl, ipl, vitamin R",
        "first clean, then apply; longer and then we stop",
        "30–150 nm",
        "☃ 微针",
    ],
)
def test_known_words_names_and_gibberish_stay(text: str, speller: Speller) -> None:
    assert speller.mend(text) == text


def test_words_with_other_letters_are_read_whole(speller: Speller) -> None:
    assert speller.mend("Übergröße") == "Übergröße"


def test_longer_words_may_have_more_slips() -> None:
    allowed = [errors_allowed("x" * length) for length in range(4, 20)]
    assert allowed == sorted(allowed)
    assert allowed[0] == 1


@pytest.mark.parametrize(("word", "english"), [("skin", True), ("Skin", True), ("qwertyuiop", False)])
def test_everyday_words_are_known_in_any_case(word: str, english: bool, speller: Speller) -> None:
    assert speller.is_english(word) is english


def test_the_plural_of_a_known_word_stays() -> None:
    assert Speller(frozenset({"exosome"})).mend("Do exosomes help?") == "Do exosomes help?"


def test_of_very_many_unknown_words_the_first_are_mended(speller: Speller) -> None:
    strange = " ".join(f"q{chr(97 + n // 26)}{chr(97 + n % 26)}xzvk" for n in range(MOST_MENDED))
    assert speller.mend(f"exosmes {strange}").startswith("exosomes ")
    assert speller.mend(f"{strange} exosmes").endswith(" exosmes")
