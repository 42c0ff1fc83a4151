"""Statements are laid out as the text that is shown; citations are numbered once, as they are first used."""

from datetime import date

import pytest

from assistant.answer import Layout
from assistant.types import CaveatShown, Claim, Statement
from corpus.policy import Policy
from corpus.types import Passage, Sentence

TEXT = "Reasons are:\n- First.\n- **Second**.\nThat is all. See [3] <b>there</b>."
SPANS: tuple[tuple[str, str, int | None], ...] = (
    ("Reasons are:", "lead", 1), ("First.", "item", 1), ("**Second**.", "item", 1), ("That is all.", "text", None),
    ("See [3] <b>there</b>.", "text", None),
)  # fmt: skip
SENTENCES = tuple(
    Sentence(TEXT.index(words) + 100, TEXT.index(words) + 100 + len(words), role, number, "practice")  # type: ignore[arg-type]
    for words, role, number in SPANS
)
PASSAGE = Passage("p", "module", "A module", ("A module", "Why"), 100, 100 + len(TEXT), TEXT, SENTENCES)


def said(position: int, lead_in: str = "") -> Statement:
    s = SENTENCES[position]
    return Statement(PASSAGE, s.start, s.end, s.evidence, s.role, lead_in)


@pytest.fixture
def layout(policy: Policy) -> Layout:
    return Layout(policy.wording)


def test_a_list_stands_under_the_line_that_introduces_it(layout: Layout) -> None:
    layout.statements([said(0), said(1), said(2), said(3)])
    assert layout.text == "Reasons are: [1]\n\n- First. [2]\n- Second. [3]\n\nThat is all. [4]"
    assert layout.claims == [
        Claim("Reasons are:", (1,), "practice"), Claim("First.", (2,), "practice"), Claim("Second.", (3,), "practice"),
        Claim("That is all.", (4,), "practice"),
    ]  # fmt: skip
    assert [(c.number, c.document_id, c.section, c.start, c.quote) for c in layout.citations] == [
        (n, "module", ("A module", "Why"), SENTENCES[n - 1].start, words)
        for n, (words, _, _) in enumerate(SPANS[:4], 1)
    ]


def test_words_that_are_cited_twice_keep_their_number(layout: Layout) -> None:
    layout.statements([said(3)])
    assert (layout.cite(said(1)), layout.cite(said(3)), len(layout.citations)) == (2, 1, 2)


@pytest.mark.parametrize(("lead_in", "opening"), [("yes", "Yes: "), ("no", "No: "), ("", "")])
def test_what_settles_a_question_is_said_before_the_words(lead_in: str, opening: str, layout: Layout) -> None:
    layout.statements([said(3, lead_in)])
    assert layout.text == f"{opening}That is all. [1]"
    assert layout.claims[0].text == f"{opening}That is all."


def test_a_marker_in_the_material_is_no_marker_of_the_answer(layout: Layout) -> None:
    layout.statements([said(4)])
    assert layout.text == "See (3) there. [1]"
    assert layout.citations[0].quote == "See [3] <b>there</b>."


def test_notices_and_caveats_are_no_claims(layout: Layout) -> None:
    layout.notice("A notice.")
    layout.caveat(CaveatShown("c", "A caveat.", "2025", date(2025, 12, 31), False, None))
    layout.caveat(CaveatShown("c", "Another.", "2025", date(2025, 12, 31), False, 2))
    assert (layout.text, layout.claims) == ("A notice.\n\nA caveat.\n\nAnother. [2]", [])
