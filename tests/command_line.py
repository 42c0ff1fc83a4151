"""What tests of commands share: how one is called, and how what it printed is read."""

import json
from collections.abc import Callable

from click.testing import Result

Caveat = Callable[..., Result]


def fails(result: Result, code: int) -> str:
    """The one line of a failure."""
    assert (result.exit_code, result.stdout) == (code, "")
    assert result.stderr.startswith("caveat: ")
    assert result.stderr.count("\n") == 1
    return result.stderr.removeprefix("caveat: ").removesuffix("\n")


def json_lines(result: Result) -> list[dict]:
    """The objects that a command printed, one a line."""
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]
