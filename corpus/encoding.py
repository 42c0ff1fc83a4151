"""Turns bytes into text, whatever encoding they were saved in."""

import codecs
import re

from corpus.elements import Unreadable

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
DECLARED = re.compile(rb"<(?:meta[^>]{0,200}charset|\?xml[^>]{0,100}encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
STRAY_ZEROS = 0.01  # share of a text's characters that may be zero, as programs leave them; they are read as spaces
WESTERN = "cp1252"
ACCENTS = 0.3  # share of a western text's letters, at most; of a Cyrillic one read wrongly it is nearly all
# A sign inside a word: the bytes are of another code page.
INSIDE_A_WORD = re.compile(r"[^\W\d_][\xa1-\xa9\xab-\xb4\xb6-\xb9\xbb-\xbf\xd7\xf7\u2020-\u2022\u2030][^\W\d_]")
LOOKED_AT = 1024 * 256  # bytes from which an encoding is guessed


def decoded(raw: bytes, usual: str = "utf-8") -> str:
    """The text: by its byte order mark, as it declares itself, as usual, else as its bytes look most like.

    Raises Unreadable where the bytes are no text.
    """
    for mark, encoding in MARKS:
        if raw.startswith(mark):
            return _as(raw, encoding) or _guessed(raw)
    declared = DECLARED.search(raw[:2048])
    tried = [usual, declared[1].decode("ascii")] if declared else [usual]
    for encoding in tried:
        text = _as(raw, encoding)
        if text is not None:
            return text
    return _guessed(raw)


def _as(raw: bytes, encoding: str) -> str | None:
    try:
        text = raw.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None
    zeros = text.count("\x00")
    return None if zeros > STRAY_ZEROS * len(text) else text.replace("\x00", " ")


def _guessed(raw: bytes) -> str:
    from charset_normalizer import from_bytes

    if b"\x00" in raw[:LOOKED_AT]:
        wide = next((t for e in ("utf-16-le", "utf-16-be") if (t := _as(raw, e)) and t.isprintable()), None)
        if wide:
            return wide
        raise Unreadable("is no text (it holds zero bytes); save it as UTF-8 text")
    western = _as(raw, WESTERN)
    if western is not None and _is_western(western):
        return western  # as browsers take it, too
    best = from_bytes(raw[:LOOKED_AT]).best()
    text = _as(raw, best.encoding) if best else None
    if text is None:
        raise Unreadable("is text in no encoding that is known; save it as UTF-8")
    return text


def _is_western(text: str) -> bool:
    """Whether a text reads as one of western Europe: few letters with accents, and no sign inside a word."""
    letters = sum(map(str.isalpha, text))
    accents = sum(letter.isalpha() for letter in text if letter > "\x7f")
    return accents <= ACCENTS * letters and not INSIDE_A_WORD.search(text)
