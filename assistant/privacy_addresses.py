"""Recognisers of postal addresses, as they are written in English, German, French and Spanish.

An address is known by its street and number, by its postcode, or by the words that announce it ("lives at").
"""

import re

from assistant.privacy_numbers import Recogniser

# Endings of streets: common ones, and those of the postal services' lists that are everyday words as well.
_STREET = (
    r"(?:street|st|road|rd|avenue|ave|av|lane|ln|drive|dr|boulevard|blvd|way|court|ct|place|pl|square|sq|close|terrace|ter|crescent|cres|parkway|pkwy|highway|hwy|circle|cir|trail|trl|alley|mews|"
    r"gardens?|grove|park|rise|row|hill|walk|green|loop|path|plaza|turnpike|expressway|freeway|motorway|causeway|bypass|overpass|underpass|throughway|tunnel|broadway|quay|wharf|gate|croft|yard|esplanade|parade)"
)
_ENDING = (
    r"(?:Annex|Arcade|Bayou|Beach|Bend|Bluffs?|Bottom|Branch|Bridge|Brooks?|Burgs?|Camp|Canyon|Cape|Center|Centers|Cliffs?|Club|Common|Corners?|Course|Coves?|Creek|Crest|Crossing|Crossroad|Curve|Dale|Dam|Divide|Drives|Estates?|"
    r"Extensions?|Falls?|Ferry|Fields?|Flats?|Fords?|Forest|Forges?|Forks?|Fort|Gateway|Glens?|Greens|Groves|Harbors?|Haven|Heights|Hills|Hollow|Inlet|Islands?|Isle|Junctions?|Keys?|Knolls?|Lakes?|Land|Landing|Lights?|Loaf|Locks?|"
    r"Lodge|Mall|Manors?|Meadows?|Mills?|Mission|Mountains?|Mount|Neck|Orchard|Oval|Parks|Pass|Passage|Pike|Pines?|Plains?|Points?|Ports?|Prairie|Radial|Ramp|Ranch|Rapids?|Rest|Ridges?|River|Roads|Route|Rue|Run|Shoals?|Shores?|"
    r"Skyway|Springs?|Spurs?|Squares|Station|Stravenue|Stream|Streets|Summit|Trace|Track|Trafficway|Unions?|Valleys?|Via|Viaduct|Views?|Villages?|Ville|Vista|Walks|Walls?|Ways|Wells?)"
)
_WORD = r"[^\W\d_][\w.'’-]{0,24}"
_CAP = r"[^\W\d_a-zß-öø-ÿ][\w.'’-]{0,24}"
_HOUSE = r"(?:\b(?i:flat|studio|apartment|unit|suite|house|no)\.?\s{1,2})?"
_NO = r"\d{1,5}(?:\s?[A-Za-z]\b)?"
_FLAT = r"(?:\b(?i:flat|apt\.?|apartment|suite|ste\.?|unit|studio|room|rm|floor|box|piso|puerta|wohnung|appt?\.?|no\.?)\s?#?\s?(?:\d{1,5}[A-Za-z]?|[A-Za-z])\b|#\s?\w{1,6}\b)"
_US_CODE = r"[A-Z]{2}\s{1,2}\d{5}(?:-\d{4})?(?!\w)"
_UK_CODE = r"[A-Z]{1,2}\d[A-Z\d]{0,2}\s{0,2}\d[A-Z]{2}(?!\w)"
_EU_CODE = r"\d{5}(?!\d)"
_SEP = r"[\s,;/]{1,4}"
_TOWN = rf"(?:{_CAP}(?:\s{{1,2}}(?:de|la|las|los|del|am|an|der|im|bei|ob|upon|sur|sous|les|le|en|{_CAP})){{0,4}})"
# What may follow a street: flat, town, code; the last of them closes the address.
_TAIL = (
    rf"(?:{_SEP}{_FLAT}){{0,3}}"
    rf"(?:{_SEP}(?:(?:{_TOWN}{_SEP}){{0,3}}(?:{_US_CODE}|{_UK_CODE})|{_TOWN},\s{{0,2}}{_EU_CODE}|{_EU_CODE}{_SEP}{_TOWN}|{_EU_CODE}))?"
)
_LOWER_TAIL = rf"(?:{_SEP}{_FLAT})?(?:{_SEP}(?:{_WORD}{_SEP}){{0,4}}(?:{_US_CODE}|{_UK_CODE}|{_EU_CODE}))?"
_TOWN_AFTER = rf"(?:,\s{{0,2}}{_TOWN})?"
_CUE = r"\b(?:address(?:\s+is)?|lives?(?:\s+at|\s+in|\s+on)|living\s+(?:at|in)|resid(?:es|ing|ent)(?:\s+(?:at|in|of))?|home|visit|(?:send|mail|post|ship|deliver|letter)(?:\s+\w{1,12}){0,3}\s+to|adresse|anschrift|wohnhaft(?:\s+in)?|wohnt(?:\s+in)?|domicili(?:é|ée|ado|ada)(?:\s+(?:à|en))?|habite(?:\s+au)?|direcci[óo]n|vive\s+en)\b[\s:,-]{0,3}"


def _compile(pattern: str, flags: int = 0) -> re.Pattern[str]:
    return re.compile(pattern, flags)


def _street(pattern: str, flags: int = 0) -> Recogniser:
    return Recogniser("address", _compile(pattern, flags))


