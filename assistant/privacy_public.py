"""Tells names that are nobody's here: of diseases, scales, methods and institutions, and of authors."""

import re
from collections.abc import Sequence

from assistant.privacy_runs import AFTER, EPONYM
from assistant.privacy_words import DATED, Word

_LITERATURE = re.compile(r"(?:\s*(?:,|&|\band\b){1,2}\s*[^\W\d_][\w-]{1,30}){0,5}\s*,?\s*(?:et\s+al|and\s+(?:colleagues|coworkers|co-workers|others)|\(?(?:19|20)\d{2}[a-z]?\b(?![./-]))", re.IGNORECASE)  # fmt: skip
_CONDITION = re.compile(r"[a-z]+(?:osis|oses|itis|oma|omas|opathy|derma|trophy|plasia|emia|aemia|uria|algia|ectasia)$")
_INITIALS = re.compile(r"[A-Z]{1,3}")
_ROMAN = re.compile(r"[IVX]{1,4}")
_GRADED = re.compile(r"\s\d(?![\w.,/:-]|\s?(?:yo|y/o|yrs?|years?|months?|weeks?|days?|sessions?)\b)", re.IGNORECASE)


def is_public(text: str, words: Sequence[Word], place: int, length: int) -> bool:
    """Whether what looks like a name is that of a disease, a method or an institution, or of an author."""
    named, end = words[place : place + length], words[place + length - 1].end
    if _LITERATURE.match(text, end) and not DATED.match(text, end):
        return True
    if any(re.sub(r"['’]s$", "", word.lower) in EPONYM for word in named):
        return True
    if length == 1 and _GRADED.match(text, end) or length == 2 and _ROMAN.fullmatch(named[1].text):
        return True
    heads = [word for word in words[place + length : place + length + 4] if word.text not in ("'", "’", "s", "-", "–")]
    if not heads or not heads[0].is_letters:
        return False
    if heads[0].lower in EPONYM or _CONDITION.match(heads[0].lower):
        return True
    if length == 1 and (_ROMAN.fullmatch(heads[0].text) or _INITIALS.fullmatch(heads[0].text) and heads[0].text != "I"):
        return True
    second = heads[1].lower if len(heads) > 1 else ""
    return heads[0].lower not in AFTER and (bool(_CONDITION.match(second)) or heads[0].is_capital and second in EPONYM)
