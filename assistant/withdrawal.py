"""Takes out of stored answers what quotes words that no version of the index holds any more."""

from collections.abc import Callable, Mapping
from typing import Any

NOTICE = (
    "This answer quoted words that have since been withdrawn from the training material. "
    "Ask again to see what it says now."
)

IsSaid = Callable[[str], bool]  # whether some version still holds these words


def without_withdrawn(stored: Any, is_said: IsSaid) -> tuple[Any, int]:
    """What was stored, with a notice in place of each answer that quotes withdrawn words; and how many there were.

    Answers are looked for wherever they stand within lists and objects. Their questions stay.
    """
    if isinstance(stored, dict):
        if _is_answer(stored):
            said = all(is_said(citation["quote"]) for citation in stored["citations"] if citation.get("quote"))
            return (stored, 0) if said else (_emptied(stored), 1)
        parts = {key: without_withdrawn(value, is_said) for key, value in stored.items()}
        return {key: part for key, (part, _) in parts.items()}, sum(count for _, count in parts.values())
    if isinstance(stored, list | tuple):
        found = [without_withdrawn(value, is_said) for value in stored]
        return type(stored)([part for part, _ in found]), sum(count for _, count in found)
    return stored, 0


def is_withdrawn(answer: Mapping[str, Any]) -> bool:
    """Whether the notice stands in place of a stored answer."""
    return answer.get("text") == NOTICE


def _is_answer(values: dict[Any, Any]) -> bool:
    return {"text", "claims", "citations", "question"} <= values.keys() and isinstance(
        values["citations"], list | tuple
    )


def _emptied(answer: dict[Any, Any]) -> dict[Any, Any]:
    nothing: dict[str, Any] = {"claims": [], "citations": [], "caveats": [], "guardrails": [], "sufficiency": None}
    return answer | nothing | {"text": NOTICE, "status": "not_covered"}
