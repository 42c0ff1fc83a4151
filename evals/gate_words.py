"""What the gate found, in words for a trainer who has never read its code."""

from dataclasses import dataclass

from evals.comparing import Change
from evals.gate_report import Block, Report

KINDS = {
    "figure": (
        "A figure changed",
        "Check it against the source. If it is meant, the evaluation questions must ask for it.",
    ),
    "denial": (
        "A sentence says the opposite of what it said",
        "Check it against the source. If it is meant, the evaluation questions must ask for it.",
    ),
    "certainty": (
        "A sentence says more surely what it said before",
        "Write “may”, “reported” or “preclinical” again where the source does.",
    ),
    "evidence": (
        "A sentence is called better evidence than it was",
        "Check its label against the source: what was preclinical is no trial.",
    ),
    "status": (
        "The policy says otherwise than the material",
        "Mend the status in the policy, or the section that it rests on; a new review date belongs in both.",
    ),
    "contradiction": ("Two sentences cannot both be so", "Mend one of them, or say what sets them apart."),
    "policy": ("Words that the policy rests on are gone", "Put them back, or name another section in the policy."),
    "breach": ("An answer would break a rule that holds for every answer", "Mend the sentence that it quotes."),
    "caveat": ("An answer would lack its caveat", "Mend the section from which the caveat comes."),
    "loss": ("Fewer answers would be right", "Read these answers below: old and new stand side by side."),
}
OTHER = ("Something speaks against it", "Read what it says.")

CHANGES = {
    "lost": "Was right, is wrong now",
    "gained": "Was wrong, is right now",
    "changed": "Reads otherwise; as right or wrong as before",
    "stale": "Its question still asks for words that are gone",
}


@dataclass(frozen=True, slots=True)
class Words:
    """The verdict for a trainer."""

    passed: bool
    headline: str
    counts: tuple[str, ...]  # what was asked, and how it came out


def in_words(report: Report) -> Words:
    """What the gate says of a staged version."""
    return Words(report.passed, _headline(report), tuple(_counts(report)))


def _headline(report: Report) -> str:
    if report.blocks:
        n = len(report.blocks)
        return f"It should not go live: {n} {'thing speaks' if n == 1 else 'things speak'} against it."
    if report.live is None:
        return "It may go live: no version is live yet, so that there is nothing to compare it with."
    if report.unchanged:
        return "It may go live: it answers as the live version does; nothing that an answer depends on differs."
    if report.comparison is None:
        return "It may go live, and nobody was asked: no evaluation question speaks of this material."
    return "It may go live: nothing that the check looks at speaks against it."


def _counts(report: Report) -> list[str]:
    said: list[str] = []
    compared = report.comparison
    if compared:
        said.append(f"{compared.n + len(report.stale):,} evaluation questions were put to both versions.")
    if compared and compared.difference is not None:
        sure = "significantly fewer" if compared.is_loss else "significantly more" if compared.is_gain else ""
        sure = sure or ("the same" if compared.right_before == compared.right_after else "no more than chance explains")
        said.append(
            f"Right answers: {compared.right_before:,} with the live version, {compared.right_after:,} with this one, "
            f"of {compared.n:,} that count ({sure})."
        )
    if report.stale:
        said.append(
            f"{len(report.stale):,} of them still ask for words that are gone. They count neither way; whoever keeps "
            "the evaluation questions has to change or retire them."
        )
    if report.spared:
        said.append(f"{report.spared:,} questions about sections that did not change were left out.")
    if report.elsewhere:
        said.append(f"{report.elsewhere:,} questions about other material were left out.")
    return said


def block_words(block: Block) -> tuple[str, str]:
    """What stops a version, and what to do about it."""
    return KINDS.get(block.kind, OTHER)


def change_words(change: Change, stale: frozenset[str]) -> str:
    """How an answer changed; `stale` are the cases whose labels name words that are gone."""
    return CHANGES["stale" if change.after.case in stale else change.kind]
