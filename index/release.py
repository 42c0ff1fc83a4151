"""Makes a version live: by a build, by a trainer's word, or by going back."""

from dataclasses import dataclass

from corpus.glossary import Glossary
from index.search import open_index
from index.types import Check, Embedder, IndexUnusable, Manifest, Signature, Verdict
from index.versions import LIST, REBUILD, Versions

UNSIGNED = Signature()


class Unsigned(ValueError):
    """A signature that lacks what it needs: says what."""


def signed(by: str, force: bool = False, reason: str = "") -> Signature:
    """Who makes a version live, and why where its check says no. Raises Unsigned without a name or that reason."""
    if not by.strip():
        raise Unsigned("a version is made live by somebody; say who signs")
    if force and not reason.strip():
        raise Unsigned("going past the check needs a reason; say why")
    return Signature(" ".join(by.split()), " ".join(reason.split()) if force else "")


@dataclass(frozen=True, slots=True)
class Release:
    """How a version is to go live."""

    signature: Signature = UNSIGNED
    check: Check | None = None  # asked before; a no is final unless the signature gives a reason
    wanted: bool = True  # a build that is only staged waits for a promotion


def release(versions: Versions, name: str, how: str, wish: Release) -> tuple[bool, tuple[str, ...]]:
    """Whether the version went live, and what the check said. The caller holds the writer's lock.

    What is only staged is checked when it is promoted. Going back is the way out of what a check did not see, so that
    it waits for none.
    """
    asked = wish.check if wish.wanted and how != "rollback" else None
    verdict = asked(name, versions.live()) if asked else Verdict(True)
    goes = wish.wanted and (verdict.passed or bool(wish.signature.reason))
    if goes:
        versions.promote(name, how, wish.signature, verdict.summary or "; ".join(verdict.lines))
    return goes, verdict.lines


def promote(
    versions: Versions,
    name: str,
    embedder: Embedder,
    glossary: Glossary,
    how: str = "promote",
    wish: Release = Release(),
) -> tuple[bool, tuple[str, ...]]:
    """Makes a finished version live, if it opens under the present settings and the check agrees.

    Raises IndexUnusable where it does not open, and where another process writes.
    """
    with versions.writing():
        known(versions, name)
        open_index(versions, embedder, glossary, name).close()
        return release(versions, name, how, wish)


def known(versions: Versions, name: str) -> str:
    """The name of a finished version as it was given. Raises IndexUnusable for any other."""
    if name not in versions.names():
        raise IndexUnusable("index", f"there is no finished version {name!r}", LIST)
    return name


def verify_whole(versions: Versions, name: str, embedder: Embedder, glossary: Glossary) -> Manifest:
    """The manifest of a version that opens and whose searches find each of its documents, else IndexUnusable."""
    index = open_index(versions, embedder, glossary, name)
    try:
        lost = index.lost_documents()
        if lost:
            what = f"the version does not find {len(lost)} of its documents, as {lost[0]!r}"
            raise IndexUnusable(str(versions.folder(name)), what, REBUILD)
        return index.manifest
    finally:
        index.close()
