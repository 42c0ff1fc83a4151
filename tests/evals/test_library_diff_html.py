"""Words of documents and answers side by side, marked where they differ; nothing in them is active."""

import re

from evals.comparing import comparison
from evals.gate_report import Block, Report
from evals.library_diff_html import answers_html, blocks_html, document_html, marked, summary_html
from index.diff import Difference, DocumentChange, SectionChange
from tests.evals.library_rooms import HOSTILE
from tests.evals.outcomes import case, outcome


def tags(html: str) -> set[str]:
    return set(re.findall(r"<(\w+)", html))


def test_words_that_only_one_text_has_are_marked_and_lines_are_kept() -> None:
    assert marked("Heals in\nsix weeks.", "Heals in\nnine weeks.") == (
        "Heals in \n <del>six</del> weeks.", "Heals in \n <ins>nine</ins> weeks.",
    )  # fmt: skip
    assert marked("", "new <b>") == ("", "new &lt;b&gt;")
    assert marked("same", "same") == ("same", "same")


def test_a_document_shows_what_changed_section_by_section() -> None:
    changed = SectionChange(("T", "Healing"), ("Six weeks.",), ("Nine weeks.",), "changed")
    added = SectionChange(("T", HOSTILE), (), ("New.", HOSTILE), "added")
    html = document_html(DocumentChange("t", HOSTILE, "changed", (changed, added)))
    assert "<del>Six</del> weeks." in html
    assert "<ins>Nine</ins> weeks." in html
    assert html.count('class="pair"') == 3
    assert "img" not in tags(html)
    assert "front matter or layout" in document_html(DocumentChange("t", "T", "changed", ()))


def test_the_summary_counts_documents_sections_and_passages() -> None:
    section = SectionChange(("T",), ("a",), ("b", "c"), "changed")
    html = summary_html(Difference("v1", "v2", (DocumentChange("t", "T", "changed", (section,)),), 9))
    assert re.findall(r"<li>(.*?)</li>", html) == [
        "Documents: 0 new, 1 changed, 0 gone, 9 unchanged",
        "Sections: 0 new, 1 changed, 0 gone",
        "Passages: 2 that only this version holds, 1 that only the live one holds",
    ]


def test_what_stops_a_version_shows_its_words() -> None:
    figure = Block("figure", "t › Healing", "a figure changed", ("- six", "+ nine", "how-soon: 'q'", "  before: x"))
    breach = Block("breach", "case", HOSTILE, (HOSTILE,))
    html = blocks_html([figure, breach])
    assert "<del>six</del>" not in html or "<ins>nine</ins>" in html
    assert "how-soon" not in html
    assert "A figure changed</strong>: t › Healing. A figure changed." in html
    assert "img" not in tags(html)


def test_answers_stand_side_by_side_those_that_went_wrong_first() -> None:
    cases = [case(name, turns=(f"{name} {HOSTILE}?",)) for name in ("same", "other", "worse")]
    before = [outcome(one, f"{HOSTILE} six weeks") for one in cases]
    after = [before[0], outcome(cases[1], "nine weeks"), outcome(cases[2], "ten weeks", ("lacks six",))]
    html = answers_html(Report("v2", "v1", comparison=comparison(before, after)))
    assert html.index("worse") < html.index("other")
    assert "same" not in html.replace("as right or wrong", "")
    assert "Wrong now: lacks six" in html
    assert "img" not in tags(html)
    assert html.count("<details") == html.count(" open>") == 2
    assert answers_html(Report("v2", "v1")) == ""
