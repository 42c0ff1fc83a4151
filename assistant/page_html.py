"""An answer as HTML. Every word of material, question and answer is escaped; only the tags written here are active."""

import re
from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from corpus.glossary import Glossary
    from index.content import Content

LABELS = {
    "not_covered": "Not in the material",
    "refused": "Not given here, by policy",
    "clarify": "Please say a little more",
}
JUDGED = ("answered", "not_covered")  # what the material decides; the others are decided before it is asked
EMERGENCY = "Emergency"
NOTES = {"personal_data": "Personal data was taken out of your question before it was used or stored."}

_MARKER = re.compile(r"\s*\[(\d+)\]")
_TOKEN = re.compile(r"\s*\[(?P<number>\d+)\]|\*\*(?P<bold>[^*\n]+)\*\*")
_ITEM = re.compile(r"[-*] |\d{1,2}[.)] ")

Explain = Callable[[str], str]  # plain words to HTML
Values = dict[str, Any]  # an answer's JSON, or a part of it


def answer_html(
    turn: Values, place: str, content: "Content | None", glossary: "Glossary | None", unfolded: bool = False
) -> str:
    """A finished turn: the answer, its caveats, its sources, and what made it. `place` is unique on the page.

    Without content, while the index is opened, sources show the quoted words alone; `unfolded` ones need no click.
    """
    rules = {guardrail["rule"] for guardrail in turn["guardrails"]}
    emergency = "emergency" in rules
    label = EMERGENCY if emergency else LABELS.get(turn["status"], "")
    parts = [
        f'<p class="label">{label}</p>' if label else "",
        _understood(turn),
        _body(_without_caveats(turn), place, _explainer(glossary)),
        *(_caveat(caveat, place) for caveat in turn["caveats"]),
        *(f'<p class="small">{words}</p>' for rule, words in NOTES.items() if rule in rules),
        _written(turn),
        _sources(turn, place, content, unfolded),
        _foot(turn),
    ]
    kind = "emergency" if emergency else escape(turn["status"])
    return f'<article class="answer {kind}">{"".join(parts)}</article>'


def asked_html(question: str) -> str:
    """The words of a question as they were typed."""
    return f'<p class="asked">{escape(question)}</p>'


def error_html(words: str) -> str:
    """One line that says what went wrong."""
    return f'<p class="failure" role="alert">{escape(words)}</p>'


def is_understood_otherwise(turn: Values) -> bool:
    """Whether the question that was answered is another than the words that were typed."""
    return bool(turn["standalone_question"]) and turn["question"].split() != turn["standalone_question"].split()


def _understood(turn: Values) -> str:
    if not is_understood_otherwise(turn):
        return ""
    return f'<p class="small">Understood as: {escape(turn["standalone_question"])}</p>'


def _written(turn: Values) -> str:
    """Who wrote the sentences, or why the chat model that was asked did not; nothing where none was asked."""
    written = turn.get("written")
    if not written:
        return ""
    said = [written["fell_back"] and f"The chat model {written['model']} was asked; {written['fell_back']}."]
    if turn["answer_model"] == written["model"]:
        said.insert(0, f"Written by {written['model']}, each sentence checked at its source.")
        said.append("The rest is in the material’s own words." if written["fell_back"] else "")
    else:
        said.append("This answer is in the material’s own words." if written["fell_back"] else "")
    if any(guardrail["action"] == "broken_off" for guardrail in turn["guardrails"]):
        said.append("The answer broke off here; ask again for all of it.")
    return f'<p class="small written">{escape(" ".join(filter(None, said)))}</p>'


def _without_caveats(turn: Values) -> str:
    """The text without the blocks that are caveats, which are shown as such."""
    caveats = {caveat["text"] for caveat in turn["caveats"]}
    return "\n\n".join(block for block in turn["text"].split("\n\n") if _MARKER.sub("", block).strip() not in caveats)


def _body(text: str, place: str, explain: Explain) -> str:
    """Paragraphs, lists and bold words of the answer's Markdown; anything else stays the characters it is."""
    html, items = list[str](), list[str]()
    for line in [*text.splitlines(), ""]:
        item = _ITEM.match(line)
        if item:
            items.append(f"<li>{_inline(line[item.end() :], place, explain)}</li>")
            continue
        if items:
            html.append(f"<ul>{''.join(items)}</ul>")
            items = []
        if words := line.lstrip("# ").strip():
            html.append(f"<p>{_inline(words, place, explain)}</p>")
    return "".join(html)


def _inline(words: str, place: str, explain: Explain) -> str:
    html, end = list[str](), 0
    for token in _TOKEN.finditer(words):
        html.append(explain(words[end : token.start()]))
        html.append(_link(token["number"], place) if token["number"] else f"<strong>{explain(token['bold'])}</strong>")
        end = token.end()
    return "".join([*html, explain(words[end:])])


