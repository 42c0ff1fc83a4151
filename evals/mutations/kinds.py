"""All kinds of mutations, and those that are named."""

from collections.abc import Sequence

from evals.mutations import files, material, parts, shown
from evals.mutations.types import Mutation

FAULTS: tuple[Mutation, ...] = (*material.FAULTS, *files.FAULTS, *parts.FAULTS, *shown.FAULTS)
HARMLESS: tuple[Mutation, ...] = (*material.HARMLESS, *files.HARMLESS)
ALL = (*FAULTS, *HARMLESS)


def chosen(kinds: Sequence[str]) -> list[Mutation]:
    """The mutations of these kinds, in their order; all where none is named. Raises ValueError for an unknown one."""
    by_kind = {mutation.kind: mutation for mutation in ALL}
    unknown = [kind for kind in kinds if kind not in by_kind]
    if unknown:
        raise ValueError(f"unknown kind {', '.join(map(repr, unknown))}; use some of {', '.join(by_kind)}")
    return [mutation for kind, mutation in by_kind.items() if not kinds or kind in kinds]
