"""Answers many conversations, one line each; a line that cannot be answered says why and the batch goes on."""

import logging
from collections.abc import Iterable, Iterator
from typing import Any

from assistant.assistant import Assistant, QuestionError
from assistant.screen import MAX_CHARACTERS

log = logging.getLogger("caveat")


def answer_lines(assistant: Assistant, lines: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The last answer of each line's conversation, in order; lines are {"id", "turns"}, other keys are ignored."""
    for line in lines:
        yield _answered(assistant, line)


def _answered(assistant: Assistant, line: dict[str, Any]) -> dict[str, Any]:
    identity = line.get("id")
    turns = line.get("turns")
    if "error" in line and turns is None:
        return {"id": identity, "status": "refused", "error": line["error"]}
    if not isinstance(turns, list) or not turns or not all(isinstance(turn, str) for turn in turns):
        return {"id": identity, "status": "refused", "error": 'turns is not a list of questions; write ["…"]'}
    if any(len(turn) > MAX_CHARACTERS for turn in turns):
        return {
            "id": identity,
            "status": "refused",
            "error": f"a question has more than {MAX_CHARACTERS:,} characters; shorten it",
        }
    try:
        return assistant.ask(turns).to_json() | {"id": identity}
    except QuestionError as error:
        return {"id": identity, "status": "clarify", "error": str(error)}
    except Exception as error:  # one line's failure is that line's; its reason is logged and printed
        log.exception("line %r failed", identity)
        return {"id": identity, "status": "refused", "error": f"the line failed ({type(error).__name__})"}
