"""Gives the disk back what former versions take, and with them the words that were withdrawn."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache

from index.content import CONTENT, Content
from index.types import IndexUnusable
from index.versions import Versions


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was deleted, and what had to stay."""

    removed: tuple[str, ...]
    kept: tuple[str, ...]  # the live version among them
    in_use: tuple[str, ...]  # of the kept ones, those that only stay because a process reads them
    bytes: int  # given back to the disk


@contextmanager
def still_said(versions: Versions) -> Iterator[Callable[[str], bool]]:
    """Tells whether some version on the disk still holds these very words."""
    contents = [Content(path) for name in versions.names() if (path := versions.folder(name) / CONTENT).is_file()]
    try:
        yield lru_cache(maxsize=None)(lambda words: any(content.says(words) for content in contents))
    finally:
        for content in contents:
            content.close()


def prune(versions: Versions, keep: int) -> Pruned:
    """Deletes all but the `keep` newest versions, at least 1; the live one is kept and counted whatever its age.

    What builds left that were broken off goes too. Raises IndexUnusable where another process writes, and where no
    version is live: then none is known to be good.
    """
    with versions.writing():
        live = versions.live()
        if live is None:
            raise IndexUnusable("index", "no version is live, so none is pruned", "promote one, or build the index")
        others = [name for name in versions.names() if name != live]
        surplus = others[: max(len(others) - (keep - 1), 0)]
        removed, in_use, freed = [], [], 0
        for name in [*versions.unfinished(), *surplus]:
            size = versions.size(name)
            if versions.remove(name):
                removed.append(name)
                freed += size
            else:
                in_use.append(name)
        return Pruned(tuple(removed), tuple(versions.names()), tuple(in_use), freed)
