"""What an answer costs on this machine, what its checks cost, and how long the worst inputs take."""

import random
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from assistant.assistant import Assistant
from assistant.screen import MAX_CHARACTERS

CHECKS = ("screen", "caveat")  # the steps of the line that only check: what was typed, and what is about to be shown
MOST_CHECKING = 15.0  # milliseconds on a normal answer
MOST_AT_WORST = 1000.0  # milliseconds, whatever is typed
SEED = 7  # of the made-up words

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Cost:
    """Times in milliseconds over n questions, each asked once, the models loaded."""

    n: int
    median: float  # a whole answer
    p95: float
    checks_median: float  # the share of it that only checks
    checks_p95: float
    steps: dict[str, float]  # medians by step of the line


@dataclass(frozen=True, slots=True)
class Worst:
    """One hostile input."""

    name: str
    characters: int
    checks: float  # milliseconds
    whole: float


def worst_inputs() -> dict[str, str]:
    """Inputs that make patterns and loops slow, each as long as a question may be."""
    chance = random.Random(SEED)  # noqa: S311  # no secret
    made_up = ["".join(chance.choices("abcdefghijklm", k=8)) for _ in range(2_300)]
    texts = {
        "one letter": "a" * MAX_CHARACTERS, "spaces": f"a{' ' * MAX_CHARACTERS}b", "digits": "1" * MAX_CHARACTERS,
        "brackets": "(" * MAX_CHARACTERS, "tags": "<a " * MAX_CHARACTERS, "almost mail": "a.b@c." * MAX_CHARACTERS,
        "figures": "12.5 mg 30-40 % " * MAX_CHARACTERS, "denials": "not no never " * MAX_CHARACTERS,
        "names": "Sarah Connor " * MAX_CHARACTERS, "premises": "since the " * MAX_CHARACTERS,
        "patients": "my patient should " * MAX_CHARACTERS, "hyphens": "exo-" * MAX_CHARACTERS,
        "invisible": "e\u200bx\u200b" * MAX_CHARACTERS, "500 questions": "Is it safe? How big are exosomes? " * 250,
        "made-up words": " ".join(made_up),
    }  # fmt: skip
    return {name: text[:MAX_CHARACTERS] for name, text in texts.items()}


def cost(assistant: Assistant, questions: Sequence[str], progress: Progress = lambda done, total: None) -> Cost:
    """Asks the questions one after the other."""
    whole, checks, steps = list[float](), list[float](), dict[str, list[float]]()
    for done, question in enumerate(questions, start=1):
        spent, timings = _asked(assistant, question)
        whole.append(spent)
        checks.append(sum(timings.get(step, 0.0) for step in CHECKS))
        for step, value in timings.items():
            steps.setdefault(step, []).append(value)
        progress(done, len(questions))
    medians = {step: round(statistics.median(values), 2) for step, values in steps.items() if step != "total"}
    return Cost(len(whole), _median(whole), _p95(whole), _median(checks), _p95(checks), medians)


def worst(assistant: Assistant) -> list[Worst]:
    """Asks each hostile input once, the dearest to check first."""
    found = []
    for name, text in worst_inputs().items():
        spent, timings = _asked(assistant, text)
        found.append(Worst(name, len(text), round(sum(timings.get(s, 0.0) for s in CHECKS), 1), round(spent, 1)))
    return sorted(found, key=lambda one: -one.checks)


def _asked(assistant: Assistant, question: str) -> tuple[float, dict[str, float]]:
    begun = time.perf_counter()
    answer = assistant.ask([question])
    return 1000 * (time.perf_counter() - begun), answer.timings_ms


def _median(values: Sequence[float]) -> float:
    return round(statistics.median(values), 2)


def _p95(values: Sequence[float]) -> float:
    """The 95th percentile, a value that was measured."""
    return round(sorted(values)[min(len(values) - 1, int(0.95 * len(values)))], 2)


def lines(found: Cost, hostile: Sequence[Worst]) -> list[str]:
    """The times for people."""
    steps = ", ".join(f"{step} {value:g}" for step, value in found.steps.items())
    return [
        f"{found.n} questions, models loaded; times in milliseconds",
        f"an answer: median {found.median:g}, 95th percentile {found.p95:g} ({steps})",
        f"its checks: median {found.checks_median:g}, 95th percentile {found.checks_p95:g}"
        f" (asked: at most {MOST_CHECKING:g})",
        "",
        f"hostile inputs, checks (asked: at most {MOST_AT_WORST:g}) and whole answer:",
        *(f"  {one.name:<16}{one.characters:>7} characters{one.checks:>9.1f}{one.whole:>10.1f}" for one in hostile),
    ]


def to_json(found: Cost, hostile: Sequence[Worst]) -> dict[str, Any]:
    """The times as plain values."""
    return {"cost": asdict(found), "hostile": [asdict(one) for one in hostile]}
