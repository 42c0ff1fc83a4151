"""One run as one HTML file: its rates with their intervals, all runs over time, and every case with its answer.

It works from a disk without a network: no script at all, style and plots within the file, and a content security
policy that lets nothing be loaded. Filters are done by the style.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from html import escape
from pathlib import Path

from assistant import page_html
from evals.case_html import outcome_html, question_of
from evals.plots import counted, history_html, shares_html
from evals.rates import Rate, by_kind, by_section, rate, worst_first
from evals.run_history import Summary
from evals.runs import Outcome, Run
from evals.types import Case

STYLES = (
    Path(page_html.__file__).with_name("page.css"),  # how an answer looks, in one copy
    *(Path(__file__).with_name(name) for name in ("report.css", "plots.css", "case.css")),
)
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"  # the empty icon, so that none is asked for
NO_SECTION = "names no section"


def report_html(run: Run, history: Sequence[Summary], cases: Mapping[str, Case], unreadable: Sequence[str] = ()) -> str:
    """The whole file. `history` holds this run, too; `cases` are those of now, by their ids."""
    topics, kinds = (
        _numbered(o.sections or (NO_SECTION,) for o in run.outcomes),
        _numbered((o.kind,) for o in run.outcomes),
    )
    body = [
        "<h1>Caveat: evaluation</h1>",
        _headline(run),
        _facts(run),
        "<h2>Over time</h2>",
        '<p class="small">Share of right answers of every stored run, evenly spaced; bars are 95 % intervals (Wilson), '
        "lines join runs that asked the same cases. The axis does not begin at zero.</p>",
        history_html(history, run.id),
        *(f'<p class="small">Cannot be read, and is left out: {escape(name)}</p>' for name in unreadable),
        *_shares(run.outcomes),
        f"<h2>Cases ({len(run.outcomes):,})</h2>",
        _filters(kinds, topics),
        f'<div class="cases">{"".join(_cases(run.outcomes, cases, kinds, topics))}</div>',
    ]
    style = "\n".join(path.read_text(encoding="utf-8") for path in STYLES) + _filter_rules(kinds, topics)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">'
        f"<title>Caveat: evaluation {escape(run.id)}</title><style>{style}</style></head>"
        f'<body class="stHtml">{"".join(body)}</body></html>\n'
    )


def _headline(run: Run) -> str:
    breaches = sum(len(outcome.breaches) for outcome in run.outcomes)
    told = f"{breaches:,} breaches of what every answer promises" if breaches else "no invariant is breached"
    kind = "headline breached" if breaches else "headline"
    return f'<p class="{kind}">Right: {counted(rate(run.outcomes))}; {told}.</p>'


def _facts(run: Run) -> str:
    asked = f"{run.at[:16].replace('T', ' ')} UTC, {run.chosen}{' (by the gate)' if run.purpose == 'gate' else ''}"
    versions = {name: value for name, value in asdict(run.subject).items() if name != "state"}
    rows = "".join(f"<dt>{name}</dt><dd><code>{escape(value)}</code></dd>" for name, value in versions.items())
    return (
        f'<p class="small">Run <code>{escape(run.id)}</code>, asked {escape(asked)}.</p>'
        f'<details class="small"><summary>Versions of what was asked</summary><dl class="facts">{rows}</dl></details>'
    )


def _shares(outcomes: Sequence[Outcome]) -> list[str]:
    """The rates by kind, by section and, where there are several, by set."""
    tables: list[tuple[str, str, Mapping[str, Rate]]] = [("By kind of question", "Kind", by_kind(outcomes))]
    if sections := by_section(outcomes):
        tables.append(("By section of the material", "Section that the case names", sections))
    if len(sets := {name: rate([o for o in outcomes if o.set == name]) for name in {o.set for o in outcomes}}) > 1:
        tables.append(("By set", "Set", sets))
    note = '<p class="small">The worst first, by the upper end of the interval; each plot has an axis of its own.</p>'
    return [f"<h2>{title}</h2>{note}{shares_html(worst_first(rates), title, head)}" for title, head, rates in tables]


def _numbered(names: Iterable[Sequence[str]]) -> dict[str, int]:
    """Each name with a number of its own, in the order of the alphabet."""
    return {name: number for number, name in enumerate(sorted({name for some in names for name in some}))}


def _filters(kinds: Mapping[str, int], topics: Mapping[str, int]) -> str:
    verdicts = {"wrong answers": "wrong", "right answers": "right"}
    chosen = (
        ("verdict", "Show", "all answers", verdicts),
        ("kind", "Kind", "all kinds", {name: str(number) for name, number in kinds.items()}),
        ("topic", "Section", "all sections", {name: str(number) for name, number in topics.items()}),
    )
    return f'<div class="filters">{"".join(_filter(*one) for one in chosen)}</div>'


def _filter(name: str, label: str, everything: str, values: Mapping[str, str]) -> str:
    options = "".join(f'<option value="{value}">{escape(words)}</option>' for words, value in values.items())
    return f'<label>{label}<select id="{name}"><option value="">{everything}</option>{options}</select></label>'


def _filter_rules(kinds: Mapping[str, int], topics: Mapping[str, int]) -> str:
    """The style that hides the cases that are not chosen.

    It looks for the choice within the filters alone: in the whole body, a browser would look again for every case.
    """
    values = [("verdict", "wrong", ".wrong"), ("verdict", "right", ".right")]
    values += [("kind", str(number), f".k{number}") for number in kinds.values()]
    values += [("topic", str(number), f".t{number}") for number in topics.values()]
    return "".join(
        f'.filters:has(#{name} option[value="{value}"]:checked)~.cases .case:not({sought}){{display:none}}'
        for name, value, sought in values
    )


def _cases(
    outcomes: Sequence[Outcome], cases: Mapping[str, Case], kinds: Mapping[str, int], topics: Mapping[str, int]
) -> list[str]:
    """Every case, folded up; those that were answered wrong first."""
    ordered = sorted(outcomes, key=lambda outcome: outcome.is_right)
    return [_case(number, o, cases.get(o.case), kinds, topics) for number, o in enumerate(ordered, start=1)]


def _case(number: int, outcome: Outcome, case: Case | None, kinds: Mapping[str, int], topics: Mapping[str, int]) -> str:
    verdict = "right" if outcome.is_right else "wrong"
    marks = [f"k{kinds[outcome.kind]}", *(f"t{topics[name]}" for name in outcome.sections or (NO_SECTION,))]
    wrong = "; ".join((*outcome.breaches, *outcome.faults))
    why = f'<span class="why">{escape(wrong)}</span>' if wrong else ""
    return (
        f'<details class="case {verdict} {" ".join(marks)}"><summary>{escape(question_of(outcome))} '
        f'<span class="kind">{escape(outcome.kind)}</span>{why}</summary>'
        f"<div>{outcome_html(outcome, case, f'case-{number}')}</div></details>"
    )