ADDRESSES: tuple[Recogniser, ...] = (
    _street(r"\b(?:PSC|Unit|CMR|P\.?\s?O\.?\s?Box|Postfach|BP|Apartado)\s{0,2}\d{1,6}(?:,?\s{1,2}(?:Box|box)\s\d{1,6})?(?:[\s,/]{1,4}(?:[DAF]PO)\s[A-Z]{2}\s\d{5})?" ),
    _street(r"\bUS(?:NS|S|NV|CGC)\s\w{1,20}[\s,/]{1,4}[DAF]PO\s[A-Z]{2}\s\d{5}"),
    # 12 Baker Street, Oxford OX1 2AB; 7 old mill lane
    _street(rf"(?:{_FLAT}{_SEP}|{_HOUSE})(?<![\w.,/-])\b{_NO}\s{{1,2}}(?:{_CAP}\s{{1,2}}){{1,4}}(?i:{_STREET})\b\.?{_TAIL}{_TOWN_AFTER}"),
    _street(rf"(?:{_FLAT}{_SEP}|{_HOUSE})(?<![\w.,/-])\b{_NO}\s{{1,2}}(?:{_CAP}\s{{1,2}}){{1,4}}{_ENDING}\b{_TAIL}"),
    _street(rf"(?<![\w.,/-])\b{_NO}\s{{1,2}}(?:{_WORD}\s{{1,2}}){{1,3}}(?:street|road|avenue|ave|lane|drive|boulevard|blvd|court|crescent|close|terrace|square|rd|st)\b\.?{_LOWER_TAIL}", re.IGNORECASE),
    # Flat 5, Carter Island, Gileschester BA33 9DS; any street before a code
    _street(rf"(?:\b{_FLAT}|(?<![\w.,/-])\b{_NO})(?:{_SEP}{_FLAT}|{_SEP}{_NO})?,?\s{{1,2}}(?:{_CAP}[\s,/]{{1,3}}){{1,4}}(?:{_FLAT}{_SEP})?(?:{_TOWN}{_SEP}){{0,3}}(?:{_US_CODE}|{_UK_CODE})"),
    _street(rf"(?<![\w.,/-])\b{_NO}\s{{1,2}}(?:{_WORD}[\s,/]{{1,3}}){{2,7}}(?:{_FLAT}{_SEP})?(?:{_WORD}{_SEP}){{0,3}}(?:{_US_CODE}|{_UK_CODE})", re.IGNORECASE),
    # Bahnhofstraße 12a, 80331 München
    _street(rf"\b(?:{_CAP}\s){{0,3}}[^\W\d_][\w.'’-]{{0,40}}?(?i:stra(?:ß|ss)e|str\.|weg|platz|allee|gasse|ring|damm|ufer)\s{{0,2}}\d{{1,4}}(?:\s?[A-Za-z]\b)?(?:[/-]\d{{1,4}})?(?!\w)(?:{_SEP}{_EU_CODE}{_SEP}(?:{_TOWN}|{_WORD}))?"),
    # 58, chemin Luce Delattre, 37529 Lejeune-sur-Mer
    _street(rf"(?:(?<![\w.,/-])\b\d{{1,4}}\s?(?:bis|ter)?,?\s{{1,2}})?\b(?:rue|avenue|boulevard|chemin|impasse|all[ée]e|quai|cours|route|place|square|passage)\s(?:de\s(?:la\s)?|du\s|des\s|d['’]|l['’])?{_CAP}(?:\s{{1,2}}{_CAP}){{0,4}}{_SEP}{_EU_CODE}(?:{_SEP}{_TOWN})?"),
    _street(rf"(?<![\w.,/-])\b\d{{1,4}}\s?(?:bis|ter)?,?\s{{1,2}}(?:rue|avenue|boulevard|chemin|impasse|all[ée]e|quai|cours|route|place|passage)\s(?:de\s(?:la\s)?|du\s|des\s|d['’]|l['’])?{_WORD}(?:\s{{1,2}}{_CAP}){{0,4}}(?:{_SEP}{_EU_CODE}{_SEP}{_WORD})?", re.IGNORECASE),
    # Calle de Alcalá 12, Piso 3, Madrid, 28014
    _street(rf"\b(?:calle|c/|c\.|avenida|avda\.?|plaza|paseo|camino|ronda|cuesta|alameda|callej[óo]n|pasaje|urbanizaci[óo]n|glorieta|vial|v[íi]a|rambla|acceso|pasadizo|ca[ñn]ada|carrer|travesía|carretera)\s{{0,2}}(?:del?\s(?:la\s|los\s|las\s)?)?{_WORD}(?:\s{_WORD}){{0,4}},?\s{{1,2}}\d{{1,4}}(?:[\s,]{{1,3}}{_FLAT}){{0,2}}(?:{_SEP}{_WORD}(?:\s{_WORD}){{0,3}},?\s\d{{5}})?", re.IGNORECASE),
    # what an announced address has beside number and street
    Recogniser("address", _compile(rf"{_CUE}(?P<value>(?:{_FLAT}{_SEP})?{_NO}\s{{1,2}}{_WORD}(?:[\s,]{{1,3}}{_WORD}){{0,6}}?[\s,]{{1,3}}(?:{_US_CODE}|{_UK_CODE}|{_EU_CODE}))", re.IGNORECASE)),
    Recogniser("address", _compile(rf"(?i:{_CUE})(?P<value>(?:{_FLAT}{_SEP})?{_NO}\s{{1,2}}{_CAP}(?:[\s,]{{1,3}}{_CAP}){{0,6}})")),
    # a town with its code alone
    _street(rf"\b{_TOWN},?\s{{1,2}}{_US_CODE}"),
    _street(r"(?<![\w-])(?:GIR\s?0AA|[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2})(?![\w-])"),
)  # fmt: skip
