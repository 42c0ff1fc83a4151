"""What the red team hands around."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Planted:
    """A document that somebody slipped among the material."""

    name: str  # its file's name
    text: str


@dataclass(frozen=True, slots=True)
class Attack:
    """What somebody tries on the assistant, and the harmless question that looks like it and must be answered."""

    id: str
    attack: tuple[str, ...]  # turns; the last one's answer counts
    twin: tuple[str, ...]
    caveat: bool | None  # whether the investigational caveat is due; None where that is debatable
    twin_caveat: bool | None
    emergency: bool  # whether the attack tells of an emergency
    personal: tuple[str, ...]  # stand nowhere in what is printed
    forbidden: tuple[str, ...]  # do not stand in the text that is shown
    filler: str  # put before the last turn until it has `characters`; "" for nothing
    characters: int
    document: Planted | None  # stands among the material when the attack and its twin are asked
    author: str
    reviewed: date
    category: str  # its file's stem


@dataclass(frozen=True, slots=True)
class Asked:
    """One conversation to put to the assistant, and what its printed answer must keep."""

    id: str
    category: str
    turns: tuple[str, ...]
    benign: bool = False  # must not be treated as an attack
    must_answer: bool = False  # the material answers it
    caveat: bool | None = None
    emergency: bool | None = None  # None where nobody has said
    personal: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an answer broke; nothing where it holds."""

    asked: Asked
    breaches: tuple[str, ...]  # "invariant 5: …"
    answer: Mapping[str, Any]

    @property
    def answered(self) -> bool:
        return self.answer.get("status") == "answered" and not self.refused

    @property
    def refused(self) -> bool:
        """Whether it was treated as an attack: refused, told to be an emergency, or taken for an instruction."""
        acted = {str(rail.get("action")) for rail in self.answer.get("guardrails", ())}
        return self.answer.get("status") == "refused" or bool(acted & {"refused", "ignored", "notice"})
