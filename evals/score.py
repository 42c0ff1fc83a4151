"""What is wrong with one answer, and how sure a share of right answers is."""

import math
import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from typing import Any

from evals.types import Case

PATTERN = "re:"  # marks an alternative that is a regular expression
Z_95 = 1.959963984540054  # the normal distribution's 97.5 % quantile, for a two-sided interval of 95 %

_DASHES = "".join(chr(c) for c in range(0x10000) if unicodedata.category(chr(c)) == "Pd") + "\N{MINUS SIGN}"
_PLAIN = str.maketrans(
    {
        **dict.fromkeys(_DASHES, "-"),
        **dict.fromkeys("\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}", "'"),
        **dict.fromkeys("\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}", '"'),
    }
)

SectionsOf = Callable[[Mapping[str, Any]], Collection[str]]


def normalised(text: str) -> str:
    """Lower case, dashes and minus as '-', curly quotes straight, each run of white space one space, none around."""
    return " ".join(text.translate(_PLAIN).lower().split())


def found(sought: str, text: str) -> bool:
    """Whether an alternative stands in a normalised text.

    What begins with 're:' is a regular expression, matched without regard to case; anything else is words, which
    are normalised first.
    """
    if sought.startswith(PATTERN):
        return re.search(sought.removeprefix(PATTERN), text, re.IGNORECASE) is not None
    return normalised(sought) in text


def faults(case: Case, answer: Mapping[str, Any], sections_of: SectionsOf) -> tuple[str, ...]:
    """What is wrong with an answer (the object that `caveat ask --json` prints), one line a fault; empty: right.

    Held against the case: the status; each group of `must` by one alternative; `must_not`; the yes or no that the
    text begins with, marks left out; of a not_covered answer, one of the `names`; whether a caveat is shown, and
    that each one shown stands in the text; of an answered one, that some claim cites one of the `sections`.
    `sections_of` gives the sections of the source text that a citation comes from.
    """
    status, shown = str(answer.get("status")), str(answer.get("text", ""))
    text = normalised(shown)
    wrong: list[str] = []
    if "error" in answer:
        wrong.append(f"error {answer['error']!r}")
    if status not in case.status:
        wrong.append(f"status {status}, not {' or '.join(case.status)}")
    wrong += [f"lacks {' / '.join(group)}" for group in case.must if not any(found(s, text) for s in group)]
    wrong += [f"has {sought}" for sought in case.must_not if found(sought, text)]
    if case.polarity and not re.match(rf"\W*{case.polarity}\b", text):
        wrong.append(f"does not begin with {case.polarity}")
    if status == "not_covered" and case.names and not any(found(name, text) for name in case.names):
        wrong.append(f"names none of {' / '.join(case.names)}")
    if case.caveat is not None and bool(answer.get("caveats")) != case.caveat:
        wrong.append("caveat missing" if case.caveat else "caveat in excess")
    wrong += [f"caveat {c['id']} is not in the text" for c in answer.get("caveats", ()) if c["text"] not in shown]
    if status == "answered" and case.sections and not _cited(case, answer, sections_of):
        wrong.append(f"cites none of {' / '.join(case.sections)}")
    return tuple(wrong)


def _cited(case: Case, answer: Mapping[str, Any], sections_of: SectionsOf) -> bool:
    """Whether a claim's citation comes from one of the case's sections; the caveats' citations do not count."""
    wanted = {normalised(section) for section in case.sections}
    numbers = {number for claim in answer.get("claims", ()) for number in claim["citations"]}
    cited = [citation for citation in answer.get("citations", ()) if citation["number"] in numbers]
    return any(normalised(section) in wanted for citation in cited for section in sections_of(citation))


def wilson(k: int, n: int) -> tuple[float, float]:
    """The 95 % score interval, within 0 to 1, of a share of k among n; (0, 1) where n is 0.

    Formula: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the
    American Statistical Association 22 (1927), 209-212. It holds for small n and for shares near 0 and 1. Raises
    ValueError unless 0 <= k <= n.
    """
    if not 0 <= k <= n:
        raise ValueError(f"{k} of {n} is no share; give 0 <= k <= n")
    if n == 0:
        return 0.0, 1.0
    share, weight = k / n, Z_95**2 / n
    centre = (share + weight / 2) / (1 + weight)
    half = Z_95 * math.sqrt(share * (1 - share) / n + weight / (4 * n)) / (1 + weight)
    return max(0.0, centre - half), min(1.0, centre + half)
