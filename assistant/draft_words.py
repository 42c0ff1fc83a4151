"""How what was found of a draft is called."""

from assistant.types import CheckedDraft, Finding

IN_WORDS: dict[Finding, str] = {
    "supported": "Supported", "stronger": "Stronger than the source", "contradicted": "Contradicted",
    "not_in_material": "Not in the material", "lacks_caveat": "Supported, lacks its caveat",
    "not_allowed": "Not allowed", "not_checked": "Could not be checked", "no_claim": "No statement",
}  # fmt: skip


def counted(checked: CheckedDraft) -> str:
    """How many sentences there are of each kind, in one line."""
    counts = ", ".join(f"{number} {IN_WORDS[finding].lower()}" for finding, number in checked.counts.items())
    number = len(checked.sentences)
    return f"{number} sentence{'' if number == 1 else 's'}: {counts}" if counts else "no sentences"
