"""Text as it is matched: one way to write each character, nothing invisible; never stored as a source, never quoted."""

import re
import unicodedata

# Letters of other scripts that look like Latin ones. Greek letters that the field writes (alpha, beta, mu) are none.
_LOOK_ALIKE = dict(
    zip("асеіјорѕхуһԁԛԝАВСЕНІЈКМОРЅТХУοΟ", "aceijopsxyhdqwABCEHIJKMOPSTXYoO", strict=True)
)  # fmt: skip
_FOREIGN = re.compile("[Ͱ-ӿԀ-ԯ]")  # Greek and Cyrillic
_WORD = re.compile(r"[^\W\d_]{2,}")
_MARKED = re.compile(r"(?<=[A-Za-z])[\u0300-\u036f\u0488\u0489\u20d0-\u20ff]+")  # struck through, dotted, encircled
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_SPACED = re.compile(r"\b(?:\w ){3,}\w\b")  # s p a c e d letters
_LEAST_SPELT, _MOSTLY = 6, 0.8  # single characters, and their share, from which on a text is spelt out
_DOTTED = re.compile(r"(?<![\w.])[^\W\d_](?:(?P<dot>[.\-_*·])[^\W\d_])(?:(?P=dot)[^\W\d_]){3,}(?!\w)")  # d.o.t.t.e.d
_LEET = str.maketrans("01345789@$", "oieastbgas")
_LEET_WORD = re.compile(r"(?<![\w@$])(?=[\w@$]*[0134578@$])(?=(?:[\w@$]*?[^\W\d_]){3})[\w@$]{4,}(?![\w@$])")


def normalise(text: str) -> str:
    """One way to write each character, no invisible ones, no look-alikes, single spaces."""
    seen = _CONTROL.sub(" ", text) if text.isascii() else _seen(text)
    joined = _SPACED.sub(lambda m: m[0].replace(" ", ""), _spelt_out(seen))
    joined = _DOTTED.sub(lambda m: m[0].replace(m["dot"], ""), joined)
    return re.sub(r"\s+", " ", joined).strip()


def _seen(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text)
    visible = "".join(c for c in folded if unicodedata.category(c) not in ("Cf", "Co", "Cn") or c == "\n")
    spaced = "".join(" " if unicodedata.category(c) in ("Cc", "Zs") else c for c in visible)
    return _look_alikes(_MARKED.sub("", spaced))


def _spelt_out(text: str) -> str:
    """A text of single characters, whose words more than one space tells apart, as its words."""
    tokens = text.split()
    single = sum(len(token) == 1 for token in tokens)
    if single < _LEAST_SPELT or single < _MOSTLY * len(tokens):
        return text
    return " ".join(word.replace(" ", "") for word in re.split(r"\s{2,}", text))


def without_leet(text: str, known: frozenset[str]) -> str:
    """The text with words such as "ex0s0mes" read as letters where that makes one of the words `known`."""

    def read(match: re.Match[str]) -> str:
        word = match[0].translate(_LEET)
        return word if word.lower() in known and match[0].lower() not in known else match[0]

    return _LEET_WORD.sub(read, text)


def _look_alikes(text: str) -> str:
    """Words that mix scripts, or are written in nothing but look-alikes where no other word is of their script."""
    if not _FOREIGN.search(text):
        return text
    foreign = [word for word in _WORD.findall(text) if _FOREIGN.search(word)]
    real = any(all(_FOREIGN.match(c) for c in word) and not _is_disguised(word) for word in foreign)

    def read(match: re.Match[str]) -> str:
        word = match[0]
        mixed = any(c.isascii() for c in word)
        return "".join(_LOOK_ALIKE.get(c, c) for c in word) if _is_disguised(word) and (mixed or not real) else word

    return _WORD.sub(read, text)


def _is_disguised(word: str) -> bool:
    return all(c in _LOOK_ALIKE or not _FOREIGN.match(c) for c in word)
