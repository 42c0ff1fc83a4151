"""What the gate asks and what it lets pass, from its data file."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from corpus.data_file import Strict, load_toml

RULES = Path(__file__).with_name("gate.toml")


class Rules(Strict):
    """The whole file; what each value means stands there."""

    sets: tuple[Literal["tuning", "heldout"], ...]
    every: Annotated[int, Field(ge=1)]
    shown: Annotated[int, Field(ge=0)]
    right_at_least: Annotated[float, Field(ge=0, le=1)]


def load_rules(path: Path = RULES) -> Rules:
    """The validated rules. Raises MaterialError naming the line and the remedy."""
    return load_toml(path, Rules)
