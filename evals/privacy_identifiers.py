"""Personal data that belongs to nobody: made by Faker in five locales, put into clinical sentences."""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

LOCALES = ("en_US", "en_GB", "de_DE", "fr_FR", "es_ES")
_SLOT = re.compile(r"\{(\w+)\}")
_RECORDS = (
    "########",
    "#######",
    "######",
    "##-##-##",
    "???######",
    "H#######",
    "###-####",
    "MR#######",
    "A-######",
    "####-####",
)
_DATES = (
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d.%m.%Y",
    "%Y-%m-%d",
    "%d %B %Y",
    "%B %d, %Y",
    "%d %b %Y",
    "%m-%d-%y",
    "%d/%m/%y",
    "%d-%b-%Y",
)
KIND_OF = {"first": "name", "last": "name", "lower": "name", "upper": "name", "reversed": "name"}


@dataclass(frozen=True, slots=True)
class Planted:
    """One identifier within a message."""

    kind: str
    locale: str
    value: str
    message: str  # with all its identifiers
    template: str


class Generator:
    """Identifiers of one locale; the same seed makes the same ones."""

    def __init__(self, locale: str, seed: int) -> None:
        from faker import Faker

        self.locale = locale
        self._fake: Any = Faker(locale)
        self._fake.seed_instance(seed)
        self._chance = random.Random(f"{locale} {seed}")
        self._makers: dict[str, Callable[[], str]] = {
            "name": self._name, "first": self._fake.first_name, "last": self._fake.last_name,
            "lower": lambda: self._plain_name().lower(),
            "upper": lambda: self._plain_name().upper(),
            "reversed": lambda: f"{self._fake.last_name()}, {self._fake.first_name()}", "dob": self._birthday,
            "mrn": lambda: self._fake.bothify(self._chance.choice(_RECORDS)).upper(), "phone": self._fake.phone_number,
            "ssn": self._national, "card": self._card, "email": self._fake.email, "address": self._address,
        }  # fmt: skip

    def filled(self, template: str) -> Iterator[Planted]:
        """Each identifier of one message made from the template."""
        values: list[tuple[str, str]] = []

        def fill(match: re.Match[str]) -> str:
            values.append((match[1], self._makers[match[1]]().strip()))
            return values[-1][1]

        message = _SLOT.sub(fill, template)
        for slot, value in values:
            yield Planted(KIND_OF.get(slot, slot), self.locale, value, message, template)

    def _name(self) -> str:
        return str(self._fake.name()) if self._chance.random() < 0.4 else self._plain_name()

    def _plain_name(self) -> str:
        return f"{self._fake.first_name()} {self._fake.last_name()}"

    def _birthday(self) -> str:
        return str(self._fake.date_of_birth(minimum_age=16, maximum_age=90).strftime(self._chance.choice(_DATES)))

    def _card(self) -> str:
        number = str(self._fake.credit_card_number())
        grouped = " ".join(number[at : at + 4] for at in range(0, len(number), 4))
        return self._chance.choice((number, grouped, grouped.replace(" ", "-")))

    def _national(self) -> str:
        if self.locale == "de_DE":
            return str(self._fake.rvnr())
        if self.locale == "es_ES":
            return str(self._chance.choice((self._fake.nif, self._fake.nie, self._fake.nuss))())
        number = str(self._fake.ssn())
        if self.locale == "fr_FR" and self._chance.random() < 0.5:
            return f"{number[0]} {number[1:3]} {number[3:5]} {number[5:7]} {number[7:10]} {number[10:13]} {number[13:]}"
        return number

    def _address(self) -> str:
        return str(self._fake.address()).replace("\n", self._chance.choice((", ", "\n", " ")))


def plant(templates: Sequence[str], seed: int, rounds: int = 1) -> list[Planted]:
    """Every template filled in every locale, `rounds` times."""
    generators = [Generator(locale, seed) for locale in LOCALES]
    return [
        planted
        for _ in range(rounds)
        for template in templates
        for generator in generators
        for planted in generator.filled(template)
    ]
