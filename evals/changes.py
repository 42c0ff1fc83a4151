"""What an edit changed in what the material says: figures, denials, certainty, and what was withdrawn."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.quantities import quantities
from assistant.thesaurus import thesaurus
from assistant.verify import certainty
from corpus.types import Passage
from index.content import Content
from index.words import STOPWORDS, stem, words

SAME_SUBJECT = 0.6  # Dice's coefficient of two sentences' stems, figures left out, from which on one became the other
AT_MOST_PAIRS = 1_000_000  # of sentences compared over documents; above it only those of one document are: seconds

_NUMBER_WORDS = "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty fifty hundred".split()
_FIGURE = re.compile(rf"\d+(?:[.,]\d+)*|\b(?:{'|'.join(_NUMBER_WORDS)})\b", re.IGNORECASE)
_DENIAL = re.compile(
    r"\b(?:no|not|none|never|neither|nor|without|cannot|lacks?|lacking)\b|\b(?:non|un)-(?=\w)|n['’]t\b", re.IGNORECASE
)

_MEASURED = ("length", "time", "%")  # measures whose units are known; others only name what is counted
# How much a label lends to a sentence. A sentence that gets a weightier one than it had is lifted.
_WEIGHT = {"preclinical": 0, "general": 1, "practice": 1, "regulatory": 2, "trial": 2}

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of a version, and where it stands."""

    document: str
    title: str
    section: Path
    text: str  # on one line
    evidence: str = ""  # its label

    @property
    def where(self) -> str:
        """The document and the headings below its title."""
        return " › ".join([self.document, *(self.section[1:] or self.section or (self.title,))])


@dataclass(frozen=True, slots=True)
class Altered:
    """A sentence that became one of its subject that says something else, or that is called better evidence."""

    what: str  # "figure", "denial", "certainty" or "evidence"
    before: Said
    after: Said


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs between the words of two versions."""

    documents: frozenset[str]  # ids of those added, changed or removed
    places: frozenset[tuple[str, Path]]  # the sections that do not hold the same sentences in both
    kept: frozenset[str]  # ids that both versions hold
    removed: tuple[Said, ...]
    added: tuple[Said, ...]
    became: tuple[tuple[Said, Said], ...]  # removed sentences with the added ones that say it in other words
    altered: tuple[Altered, ...]  # of those, the ones that say something else
    withdrawn: tuple[tuple[str, Path], ...]  # sections of which nothing is left, not even in other words

    @property
    def gone(self) -> dict[str, Said]:
        """Removed sentences that are not there in other words either, by their words."""
        became = {before for before, _ in self.became}
        return {said.text: said for said in self.removed if said not in became}

    @property
    def is_other_material(self) -> bool:
        """Whether nothing of the version before is in the one after: this is no edit of it."""
        return not self.kept


def changes_between(before: Content, after: Content) -> Changes:
    """Compares two versions sentence by sentence; documents that are the same are not read."""
    was, now = before.digests(), after.digests()
    changed = {i for i in was.keys() | now.keys() if was.get(i) != now.get(i)}
    old = [said for i in was if i in changed for said in _sentences(before.passages_of(i))]
    new = [said for i in now if i in changed for said in _sentences(after.passages_of(i))]
    removed, added = _only(old, new), _only(new, old)
    pairs = tuple(_became(removed, added))
    altered = [Altered(what, one, other) for one, other in pairs if (what := what_changed(one.text, other.text))]
    altered += _lifted(old, new)
    there, here = _by_place(old), _by_place(new)
    gone, followed = _by_place(removed), {(one.document, one.section) for one, _ in pairs}
    return Changes(
        frozenset(changed),
        frozenset(place for place in there.keys() | here.keys() if there.get(place) != here.get(place)),
        frozenset(was.keys() & now.keys()),
        tuple(removed),
        tuple(added),
        pairs,
        tuple(altered),
        tuple(p for p in there if p not in here and p not in followed and len(gone.get(p, ())) == len(there[p])),
    )


def _sentences(passages: Iterable[Passage]) -> Iterator[Said]:
    for passage in passages:
        for sentence in passage.sentences:
            text = passage.text[sentence.start - passage.start : sentence.end - passage.start]
            yield Said(passage.document_id, passage.title, passage.section, " ".join(text.split()), sentence.evidence)


def _lifted(before: Iterable[Said], after: Iterable[Said]) -> Iterator[Altered]:
    """Sentences that stand in both versions of a document, and are called better evidence in the one after."""
    now = {(said.document, said.text): said for said in after}
    for said in before:
        same = now.get((said.document, said.text))
        if same and _WEIGHT[same.evidence] > _WEIGHT[said.evidence]:
            yield Altered("evidence", said, same)


def _by_place(sentences: Iterable[Said]) -> dict[tuple[str, Path], list[str]]:
    found: dict[tuple[str, Path], list[str]] = {}
    for said in sentences:
        found.setdefault((said.document, said.section), []).append(said.text)
    return found


def _only(some: Sequence[Said], others: Sequence[Said]) -> list[Said]:
    """Those of the first whose words the second does not hold as often, wherever they stand."""
    left = Counter(said.text for said in some) - Counter(said.text for said in others)
    only = []
    for said in some:
        if left[said.text] > 0:
            left[said.text] -= 1
            only.append(said)
    return only


def _became(removed: Sequence[Said], added: Sequence[Said]) -> Iterator[tuple[Said, Said]]:
    """Each removed sentence with the added one of its subject, the likest first, each once."""
    anywhere = len(removed) * len(added) <= AT_MOST_PAIRS
    bags = [(said, _subject(said.text)) for said in added]
    found = []
    for n, old in enumerate(removed):
        own = _subject(old.text)
        for m, (new, other) in enumerate(bags):
            if (anywhere or old.document == new.document) and (alike := _dice(own, other)) >= SAME_SUBJECT:
                found.append((-alike, old.document != new.document, n, m))
    taken_old, taken_new = set[int](), set[int]()
    for _, _, n, m in sorted(found):
        if n not in taken_old and m not in taken_new:
            taken_old.add(n)
            taken_new.add(m)
            yield removed[n], added[m]


def _subject(text: str) -> frozenset[str]:
    return _stems(_FIGURE.sub(" ", text)) - STOPWORDS


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words(text))


def _turned(before: frozenset[str], after: frozenset[str]) -> bool:
    """Whether a word was replaced by its opposite."""
    gone, come = before - after, after - before
    return any(not thesaurus().opposite(word).isdisjoint(gone) for word in come)


def _dice(some: frozenset[str], others: frozenset[str]) -> float:
    both = len(some) + len(others)
    return 2 * len(some & others) / both if both else 0.0


def what_changed(before: str, after: str) -> str:
    """What a sentence says otherwise than the one that it was: "figure", "denial", "certainty", or "".

    A figure that was only added, and a sentence that grew more careful, change nothing that was said.
    """
    if Counter(_FIGURE.findall(before.lower())) - Counter(_FIGURE.findall(after.lower())) or _other_unit(before, after):
        return "figure"
    if len(_DENIAL.findall(before)) % 2 != len(_DENIAL.findall(after)) % 2 or _turned(_stems(before), _stems(after)):
        return "denial"
    return "certainty" if certainty(after) > certainty(before) else ""


def _other_unit(before: str, after: str) -> bool:
    """Whether a figure that was given in a known unit is not given so any more."""
    was, now = (Counter((q.low, q.high, q.measure) for q in quantities(text)) for text in (before, after))
    return any(measure in _MEASURED for _, _, measure in was - now)
