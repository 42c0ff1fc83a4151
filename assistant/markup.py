"""Turns the material's words into Markdown that can do nothing but be read."""

import re

_TAG = re.compile(r"<(?:[a-zA-Z/!?])[^>]{0,2000}>?")
_IMAGE = re.compile(r"!\[([^\]]{0,500})\]\s*\([^)]{0,2000}\)")
_LINK = re.compile(r"\[([^\]]{0,500})\](?:\s*\([^)]{0,2000}\)|:\s*\S+)")
_URL = re.compile(r"(?:\b[a-z]{2,10}:)?//\S+|\bwww\.\S+|\b(?:javascript|data|mailto):\S*", re.IGNORECASE)
MARKER = re.compile(r"\s?\[\d+\]")


def plain(quote: str) -> str:
    """The words of a quotation on one line: no tags, images, links or emphasis marks."""
    words = _URL.sub("", _TAG.sub("", _LINK.sub(r"\1", _IMAGE.sub(r"\1", quote))))
    words = re.sub(r"(?<!\w)[*_`]+|[*_`]+(?!\w)", "", words).replace("<", "‹").replace("[", "(").replace("]", ")")
    return re.sub(r"\s+", " ", words).strip()


def is_safe(text: str) -> bool:
    """Whether Markdown holds no tag, image, link or script (output invariant 9)."""
    return not (_TAG.search(text) or _IMAGE.search(text) or _LINK.search(text) or _URL.search(text))
