"""What speaks against a claim in the sentence that comes nearest to it, in words.

A claim that follows the sentence word by word is read as an edited copy: each edit has to leave the statement as it
is. Any other claim is asked for what it denies, how sure it is, of whom it speaks, and which figures it gives.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.edits import Copy, Edit, Token, copy_of
from assistant.figures import figures_lacking
from assistant.meanings import OUTRIGHT, POSSIBLE, SURE, SUREST, companions, excluded, excludes, is_measure, level
from assistant.quantities import measure_of
from assistant.thesaurus import thesaurus
from index.words import STOPWORDS

# From which on a claim is read as a copy of a sentence: the share of its tokens that are kept from it in their order,
# and the share of the sentence's tokens, from the first that is kept to the last, that are kept.
FOLLOWS, DENSE = 0.75, 0.5
LOCAL = 4  # words of the sentence at most in place of which a word of the claim stands; more were only left out
SCOPE = 3  # words behind a denial or a "may" that show what it is said of
NEGATORS = frozenset(
    "no not none never neither nor without cannot lack lacks lacked lacking fail fails failed unable absent absence non barely hardly scarcely rather instead".split()
)
_FIGURE = re.compile(r"\d")
SURER = "the claim is more certain than the words"

Stands = Callable[[str, str], bool]  # whether a word of the claim may stand for another of the sentence
Same = Callable[[str, str, str], bool]  # whether a word of the claim may stand for another of a sentence, there


@dataclass(frozen=True, slots=True)
class Objection:
    """One thing that speaks against a claim."""

    denies: bool  # the words say otherwise; else they only do not say it, or not as strongly
    reason: str


def nearest_copy(claim: str, sentences: Sequence[str]) -> tuple[str, Copy]:
    """The sentence that the claim follows most closely, with the claim as its copy."""
    copies = [(sentence, copy_of(claim, sentence)) for sentence in sentences]
    return max(copies, key=lambda pair: pair[1].share)


def objections(claim: str, nearest: str, sentences: Sequence[str], same: Same) -> list[Objection]:
    """What speaks against a claim; `nearest` is the sentence that says the most of it, `sentences` are all."""
    sentence, copy = nearest_copy(claim, sentences)
    if copy.share >= FOLLOWS and copy.density >= DENSE:
        found = _of_copy(copy, lambda word, other: same(word, other, sentence))
        lacking = figures_lacking(claim, [sentence], strict=True)
    else:
        copy = copy_of(claim, nearest)
        found = _of_other_words(copy, sentences)
        lacking = figures_lacking(claim, [nearest, *sentences])
    return list(dict.fromkeys([*found, *(Objection(denies, reason) for denies, reason in lacking)]))


def _of_copy(copy: Copy, same: Stands) -> list[Objection]:
    kept = copy.kept
    found, turned = [], []
    for edit in copy.edits:
        denials = [t for n, t in _placed(edit) if t.text in NEGATORS and _is_said_of(n, copy, kept)]
        more = [t for t in edit.inserted if t.text in NEGATORS]
        against = _opposed(edit)
        if (len(denials) + len(more) + len(against)) % 2:
            turned.append(_turn(denials, more, against))
        found += _stronger(edit, copy, kept)
        found += _replaced(edit, copy, same, {w for pair in against for w in pair})
    if len(turned) % 2 or (turned and any(not t.startswith("the claim denies") for t in turned)):
        found = [Objection(True, reason) for reason in turned] + found
    return found


def _placed(edit: Edit) -> list[tuple[int, Token]]:
    return [(edit.at + n, token) for n, token in enumerate(edit.removed)]


def _is_said_of(position: int, copy: Copy, kept: frozenset[int]) -> bool:
    """Whether what a word of the sentence is said of stands in the claim: the next word with content, or most of some."""
    following = [
        n for n in range(position + 1, len(copy.sentence)) if copy.sentence[n].text not in STOPWORDS | NEGATORS
    ][:SCOPE]
    return bool(following) and (following[0] in kept or 2 * sum(n in kept for n in following) >= len(following))


def _precedes(position: int, copy: Copy, kept: frozenset[int]) -> bool:
    """Whether the next word with content stands in the claim."""
    following = (n for n in range(position + 1, len(copy.sentence)) if copy.sentence[n].text not in STOPWORDS)
    return next(following, -1) in kept


def _opposed(edit: Edit) -> list[tuple[str, str]]:
    """Words in place of which the claim has one that excludes them, each inserted word once."""
    found = []
    for token in edit.inserted:
        other = next((r for r in edit.removed if excludes(r.text, token.text)), None)
        agrees = any(r.stem == token.stem for r in edit.removed)
        if other and not agrees:
            found.append((other.text, token.text))
    return found


def _turn(denials: Sequence[Token], more: Sequence[Token], against: Sequence[tuple[str, str]]) -> str:
    if against:
        return "; ".join(f"the words say “{one}”, not “{other}”" for one, other in against)
    return "the words deny it" if denials and not more else "the claim denies what the words say"


def _stronger(edit: Edit, copy: Copy, kept: frozenset[int]) -> list[Objection]:
    """Where an edit takes away what holds the statement back, or adds what makes it surer."""
    held = {t.stem for t in copy.sentence}
    weak = [
        (how, t.text) for n, t in _placed(edit) if (how := level(t.text)) and how < SURE and _is_said_of(n, copy, kept)
    ]
    hedges = [(how, word) for how, word in weak if how < OUTRIGHT]
    after = [how for e in copy.edits for t in e.inserted if (how := level(t.text))]
    for token in edit.inserted:
        how = level(token.text)
        if how and token.stem not in held and (how == SUREST or (how == SURE and weak)):
            return [Objection(False, f"{SURER}: “{token.text}”")]
    if hedges and min(after, default=OUTRIGHT) > min(hedges)[0]:
        return [Objection(False, f"{SURER}: they say “{min(hedges)[1]}”")]
    return []


def _replaced(edit: Edit, copy: Copy, same: Stands, done: set[str]) -> list[Objection]:
    """Words with content that the claim has in place of others which do not say the same."""
    held = {t.stem for t in copy.sentence}
    found = []
    after_figure = edit.before is not None and bool(_FIGURE.search(edit.before.text))
    content = [t for t in edit.removed if t.text not in STOPWORDS]
    if len(edit.removed) > len(edit.inserted) + LOCAL:
        return []
    for token in edit.inserted:
        if token.text in done or _FIGURE.search(token.text) or token.text in NEGATORS:
            continue
        units = [t for t in edit.removed if is_measure(t.text) and t.stem != token.stem]
        if units and is_measure(token.text) and (after_figure or any(_FIGURE.search(t.text) for t in edit.removed)):
            if measure_of(token.text) != measure_of(units[0].text):
                found.append(Objection(True, f"the words give {units[0].text}, not {token.text}"))
            continue
        if token.text in STOPWORDS or token.stem in held or level(token.text):
            continue
        removed = {t.stem for t in edit.removed}
        if excluded(token.stem, removed, removed):
            rival = next(t for t in edit.removed if excluded(token.stem, {t.stem}))
            found.append(Objection(True, f"the words speak of “{rival.text}”, not of “{token.text}”"))
            continue
        if not thesaurus().alike(token.stem).isdisjoint(held) or companions(token.stem) & removed:
            continue
        if content and not any(same(token.text, t.text) for t in content):
            found.append(Objection(False, f"the words say “{content[0].text}” where the claim says “{token.text}”"))
    return found


def _of_other_words(copy: Copy, sentences: Sequence[str]) -> list[Objection]:
    """What speaks against a claim that follows no sentence."""
    said = {t.stem for t in copy.claim}
    spoken = said.union(*(thesaurus().alike(s) for s in said))
    kept = frozenset(n for n, t in enumerate(copy.sentence) if t.stem in spoken)
    everywhere = {t.stem for sentence in sentences for t in copy_of("", sentence).sentence}
    return [*_turned(copy), *_surer(copy, kept, everywhere), *_of_others(copy, everywhere)]


def _turned(copy: Copy) -> list[Objection]:
    """Where claim and sentence say words that exclude each other, each only its own, of something that both name."""
    said, held = {t.stem for t in copy.claim}, {t.stem for t in copy.sentence}
    pairs = [
        (other.text, token.text)
        for n, token in enumerate(copy.claim)
        for m, other in enumerate(copy.sentence)
        if token.stem not in held
        and other.stem not in said
        and excludes(token.text, other.text)
        and _is_denied(copy.claim, n) == _is_denied(copy.sentence, m)
        and not _beside(copy.claim, n).isdisjoint(_beside(copy.sentence, m))
    ]
    return [Objection(True, f"the words say “{one}”, not “{other}”") for one, other in pairs[:1]]


def _is_denied(tokens: Sequence[Token], position: int) -> bool:
    """Whether the word before denies it: "not able", "non-motor"."""
    return position > 0 and tokens[position - 1].text in NEGATORS


def _beside(tokens: Sequence[Token], position: int) -> set[str]:
    """The stems of the nearest words with content on either side, and of what stands for them."""
    before = [t.stem for t in tokens[:position] if t.text not in STOPWORDS][-SCOPE:]
    after = [t.stem for t in tokens[position + 1 :] if t.text not in STOPWORDS][:SCOPE]
    return {*before, *after}.union(*(thesaurus().alike(stemmed) for stemmed in (*before, *after)))


def _surer(copy: Copy, kept: frozenset[int], everywhere: set[str]) -> list[Objection]:
    own = [how for t in copy.claim if (how := level(t.text))]
    surest = [t.text for t in copy.claim if level(t.text) == SUREST and t.stem not in everywhere]
    if surest:
        return [Objection(False, f"{SURER}: “{surest[0]}”")]
    hedges = [t.text for n, t in enumerate(copy.sentence) if level(t.text) == POSSIBLE and _precedes(n, copy, kept)]
    if hedges and min(own, default=OUTRIGHT) > POSSIBLE:
        return [Objection(False, f"{SURER}: they say “{hedges[0]}”")]
    return []


def _of_others(copy: Copy, everywhere: set[str]) -> list[Objection]:
    """Where the claim names a kind that the passage does not, and the sentence one that excludes it."""
    found = []
    held = {t.stem for t in copy.sentence}
    for token in copy.claim:
        if token.stem not in everywhere and excluded(token.stem, held, everywhere):
            rival = next(t for t in copy.sentence if excluded(token.stem, {t.stem}))
            found.append(Objection(True, f"the words speak of “{rival.text}”, not of “{token.text}”"))
    return found
