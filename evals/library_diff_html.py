"""What changes with a staged version, as HTML: words of documents, and answers side by side. All of it is escaped."""

import re
from collections.abc import Sequence
from html import escape

from evals.comparing import Change, Comparison, pieces, said
from evals.gate_report import Block, Report
from evals.gate_words import block_words, change_words
from index.diff import Difference, DocumentChange, SectionChange

OPEN_ANSWERS = 10  # that are unfolded; more are a click away each
OLD_AND_NEW = ("Live now", "With this version")
KINDS = ("lost", "gained", "changed")
_WORD = re.compile(r"\S+|\n")  # line breaks are kept: lists stay lists
WORDS = {"added": "new", "changed": "changed", "removed": "gone"}


def summary_html(found: Difference) -> str:
    """How many documents, sections and passages are new, changed and gone."""
    sections = [section for document in found.documents for section in document.sections]
    rows = [
        ("Documents", *(found.count(kind) for kind in WORDS), f"{found.unchanged:,} unchanged"),
        ("Sections", *(sum(section.kind == kind for section in sections) for kind in WORDS), ""),
    ]
    new, gone = sum(len(s.added) for s in sections), sum(len(s.removed) for s in sections)
    lines = [
        f"{what}: {a:,} new, {c:,} changed, {r:,} gone{f', {rest}' if rest else ''}" for what, a, c, r, rest in rows
    ]
    lines.append(f"Passages: {new:,} that only this version holds, {gone:,} that only the live one holds")
    return f'<ul class="findings">{"".join(f"<li>{escape(line)}</li>" for line in lines)}</ul>'


def document_html(document: DocumentChange) -> str:
    """The words of one document that only one of two versions holds."""
    head = f"<strong>{escape(document.title)}</strong> <span class='kind'>{WORDS[document.kind]}</span>"
    if not document.sections:
        body = '<p class="small">Nothing that is quoted changed: front matter or layout.</p>'
    else:
        body = "".join(_section(section, document.title) for section in document.sections)
    return f'<section class="diff"><p>{head} <span class="small">{escape(document.id)}</span></p>{body}</section>'


def _section(section: SectionChange, title: str) -> str:
    head = f"{escape(' › '.join(section.section) or title)} <span class='kind'>{WORDS[section.kind]}</span>"
    if len(section.removed) == len(section.added):
        pairs: Sequence[tuple[str, str]] = list(zip(section.removed, section.added, strict=True))
    else:
        pairs = [*((words, "") for words in section.removed), *(("", words) for words in section.added)]
    return f"<h4>{head}</h4>{''.join(_beside(*marked(old, new)) for old, new in pairs)}"


def _beside(old: str, new: str, heads: tuple[str, str] = OLD_AND_NEW) -> str:
    """Two texts, HTML already, beside each other; below each other on a narrow screen."""
    sides = zip(("old", "new"), heads, (old, new), strict=True)
    parts = (f'<div class="{one}"><p class="side">{head}</p><p>{words or "—"}</p></div>' for one, head, words in sides)
    return f'<div class="pair">{"".join(parts)}</div>'


def marked(old: str, new: str) -> tuple[str, str]:
    """Both texts with the words marked that the other lacks; nothing is marked where one of them is empty."""
    if not old.strip() or not new.strip():
        return escape(old), escape(new)
    left, right = [], []
    for one, other in pieces(_WORD.findall(old), _WORD.findall(new)):
        before, after = escape(" ".join(one)), escape(" ".join(other))
        if one == other:
            left.append(before)
            right.append(after)
            continue
        left += [f"<del>{before}</del>"] if before else []
        right += [f"<ins>{after}</ins>"] if after else []
    return " ".join(left), " ".join(right)


def blocks_html(blocks: Sequence[Block]) -> str:
    """Each thing that stops a version: what it is, where, its words, and what to do."""
    return f'<ol class="blocks">{"".join(map(_block, blocks))}</ol>'


def _block(block: Block) -> str:
    what, remedy = block_words(block)
    words = [line for line in block.lines if line.startswith(("- ", "+ "))]
    if len(words) == len(OLD_AND_NEW):  # what follows them is one of the answers that are shown below
        body = _beside(*marked(words[0][2:], words[1][2:]))
    else:
        body = f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in block.lines)}</ul>" if block.lines else ""
    return (
        f"<li><strong>{what}</strong>: {escape(block.where)}. {escape(_capital(block.what))}."
        f'{body}<p class="small">{remedy}</p></li>'
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def answers_html(report: Report) -> str:
    """Every answer that changes, old and new side by side; those that went wrong come first."""
    if report.comparison is None:
        return ""
    return changes_html(report.comparison, frozenset(one.after.case for one in report.stale))


def changes_html(
    compared: Comparison, stale: frozenset[str] = frozenset(), heads: tuple[str, str] = OLD_AND_NEW
) -> str:
    """Every answer that differs, under these heads; what went wrong first, and the cases that are `stale` last."""
    ordered = [change for kind in KINDS for change in compared.of_kind(kind)]
    ordered.sort(key=lambda change: change.after.case in stale)
    return "".join(_answer(change, stale, number < OPEN_ANSWERS, heads) for number, change in enumerate(ordered))


def _answer(change: Change, stale: frozenset[str], is_open: bool, heads: tuple[str, str]) -> str:
    question = " › ".join(change.after.turns)
    wrong = change.after if change.kind == "lost" else change.before if change.kind == "gained" else None
    faults = "; ".join((*wrong.faults, *wrong.breaches)) if wrong and change.after.case not in stale else ""
    when = "Wrong now" if change.kind == "lost" else "Wrong before"
    why = f'<p class="small">{when}: {escape(faults)}</p>' if faults else ""
    return (
        f'<details class="answer-change"{" open" if is_open else ""}><summary><strong>{escape(question)}</strong> '
        f"<span class='kind'>{change_words(change, stale)}</span></summary>"
        f"{_beside(*marked(said(change.before.answer), said(change.after.answer)), heads)}{why}</details>"
    )
