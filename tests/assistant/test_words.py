"""The thesaurus and the fitted kinds of words that the room ships."""

import pytest

from assembly import Assembly
from assistant.entities import kinds_of
from assistant.thesaurus import thesaurus
from index.words import stem


@pytest.mark.parametrize(("one", "other"), [("increase", "reduce"), ("living", "dead"), ("larger", "smaller")])
def test_words_of_the_two_sides_of_a_pair_exclude_each_other(one: str, other: str) -> None:
    words = thesaurus()
    assert stem(other) in words.opposite(stem(one))
    assert stem(one) in words.opposite(stem(other))
    assert stem(other) not in words.alike(stem(one))


def test_words_of_a_group_stand_for_each_other_both_ways() -> None:
    words = thesaurus()
    assert stem("rubbish") in words.alike(stem("waste"))
    assert all(stemmed in words.alike(other) for stemmed, others in words.related.items() for other in others)


def test_a_class_leads_to_its_members_and_no_member_to_its_class() -> None:
    words = thesaurus()
    assert stem("laser") in words.kin(stem("device"))
    assert stem("device") not in words.kin(stem("laser"))
    assert words.members_of(stem("laser")) == frozenset()
    assert stem("laser") not in words.alike(stem("device"))


def test_an_unknown_word_stands_alone() -> None:
    assert thesaurus().alike("zzz") == thesaurus().opposite("zzz") == frozenset()


def test_clinical_names_are_told_from_everyday_words(assembly: Assembly) -> None:
    words = ["rosacea", "isotretinoin", "pregnancy", "yesterday", "sandwich", "nicely"]
    kinds = kinds_of(assembly.index().embed(words))
    shares = [share for _, share in kinds]
    assert all(0.0 <= share <= 1.0 for share in shares)
    assert max(shares[:3]) < min(shares[3:])
    assert kinds[0][0] == "condition"
