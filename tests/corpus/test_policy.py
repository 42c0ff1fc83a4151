"""A policy is loaded whole or refused with its line and a remedy."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from corpus.policy import MAX_CAVEAT_WORDS, Policy, load_policy
from corpus.readers import read_sources
from corpus.types import MaterialError
from settings import PROJECT

SHIPPED = PROJECT / "corpus" / "policy.toml"


def line_of(text: str, words: str) -> int:
    return text[: text.index(words)].count("\n") + 1


@pytest.fixture
def refused(tmp_path: Path) -> Callable[[str, str], tuple[str, str]]:
    """Loads the shipped policy with one text replaced; gives the message without the folder, and the new text."""

    def load(old: str, new: str) -> tuple[str, str]:
        before = SHIPPED.read_text(encoding="utf-8")
        assert old in before
        text = before.replace(old, new, 1)
        path = tmp_path / "policy.toml"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(MaterialError) as caught:
            load_policy(path)
        return str(caught.value).removeprefix(f"{tmp_path}/"), text

    return load


def test_an_unknown_key_is_named_with_its_line(refused: Callable[[str, str], tuple[str, str]]) -> None:
    message, text = refused("[[caveat]]\n", '[[caveat]]\ncolour = "red"\n')
    line = line_of(text, "colour")
    assert message == f"policy.toml:{line}: unknown key 'caveat.0.colour'; remove it or correct its spelling"


def test_a_missing_key_is_named_with_the_line_of_its_table(refused: Callable[[str, str], tuple[str, str]]) -> None:
    message, text = refused('jurisdiction = "United States"\n', "")
    assert message == f"policy.toml:{line_of(text, '[[status]]')}: key 'status.0.jurisdiction' is missing; add it"


def test_a_date_that_is_none_is_named_with_its_line(refused: Callable[[str, str], tuple[str, str]]) -> None:
    message, text = refused("review_by = 2025-12-31", 'review_by = "soon"')
    assert message.startswith(f"policy.toml:{line_of(text, 'review_by')}: 'status.0.review_by': ")
    assert message.endswith("; correct the value")


def test_a_pattern_that_does_not_compile_is_named(refused: Callable[[str, str], tuple[str, str]]) -> None:
    message, text = refused("about = '", "about = '(")
    assert message.startswith(f"policy.toml:{line_of(text, 'about = ')}: 'status.0.about': ")
    assert "is no regular expression" in message


def test_a_file_that_is_no_toml_is_named_with_its_line(refused: Callable[[str, str], tuple[str, str]]) -> None:
    message, text = refused("[[caveat]]\n", "[[caveat]\n")
    assert message.startswith(f"policy.toml:{line_of(text, '[[caveat]')}: is not TOML (")
    assert message.endswith("; correct that line")


def test_a_caveat_that_can_outgrow_its_line_is_refused(refused: Callable[[str, str], tuple[str, str]]) -> None:
    message, _ = refused('text = "Investigational:', f'text = "{"very " * 20}Investigational:')
    assert message == "policy.toml: caveat 'investigational' can reach 47 words; shorten it to 30"


def test_an_unknown_placeholder_is_refused(refused: Callable[[str, str], tuple[str, str]]) -> None:
    message, _ = refused("as of {as_of}, no", "as of {year}, no")
    assert message == "policy.toml: text: unknown placeholder {year}; use {as_of}"


def test_a_placeholder_of_another_wording_is_refused(refused: Callable[[str, str], tuple[str, str]]) -> None:
    message, _ = refused("as of {as_of}, no", "as of {titles}, no")
    assert message == "policy.toml: text: unknown placeholder {titles}; use {as_of}"


def test_a_caveat_rests_on_a_status_that_exists(refused: Callable[[str, str], tuple[str, str]]) -> None:
    message, _ = refused('status = "exosome-cosmetic-us"', 'status = "exosome-mars"')
    assert message == "policy.toml: caveat 'investigational' rests on unknown status 'exosome-mars'; add it"


def test_a_missing_policy_is_named(tmp_path: Path) -> None:
    with pytest.raises(MaterialError) as caught:
        load_policy(tmp_path / "policy.toml")
    assert str(caught.value).startswith(f"{tmp_path}/policy.toml: cannot be read (")
    assert str(caught.value).endswith("; restore the file or its permissions")


def test_a_status_is_stale_from_the_day_after_its_review(policy: Policy) -> None:
    status = policy.statement("exosome-cosmetic-us")
    assert [status.stale(date(2025, 12, 31)), status.stale(date(2026, 1, 1))] == [False, True]


def test_shipped_caveats_fit_into_one_line(policy: Policy) -> None:
    for caveat in policy.caveat:
        worst = " ".join((caveat.text, caveat.stale, caveat.uncited)).format(as_of="2025", review_by="2025-12-31")
        assert len(worst.split()) <= MAX_CAVEAT_WORDS


def test_shipped_statements_name_sections_of_the_material_that_say_them(policy: Policy) -> None:
    documents = {d.id: d for d in read_sources([PROJECT / "corpus" / "material"])[0]}
    for status in policy.status:
        headings = [section.path[-1] for section in documents[status.source.document].sections if section.path]
        assert status.source.section in headings
