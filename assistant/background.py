"""Work beside the page: in a thread of its own, its errors in words for the reader."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

log = logging.getLogger("caveat")


def begin(work: Callable[..., Any], *values: Any) -> Future[Any]:
    """Runs work in a thread of its own; a daemon, so that stopping the server waits for nothing."""
    outcome: Future[Any] = Future()

    def run() -> None:
        try:
            outcome.set_result(work(*values))
        except Exception as error:  # it is shown on the page, where the outcome is read
            if not is_expected(error):
                log.exception("the page caught an unexpected error")
            outcome.set_exception(error)

    threading.Thread(target=run, name="caveat", daemon=True).start()
    return outcome


def is_expected(error: BaseException) -> bool:
    """Whether an error is one of the rooms' own, which say what is wrong and what to do."""
    from index.types import IndexUnusable

    return isinstance(error, ValueError | OSError | IndexUnusable)


def in_words(error: BaseException | None, again: str) -> str | None:
    """An error in one line for the reader; `again` says what to try where it is none of the rooms' own."""
    if error is None:
        return None
    if is_expected(error):
        return " ".join(str(error).split())
    kind = type(error).__name__
    return f"This failed unexpectedly ({kind}); {again}, and tell whoever runs this page if it stays."
