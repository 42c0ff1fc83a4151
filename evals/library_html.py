"""The Library's tables and texts as HTML. Every word of material, file, question and answer is escaped."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from html import escape
from typing import Any

from corpus.types import Finding, Passage, Skipped
from evals.gaps import Gap
from evals.library import Listed, SectionPath


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], label: str) -> str:
    """A table of cells that are HTML already; on a narrow screen each row becomes a card under its heads."""
    body = "".join(f"<tr>{''.join(map(_cell, heads, row))}</tr>" for row in rows)
    head = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    begin = f'<table class="library" aria-label="{escape(label)}"><thead><tr>{head}</tr></thead>'
    return f"{begin}<tbody>{body}</tbody></table>"


def _cell(head: str, cell: str) -> str:
    return f'<td data-head="{escape(head)}">{cell}</td>'


def documents_html(documents: Sequence[Listed], today: date) -> str:
    """The documents of the live version."""
    heads = ("Document", "Changed", "Review", "Passages", "Evidence", "To mend")
    rows = [
        (
            f"<strong>{escape(one.held.title)}</strong><br><span class='small'>{escape(one.held.source)}</span>",
            changed(one, today), review(one), str(one.held.passages), evidence(one.held.evidence), _count(one.findings),
        )
        for one in documents
    ]  # fmt: skip
    return table(heads, rows, "Documents of the live version")


def changed(one: Listed, today: date) -> str:
    """When a document's file was written, and whether that is live."""
    if one.written is None:
        return "its file is gone"
    written = one.written.astimezone().date()
    days = (today - written).days
    ago = f" ({_days(days)} ago)" if days > 0 else ""
    newer = "<br><strong>written since the live version was built</strong>" if one.is_newer else ""
    return f"{written}{ago}{newer}"


def review(one: Listed) -> str:
    """When a document is to be reviewed; in words where that day has passed."""
    if one.review_by is None:
        return "no date"
    if not one.days_overdue:
        return f'<span class="day">due {one.review_by}</span>'
    late = f'<span class="due">overdue by {_days(one.days_overdue)}</span>'
    return f'{late}<br><span class="day">was due {one.review_by}</span>'


def _days(days: int) -> str:
    return f"{days:,} day{_s(days)}"


def evidence(labels: Mapping[str, int]) -> str:
    """How many sentences carry each label."""
    return ", ".join(f"{escape(label)} {count:,}" for label, count in labels.items()) or "none"


def _count(findings: Sequence[Finding]) -> str:
    errors = sum(finding.is_error for finding in findings)
    warnings = len(findings) - errors
    parts = [f'<span class="due">{errors} error{_s(errors)}</span>'] if errors else []
    parts += [f"{warnings} warning{_s(warnings)}"] if warnings else []
    return ", ".join(parts) or "nothing"


def _s(count: int) -> str:
    return "" if count == 1 else "s"


def findings_html(findings: Sequence[Finding]) -> str:
    """What an author would mend: where, what, and the remedy."""
    items = "".join(
        f"<li>{'<strong>Stops the build.</strong> ' if one.is_error else ''}<code>{escape(one.where)}</code>: "
        f"{escape(one.what)}. <em>{escape(_sentence(one.remedy))}</em></li>"
        for one in findings
    )
    return f'<ul class="findings">{items}</ul>'


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "!", "?")) else ".")


def left_out_html(skipped: Sequence[Skipped]) -> str:
    """What was left out, with the reason as it is."""
    items = "".join(f"<li><code>{escape(one.where)}</code>: {escape(one.reason)}</li>" for one in skipped)
    return f'<ul class="findings">{items}</ul>'


def facts_html(one: Listed, today: date) -> str:
    """What is known of an opened document."""
    facts = {
        "Name in the index": f"<code>{escape(one.held.id)}</code>",
        "File": f"<code>{escape(one.held.source)}</code>",
        "As of": escape(one.as_of) or "not said",
        "Changed": changed(one, today),
        "Review": review(one),
        "Passages": str(one.held.passages),
        "Sentences by evidence": evidence(one.held.evidence),
    }
    return f'<dl class="facts">{"".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in facts.items())}</dl>'


def text_html(sections: Sequence[tuple[SectionPath, Sequence[Passage]]], title: str) -> str:
    """Sections and passages, each passage in its own frame, its words byte for byte."""
    parts = []
    for path, passages in sections:
        parts.append(f"<h4>{escape(' › '.join(path) or title)}</h4>")
        parts += [_passage(passage) for passage in passages]
    return f'<div class="text">{"".join(parts)}</div>'


def _passage(passage: Passage) -> str:
    labels = ", ".join(dict.fromkeys(sentence.evidence for sentence in passage.sentences))
    page = passage.page_at(passage.start)
    n = len(passage.sentences)
    about = [f"{n} sentence{_s(n)}", labels, *([f"page {page}"] if page else [])]
    return (
        f'<div class="passage"><pre>{escape(passage.text)}</pre>'
        f'<p class="small">{escape(" · ".join(part for part in about if part))}</p></div>'
    )


def gaps_html(found: Sequence[Gap]) -> str:
    """Questions that found nothing, those asked last first."""
    rows = [(_question(gap), f"{gap.asked:,}", _moment(gap.last), escape(gap.reason)) for gap in found]
    return table(("Question", "Asked", "Last", "What the reader was told"), rows, "Questions without an answer")


def _question(gap: Gap) -> str:
    others = "".join(f"<li>{escape(words)}</li>" for words in gap.wordings)
    also = f"<details><summary>also asked as</summary><ul>{others}</ul></details>" if others else ""
    return f"<strong>{escape(gap.question)}</strong>{also}"


def _moment(at: datetime) -> str:
    return f"{at.astimezone():%Y-%m-%d %H:%M}"


def moment(at: str) -> str:
    """A time as the index keeps it, for the reader: the day and the minute where the server is."""
    return _moment(datetime.fromisoformat(at)) if at else "unknown"


def versions_html(versions: Sequence[Mapping[str, Any]]) -> str:
    """Every version on the disk, the newest first, with who made it live, when, and why."""
    rows = [
        (
            f"<code>{escape(one['version'])}</code>{' <strong>live</strong>' if one['live'] else ''}",
            escape(moment(one["built_at"] or "")), _held(one),
            "<br>".join(map(_went, one["promotions"])) or "never live",
        )
        for one in reversed(versions)
    ]  # fmt: skip
    return table(("Version", "Built", "Holds", "Went live"), rows, "Versions on the disk")


def _held(one: Mapping[str, Any]) -> str:
    if one["error"]:
        return escape(str(one["error"]))
    return f"{one['documents']:,} documents, {one['passages']:,} passages, {one['bytes'] / 1e6:,.1f} MB"


def _went(promotion: Mapping[str, Any]) -> str:
    how = {"build": "by a build of", "promote": "signed by", "rollback": "gone back to by"}
    words = (
        f"{moment(promotion['at'])}, {how.get(promotion['how'], promotion['how'])} {promotion['by'] or 'nobody named'}"
    )
    reason = f"<br><em>although the check said no: {escape(promotion['reason'])}</em>" if promotion["reason"] else ""
    seen = (
        f"<details><summary>what was seen</summary>{escape(promotion['seen'])}</details>" if promotion["seen"] else ""
    )
    return f"{escape(words)}{reason}{seen}"
