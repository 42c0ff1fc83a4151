"""Shares with their intervals as plots of HTML and CSS: no script, no picture; they follow the width and the colours.

Streamlit passes no SVG through `st.html`, and a plot of Altair needs a megabyte of script in the file.
"""

from collections.abc import Mapping, Sequence
from html import escape

from evals.rates import Rate
from evals.run_history import Summary

COLOURS = 5  # series that have a colour of their own; older ones share the last
STEP = 0.05  # the axis of shares begins at a multiple of it, below the lowest interval
TICKS = 5


def percent(share: float) -> str:
    """A share for the reader."""
    return f"{100 * share:.1f} %"


def counted(one: Rate) -> str:
    """A rate in words: the share, its n, its interval."""
    if not one.n:
        return "none asked"
    interval = f"95 % interval {percent(one.low)} to {percent(one.high)}"
    return f"{percent(one.right / one.n)}, {one.right:,} of {one.n:,} ({interval})"


def shares_html(rates: Sequence[tuple[str, Rate]], label: str, head: str) -> str:
    """One row a group, in the order given: its share as a dot on its interval, and both in figures."""
    least = _least([one for _, one in rates])
    rows = "".join(_row(name, one, least) for name, one in rates)
    return (
        f'<table class="shares" aria-label="{escape(label)}"><thead><tr><th scope="col">{escape(head)}</th>'
        f'<th scope="col" class="axis"><span>{percent(least)}</span><span>100 %</span></th>'
        '<th scope="col">right</th><th scope="col">n</th><th scope="col">95 % interval</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _row(name: str, one: Rate, least: float) -> str:
    share = one.right / one.n if one.n else 0.0
    low, high, at = (_across(value, least) for value in (one.low, one.high, share))
    plot = (
        f'<i class="interval" style="left:{low:.2f}%;width:{high - low:.2f}%"></i>'
        f'<i class="dot" style="left:{at:.2f}%"></i>'
    )
    return (
        f'<tr><th scope="row">{escape(name)}</th><td class="plot"><div title="{counted(one)}">{plot}</div></td>'
        f"<td>{percent(share)}</td><td>{one.n:,}</td><td>{percent(one.low)} to {percent(one.high)}</td></tr>"
    )


def _least(rates: Sequence[Rate]) -> float:
    """Where the axis of these rates begins."""
    return max(0.0, int(min((one.low for one in rates), default=0.0) / STEP) * STEP)


def _across(share: float, least: float) -> float:
    """How far a share lies along an axis from `least` to 1, in percent of its length."""
    return 100 * (share - least) / (1 - least)


def history_html(summaries: Sequence[Summary], chosen: str = "") -> str:
    """Every run from the oldest to the newest, evenly spaced; lines join runs that asked the same cases.

    The run whose id is `chosen` is marked. One line where there is no run.
    """
    if not summaries:
        return '<p class="quiet">No stored run has asked a case.</p>'
    least = _least([one.right for one in summaries])
    colours = _colours(summaries)
    places = {one.id: 100 * (n + 0.5) / len(summaries) for n, one in enumerate(summaries)}
    ticks = [least + (1 - least) * n / (TICKS - 1) for n in range(TICKS)]
    grid = "".join(
        f'<i class="grid" style="bottom:{_across(t, least):.2f}%"></i>'
        f'<span class="tick" style="bottom:{_across(t, least):.2f}%">{percent(t)}</span>'
        for t in ticks
    )
    lines = "".join(_line(group, places, least, colours) for group in _groups(summaries))
    points = "".join(_point(one, places[one.id], least, colours, one.id == chosen) for one in summaries)
    return (
        f'<figure class="history"><div class="field" role="img" aria-label="{_said(summaries)}">{grid}{lines}{points}'
        f'</div><div class="dates"><span>{escape(summaries[0].at[:10])}</span>'
        f"<span>{escape(summaries[-1].at[:10])}</span></div>{_legend(colours)}</figure>"
    )


def _said(summaries: Sequence[Summary]) -> str:
    last = summaries[-1]
    return escape(f"Shares right of {len(summaries):,} runs; the last, {last.asked}: {counted(last.right)}")


def _colours(summaries: Sequence[Summary]) -> dict[str, int]:
    """The number of each series' colour; those asked last have one of their own."""
    newest = dict.fromkeys(one.asked for one in reversed(summaries))
    return {name: min(number, COLOURS) for number, name in enumerate(newest)}


def _groups(summaries: Sequence[Summary]) -> list[list[Summary]]:
    groups: dict[str, list[Summary]] = {}
    for one in summaries:
        groups.setdefault(one.cases, []).append(one)
    return [group for group in groups.values() if len(group) > 1]


def _line(group: Sequence[Summary], places: Mapping[str, float], least: float, colours: Mapping[str, int]) -> str:
    """A line through the shares of runs of the same cases: a polygon of two pixels' height."""
    points = [(places[one.id], 100 - _across(one.right.right / one.right.n, least)) for one in group]
    there = [f"{x:.2f}% calc({y:.2f}% - 1px)" for x, y in points]
    back = [f"{x:.2f}% calc({y:.2f}% + 1px)" for x, y in reversed(points)]
    colour = colours[group[-1].asked]
    return f'<i class="line c{colour}" style="clip-path:polygon({",".join([*there, *back])})"></i>'


def _point(one: Summary, place: float, least: float, colours: Mapping[str, int], is_chosen: bool) -> str:
    low, high, at = (_across(value, least) for value in (one.right.low, one.right.high, one.right.right / one.right.n))
    words = escape(f"{one.at[:16].replace('T', ' ')}, {one.asked}: {counted(one.right)}")
    colour = f"c{colours[one.asked]}{' chosen' if is_chosen else ''}"
    return (
        f'<i class="whisker {colour}" style="left:{place:.2f}%;bottom:{low:.2f}%;height:{high - low:.2f}%"></i>'
        f'<i class="point {colour}" style="left:{place:.2f}%;bottom:{at:.2f}%" title="{words}"></i>'
    )


def _legend(colours: Mapping[str, int]) -> str:
    named = [(name, colour) for name, colour in colours.items() if colour < COLOURS]
    others = len(colours) - len(named)
    items = [f'<li><i class="key c{colour}"></i>{escape(name)}</li>' for name, colour in named]
    items += [f'<li><i class="key c{COLOURS}"></i>{others:,} other choices of cases</li>'] if others else []
    return f'<ul class="legend">{"".join(items)}</ul>'
