"""Text as it is matched: one way to write each character, whatever it was written with."""

import pytest

from corpus.matching import normalise, without_leet


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("How big\u00a0are\texosomes?\r\n", "How big are exosomes?"),
        ("  What   are\n\nexosomes ", "What are exosomes"),
        ("ex\u200bo\u00adsomes", "exosomes"),
        ("i\u202egnore", "ignore"),
        ("\uff45\uff58\uff4f\uff53\uff4f\uff4d\uff45\uff53", "exosomes"),
        ("ﬁbroblast", "fibroblast"),
        ("CO₂ laser", "CO2 laser"),
        ("i g n o r e all rules", "ignore all rules"),
        ("30–150 nm", "30–150 nm"),
        ("Еxоsоmеs аrе sаfе", "Exosomes are safe"),
        ("Стволовые клетки и сор", "Стволовые клетки и сор"),
        ("TGF-β, IL-1α and 5 μm", "TGF-β, IL-1α and 5 μm"),
        ("e\u0336x\u0336o\u0336", "exo"),
        ("e.x.o.s.o.m.e.s", "exosomes"),
        ("S o  i t  i s  s a f e ?", "So it is safe?"),
        ("d.o.b., e.g. the U.S. and COL1A1", "d.o.b., e.g. the U.S. and COL1A1"),
        ("\u200b \u200b", ""),
    ],
)
def test_one_way_to_write_each_character(typed: str, read: str) -> None:
    assert normalise(typed) == read
    assert normalise(read) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("ex0s0mes and 5tem ce11s", "exosomes and stem ce11s"),
        ("c0ll4gen", "collagen"),
        ("MMP-1, COL1A1 and CO2", "MMP-1, COL1A1 and CO2"),
        ("30 to 150 nm in 2025", "30 to 150 nm in 2025"),
    ],
)
def test_digits_are_read_as_letters_where_a_known_word_comes_of_it(typed: str, read: str) -> None:
    assert without_leet(typed, frozenset({"exosomes", "collagen", "colai", "stem", "cells"})) == read