def _link(number: object, place: str) -> str:
    """A marker that opens its source: the browser unfolds the details in which the target stands."""
    return f'<a class="cite" href="#{place}-{number}" target="_self" aria-label="Open source {number}">{number}</a>'


def _explainer(glossary: "Glossary | None") -> Explain:
    """Escapes words, and explains each term of the glossary where an answer uses it first."""
    seen: set[str] = set()

    def explain(words: str) -> str:
        html, end = list[str](), 0
        for start, stop, term in glossary.find(words) if glossary else []:
            if term.term in seen:
                continue
            seen.add(term.term)
            title = escape(f"{term.term}: {term.meaning}")
            html += [escape(words[end:start]), f'<abbr title="{title}" tabindex="0">{escape(words[start:stop])}</abbr>']
            end = stop
        return "".join([*html, escape(words[end:])])

    return explain


def _caveat(caveat: Values, place: str) -> str:
    cited = caveat["citation"]
    basis = _link(cited, place) if cited else f' <span class="small">(policy, as of {escape(caveat["as_of"])})</span>'
    stale = " stale" if caveat["stale"] else ""
    return f'<p class="caveat{stale}" role="note">{escape(caveat["text"])}{basis}</p>'


def _sources(turn: Values, place: str, content: "Content | None", unfolded: bool) -> str:
    if not turn["citations"]:
        return ""
    evidence = {number: claim["evidence"] for claim in turn["claims"] for number in claim["citations"]}
    sources = [
        source_html(cited, evidence.get(cited["number"], "general"), place, content, unfolded)
        for cited in turn["citations"]
    ]
    heading = f'<p class="small">Sources{"" if unfolded else ": open one to read the words in their place"}</p>'
    return f'<section class="sources" aria-label="Sources">{heading}{"".join(sources)}</section>'


def source_html(citation: Values, evidence: str, place: str, content: "Content | None", unfolded: bool = False) -> str:
    """A citation that opens to its words in their passage."""
    number = citation["number"]
    path = " › ".join(dict.fromkeys([citation["title"], *citation["section"]]))
    page = f", p. {citation['page']}" if citation["page"] is not None else ""
    kind = f' <span class="kind">{escape(evidence)}</span>' if evidence != "general" else ""
    return (
        f'<details class="source"{" open" if unfolded else ""}><summary><span class="number">{number}</span> {escape(path + page)}{kind}</summary>'
        f"<blockquote>{_in_place(citation, f'{place}-{number}', content)}</blockquote></details>"
    )


def _in_place(citation: Values, anchor: str, content: "Content | None") -> str:
    """The quoted words, marked, within the passage in which they stand."""
    marked = f'<mark id="{anchor}">{escape(citation["quote"])}</mark>'
    if content is None:
        return marked
    start = _place_now(citation, content)
    if start is None:
        return f'{marked}<p class="small">The material has changed since; these are the words as they stood then.</p>'
    end = start + len(citation["quote"])
    for passage in content.passages_of(citation["document_id"]):
        if passage.start <= start and end <= passage.end:
            before, after = passage.text[: start - passage.start], passage.text[end - passage.start :]
            return f"{escape(before)}{marked}{escape(after)}"
    return marked


def _place_now(citation: Values, content: "Content") -> int | None:
    """Where the words stand in the live index, at their own place if they still do; None where they are gone."""
    text = content.text_of(citation["document_id"]) or ""
    if text[citation["start"] : citation["end"]] == citation["quote"]:
        return int(citation["start"])
    moved = text.find(citation["quote"])
    return moved if moved >= 0 else None


def withdrawn(turn: Values, content: "Content") -> list[int]:
    """The citations of a turn whose words the live index does not hold any more, by their numbers."""
    return [cited["number"] for cited in turn["citations"] if _place_now(cited, content) is None]


def withdrawn_html(numbers: list[int]) -> str:
    """Says of an older answer which of its words the material has withdrawn or changed since."""
    which = ", ".join(f"[{number}]" for number in numbers)
    return f'<p class="failure" role="note">The material has changed since this answer: {which} no longer stands there.</p>'


def _foot(turn: Values) -> str:
    judged = ""
    if (sufficiency := turn["sufficiency"]) and turn["status"] in JUDGED:
        judged = f"Covered by the material: {_percent(sufficiency['probability'])}. {escape(sufficiency['reason'])}<br>"
    facts = [
        turn["status"].replace("_", " "), f"index {turn['index_version']}", f"policy {turn['policy_version']}",
        f"answered by {turn['answer_model']}",
    ]  # fmt: skip
    if total := turn["timings_ms"].get("total"):
        facts.append(f"{total / 1000:.1f} s" if total >= 1000 else f"{total:.0f} ms")
    return f'<footer class="foot">{judged}{escape(" · ".join(facts))}</footer>'


def _percent(probability: float) -> str:
    """A probability for the reader; never certainty, which no estimate has."""
    if probability > 0.99:
        return "over 99 %"
    return "under 1 %" if probability < 0.01 else f"{probability:.0%}".replace("%", " %")
