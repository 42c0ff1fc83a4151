"""How a command fails: one line on standard error, and an exit code."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

NO, WRONG_USE, BROKEN = 1, 2, 3


class Failure(click.ClickException):
    """One line on standard error, and an exit code."""

    def __init__(self, message: str, code: int) -> None:
        super().__init__(" ".join(message.split()))
        self.exit_code = code  # type: ignore[misc]  # click reads it from the instance

    def show(self, file: Any = None) -> None:
        click.echo(f"caveat: {self.message}", err=True)


# The rooms' own errors by name: whoever raises one has loaded its room, and nobody else has to.
CODES = {
    "assistant.assistant.QuestionError": WRONG_USE,
    "assistant.chat_model.ChatModelError": BROKEN,
    "assistant.store.StoreUnusable": BROKEN,
    "corpus.types.MaterialError": BROKEN,
    "evals.cases.CaseError": BROKEN,
    "evals.runs.RunError": BROKEN,
    "index.types.IndexUnusable": BROKEN,
}


@contextmanager
def errors() -> Iterator[None]:
    """Turns the rooms' errors into one line and the right exit code."""
    try:
        yield
    except OSError as error:
        raise Failure(
            f"{error.filename or 'file'}: {error.strerror or error}; check the path, its permissions and the disk",
            BROKEN,
        ) from error
    except Exception as error:
        kinds = (f"{kind.__module__}.{kind.__qualname__}" for kind in type(error).__mro__)
        code = next((CODES[kind] for kind in kinds if kind in CODES), None)
        if code is None:
            raise
        raise Failure(str(error), code) from error
