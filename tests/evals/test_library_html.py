"""The Library's tables: what a trainer reads, and that no word of a file is active."""

import re
from datetime import UTC, datetime

from corpus.types import Finding, Passage, Sentence, Skipped
from evals.gaps import Gap
from evals.library import Listed
from evals.library_html import (
    documents_html,
    facts_html,
    findings_html,
    gaps_html,
    left_out_html,
    moment,
    text_html,
    versions_html,
)
from index.types import Held
from tests.conftest import TODAY
from tests.evals.library_rooms import HOSTILE

HELD = Held(HOSTILE, HOSTILE, f"{HOSTILE}.md", {"as_of": HOSTILE}, 3, {HOSTILE: 2, "trial": 1})
FINDING = Finding(f"{HOSTILE}:3", HOSTILE, HOSTILE)


def one(**changes: object) -> Listed:
    values = {
        "written": datetime(2026, 11, 20, 12, tzinfo=UTC),
        "is_newer": False,
        "review_by": TODAY,
        "days_overdue": 0,
    }
    return Listed(HELD, **{**values, "findings": (), "left_out": (), **changes})  # type: ignore[arg-type]


def test_no_word_of_a_file_a_question_or_a_name_is_active() -> None:
    passage = Passage("p", "d", HOSTILE, (HOSTILE,), 0, 9, HOSTILE, (Sentence(0, 9, "text", None, "trial", 4),))
    gap = Gap(HOSTILE, 2, datetime.now(UTC), (HOSTILE,), HOSTILE, (), ())
    promotion = {"at": "2026-11-20T12:00:00+00:00", "by": HOSTILE, "how": "promote", "reason": HOSTILE, "seen": HOSTILE}
    version = {
        "version": "v1", "live": True, "built_at": None, "documents": 1, "passages": 1, "bytes": 1, "error": None,
        "promotions": [promotion],
    }  # fmt: skip
    shown = [
        documents_html([one(findings=(FINDING,))], TODAY), facts_html(one(), TODAY), findings_html([FINDING]),
        left_out_html([Skipped(HOSTILE, HOSTILE)]), text_html([((HOSTILE,), [passage])], HOSTILE), gaps_html([gap]),
        versions_html([version, version | {"error": HOSTILE}]),
    ]  # fmt: skip
    for html in shown:
        assert "&lt;img" in html
        assert "<img" not in html


def test_a_review_that_is_overdue_says_so_in_words() -> None:
    assert f"due {TODAY}" in documents_html([one()], TODAY)
    assert "overdue by 1 day<" in documents_html([one(days_overdue=1)], TODAY)
    assert "overdue by 1,328 days" in documents_html([one(days_overdue=1328)], TODAY)
    assert "no date" in documents_html([one(review_by=None)], TODAY)


def test_a_document_says_when_it_changed_and_whether_that_is_live() -> None:
    assert "2026-11-20 (3 days ago)" in documents_html([one()], TODAY)
    assert "written since the live version was built" in documents_html([one(is_newer=True)], TODAY)
    assert "its file is gone" in documents_html([one(written=None)], TODAY)


def test_what_is_to_be_mended_is_counted_and_told_with_its_remedy() -> None:
    error = Finding("a.md:1", "is <b>", "add a line", is_error=True)
    warning = Finding("a.md:3", "a promise", "say what was seen")
    assert ">1 error</span>, 2 warnings" in documents_html([one(findings=(error, warning, warning))], TODAY)
    assert re.findall(r"<li>(.*?)</li>", findings_html([error, warning])) == [
        "<strong>Stops the build.</strong> <code>a.md:1</code>: is &lt;b&gt;. <em>Add a line.</em>",
        "<code>a.md:3</code>: a promise. <em>Say what was seen.</em>",
    ]


def test_a_passage_is_shown_byte_for_byte_with_its_evidence_and_page() -> None:
    words = "A line.\n  - an item"
    sentences = (Sentence(0, 7, "text", None, "trial", 4), Sentence(8, 19, "item", 1, "general", 4))
    html = text_html([((), [Passage("p", "d", "T", (), 0, 19, words, sentences)])], "T")
    assert f"<pre>{words}</pre>" in html
    assert "2 sentences · trial, general · page 4" in html


def test_a_time_that_is_not_known_says_so() -> None:
    assert moment("") == "unknown"
