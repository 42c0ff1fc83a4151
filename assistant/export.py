"""A conversation to keep or to print: Markdown, and an HTML page that needs nothing else."""

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

from assistant.page_html import answer_html, asked_html

STYLE = Path(__file__).with_name("page.css")
PRINTED = """
body { font: 16px/1.55 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: #1f2937; }
.turn { break-inside: avoid; border-top: 1px solid #d1d5db; padding-top: 1rem; margin-top: 1.5rem; }
.asked { font-weight: 600; }
"""

Turns = Sequence[dict[str, Any]]  # finished turns, each an answer's JSON


def to_markdown(title: str, turns: Turns) -> str:
    """Questions, answers with their caveats, the quoted sources, and the versions that answered."""
    parts = [f"# {_line(title)}"]
    for turn in turns:
        parts += [f"## {_line(turn['question'])}", turn["text"]]
        parts += ["\n".join(_source(citation) for citation in turn["citations"])] if turn["citations"] else []
        parts.append(f"*{_versions(turn)}*")
    return "\n\n".join(parts) + "\n"


def to_html(title: str, turns: Turns) -> str:
    """One page without scripts, images or links elsewhere; its sources stand open, to be printed."""
    style = STYLE.read_text(encoding="utf-8").replace(".stHtml ", "")
    body = "".join(
        f'<section class="turn">{asked_html(turn["question"])}'
        f"{answer_html(turn, f'turn-{number}', None, None, unfolded=True)}"
        f'<p class="small">{escape(_versions(turn))}</p></section>'
        for number, turn in enumerate(turns, start=1)
    )
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{style}{PRINTED}</style></head><body><h1>{escape(title)}</h1>{body}</body></html>"
    )


def _line(words: str) -> str:
    """Words on one line that are no markup."""
    return " ".join(words.split()).replace("<", "&lt;")


def _source(citation: dict[str, Any]) -> str:
    path = " › ".join(dict.fromkeys([citation["title"], *citation["section"]]))
    page = f", p. {citation['page']}" if citation["page"] is not None else ""
    return f"- [{citation['number']}] {_line(path + page)}: “{_line(citation['quote'])}”"


def _versions(turn: dict[str, Any]) -> str:
    return f"Index {turn['index_version']}, policy {turn['policy_version']}, answered by {turn['answer_model']}"
