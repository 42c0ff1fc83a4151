"""What a printed answer promises of itself, whatever was asked: exact quotes, markers that resolve, short caveats."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

MAX_CAVEAT_WORDS = 30  # a longer caveat is read by nobody

SHORTEST_ECHO = 5  # words; fewer are a name as often as a question

MARKER = re.compile(r"\s*\[(\d+)\]")

TextOf = Callable[[str], bytes | None]


def breaches(answer: Mapping[str, Any], text_of: TextOf) -> tuple[str, ...]:
    """What an answer (the object that `caveat ask --json` prints) breaks of the contract; empty: nothing.

    `text_of` gives the bytes that `caveat index text` prints for a document id, None where there is no such document.
    """
    return (
        *different_quotes(answer, text_of),
        *_numbering(answer),
        *_claims(answer),
        *_caveats(answer),
        *_echo(answer),
    )


def different_quotes(answer: Mapping[str, Any], text_of: TextOf) -> tuple[str, ...]:
    """The citations whose quote is not the source's own bytes at its place; positions count characters."""
    return tuple(
        f"quote [{citation['number']}] is not {citation['document_id']}[{citation['start']}:{citation['end']}]"
        for citation in answer.get("citations", ())
        if not _is_exact(citation, text_of(citation["document_id"]))
    )


def _is_exact(citation: Mapping[str, Any], source: bytes | None) -> bool:
    quote, start, end = citation["quote"], citation["start"], citation["end"]
    if source is None or not quote or not 0 <= start < end:
        return False
    return source.decode("utf-8")[start:end] == quote and quote.encode() in source


def _numbering(answer: Mapping[str, Any]) -> Iterator[str]:
    numbers = [citation["number"] for citation in answer.get("citations", ())]
    if len(numbers) != len(set(numbers)):
        yield f"citations share a number: {numbers}"
    markers = {int(marker) for marker in MARKER.findall(answer.get("text", ""))}
    yield from (f"marker [{number}] leads nowhere" for number in sorted(markers - set(numbers)))
    yield from (f"citation [{number}] has no marker" for number in sorted(set(numbers) - markers))


def _claims(answer: Mapping[str, Any]) -> Iterator[str]:
    numbers = {citation["number"] for citation in answer.get("citations", ())}
    text, at = MARKER.sub("", answer.get("text", "")), 0
    for position, claim in enumerate(answer.get("claims", ()), start=1):
        if not claim["citations"]:
            yield f"claim {position} has no citation"
        yield from (f"claim {position} cites [{n}], which is not there" for n in claim["citations"] if n not in numbers)
        begin = text.find(claim["text"], at)
        if begin < 0:
            yield f"claim {position} is not in the text in its place"
        else:
            at = begin + len(claim["text"])


def _caveats(answer: Mapping[str, Any]) -> Iterator[str]:
    for caveat in answer.get("caveats", ()):
        if len(caveat["text"].splitlines()) != 1:
            yield f"caveat {caveat['id']} is not one line"
        if (words := len(caveat["text"].split())) > MAX_CAVEAT_WORDS:
            yield f"caveat {caveat['id']} has {words} words"


def _echo(answer: Mapping[str, Any]) -> Iterator[str]:
    """Words of a question that stand in the text, and are not the material's or a caveat's."""
    own = _plain(MARKER.sub("", answer.get("text", "")))
    for words in (*(c["quote"] for c in answer.get("citations", ())), *(c["text"] for c in answer.get("caveats", ()))):
        own = own.replace(_plain(words), " ")
    for key in ("question", "standalone_question"):
        asked = _plain(answer.get(key, ""))
        if len(asked.split()) >= SHORTEST_ECHO and asked in own:
            yield "the text repeats the question"
            return


def _plain(text: str) -> str:
    """Small letters and single spaces, without the mark at the end."""
    return " ".join(text.lower().split()).rstrip("?!. ")
