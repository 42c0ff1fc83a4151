"""What runs in the reader's process: reads one file after another, under limits, and says what it found as JSON."""

import json
import os
import signal
import sys
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from corpus.readers import read_file
from corpus.types import MaterialError, Skipped

GRACE = 5.0  # seconds, in which whoever waits notices the time limit first


def _reply(path: Path, root: Path) -> dict[str, Any]:
    try:
        read = read_file(path, root)
    except MaterialError as error:
        return {"error": [error.where, error.what, error.remedy]}
    except (MemoryError, RecursionError):
        return {"memory": True}
    except Exception as error:  # a library's own, for a file that it did not expect
        name, kind = path.relative_to(root).as_posix(), type(error).__name__
        return {"skipped": [name, f"cannot be read ({kind} in its reader); it may be damaged: save it anew"]}
    if isinstance(read, Skipped):
        return {"skipped": [read.where, read.reason]}
    return {"document": asdict(read) | {"review_by": read.review_by and read.review_by.isoformat()}}


def _limit(memory: int) -> None:
    """Lets this process neither grow nor write a file. Windows has no such limits; the time limit holds there, too."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _end_after(seconds: float) -> None:
    """Ends this process by itself, should the one that started it be gone when a file takes too long; 0 for never."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _serve(questions: IO[bytes], answers: IO[bytes], seconds: float) -> None:
    for line in questions:
        path, root = json.loads(line)
        _end_after(seconds + GRACE)
        try:
            reply = json.dumps(_reply(Path(path), Path(root))).encode()
        except MemoryError:
            reply = b'{"memory": true}'
        _end_after(0)
        answers.write(reply + b"\n")
        answers.flush()


def main() -> None:
    """Serves the process that started this one until it closes the pipe."""
    _limit(int(sys.argv[1]))
    said = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints goes nowhere, not into the answers
    _serve(sys.stdin.buffer, said, float(sys.argv[2]))


if __name__ == "__main__":
    main()
