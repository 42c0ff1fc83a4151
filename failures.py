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


@contextmanager
def errors() -> Iterator[None]:
    """Turns the rooms' errors into one line and the right exit code."""
    from assistant.assistant import QuestionError
    from corpus.types import MaterialError
    from evals.cases import CaseError
    from evals.runs import RunError
    from index.types import IndexUnusable

    try:
        yield
    except QuestionError as error:
        raise Failure(str(error), WRONG_USE) from error
    except (MaterialError, IndexUnusable, CaseError, RunError) as error:
        raise Failure(str(error), BROKEN) from error
    except OSError as error:
        raise Failure(
            f"{error.filename or 'file'}: {error.strerror or error}; check the path, its permissions and the disk",
            BROKEN,
        ) from error
