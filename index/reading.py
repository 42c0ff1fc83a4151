"""Says which versions are open in some process, so that none is deleted under a reader."""

import os
import sys
from pathlib import Path

READING = "reading"  # an empty file in each version, which readers lock


def hold(folder: Path) -> int | None:
    """Marks a version as being read until `let_go`; the operating system drops the mark with the process."""
    if sys.platform == "win32":
        return None  # open files cannot be deleted there
    import fcntl

    try:
        descriptor = os.open(folder / READING, os.O_RDONLY)
    except OSError:
        return None  # a version that somebody copied without the file can still be read
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    return descriptor


def let_go(held: int | None) -> None:
    """Ends what `hold` began."""
    if held is not None:
        os.close(held)


def is_read(folder: Path) -> bool:
    """Whether a process has this version open."""
    if sys.platform == "win32":
        return False
    import fcntl

    try:
        descriptor = os.open(folder / READING, os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False
