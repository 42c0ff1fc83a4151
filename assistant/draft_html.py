"""A checked draft as HTML: its sentences in order, what was found of each, and the material's wording beside it."""

from html import escape
from typing import TYPE_CHECKING, Any

from assistant.draft_words import IN_WORDS, counted
from assistant.page_html import source_html

if TYPE_CHECKING:
    from assistant.types import CheckedDraft, CheckedSentence
    from index.content import Content


def draft_html(checked: "CheckedDraft", content: "Content | None") -> str:
    """The whole of what was found; every word of the draft and of the material is escaped."""
    citations = {citation["number"]: citation for citation in checked.to_json()["citations"]}
    verdict = "Every statement is supported." if checked.holds else "Not everything here is supported."
    parts = [
        f'<p class="verdict {"" if checked.holds else "no"}" role="status">{verdict} {escape(counted(checked))}.</p>',
        *(
            f'<div class="caveat" role="note"><strong>To be stated:</strong> {escape(c.text)}</div>'
            for c in checked.caveats
        ),
        *(_sentence(sentence, n, citations, content) for n, sentence in enumerate(checked.sentences)),
        f'<p class="foot">Index {escape(checked.index_version)}, policy {escape(checked.policy_version)}</p>',
    ]
    return f'<section class="answer draft">{"".join(parts)}</section>'


def _sentence(
    sentence: "CheckedSentence", number: int, citations: dict[int, dict[str, Any]], content: "Content | None"
) -> str:
    said = f'<p><span class="finding">{IN_WORDS[sentence.finding]}</span> {escape(sentence.text)}</p>'
    reasons = "".join(f"<li>{escape(reason)}</li>" for reason in sentence.reasons)
    beside = ""
    if sentence.citation:
        cited = citations[sentence.citation]
        beside = f'<p class="wording">“{escape(" ".join(cited["quote"].split()))}”</p>'
        beside += source_html(cited, sentence.evidence or "general", f"draft-{number}", content)
    listed = f'<ul class="small">{reasons}</ul>' if reasons else ""
    return f'<div class="checked {sentence.finding}">{said}{listed}{beside}</div>'
