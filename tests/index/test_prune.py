"""Pruning keeps the newest versions and the live one, and nothing of what was withdrawn stays on the disk."""

from pathlib import Path

import pytest

from corpus.glossary import Glossary
from index.prune import prune
from index.search import open_index
from index.types import IndexUnusable, Signature
from index.versions import Versions
from tests.fakes import FakeEmbedder
from tests.index.conftest import TEXTS, Build


def holding(root: Path, word: str) -> list[str]:
    """The files that hold a word, in any of the encodings in which Python and numpy write text."""
    forms = [form.encode(code) for form in (word, word.capitalize()) for code in ("utf-8", "utf-16-le", "utf-32-le")]
    return [p.name for p in sorted(root.rglob("*")) if p.is_file() and any(form in p.read_bytes() for form in forms)]


def test_withdrawn_words_are_gone_from_every_file(build: Build, versions: Versions, tmp_path: Path) -> None:
    first = build(TEXTS | {"hair": "# Hair\n\nZanthoprax makes hair grow.\n"}).version
    assert {"content.sqlite", "vocab.index.json", "sentence-words.npz"} <= set(holding(tmp_path, "zanthoprax"))
    second = build(TEXTS).version
    pruned = prune(versions, 1)
    assert (pruned.removed, pruned.kept, pruned.in_use) == ((first,), (second,), ())
    assert pruned.bytes > 100_000
    assert holding(tmp_path, "zanthoprax") == []
    assert not versions.folder(first).exists()


def test_the_newest_are_kept_and_the_live_one_whatever_its_age(build: Build, versions: Versions) -> None:
    names = [build(TEXTS).version for _ in range(4)]
    versions.promote(names[0], "promote", Signature())
    pruned = prune(versions, 2)
    assert pruned.removed == (names[1], names[2])
    assert versions.names() == [names[0], names[3]]


def test_broken_off_builds_are_deleted(build: Build, versions: Versions) -> None:
    name = build(TEXTS).version
    unfinished, folder = versions.stage()
    (folder / "content.sqlite").write_bytes(b"half")
    assert prune(versions, 5).removed == (unfinished,)
    assert (versions.names(), versions.unfinished()) == ([name], [])


def test_a_version_that_is_being_read_stays(build: Build, versions: Versions) -> None:
    first = build(TEXTS).version
    reader = open_index(versions, FakeEmbedder(), Glossary())
    second = build(TEXTS).version
    assert prune(versions, 1).in_use == (first,)
    assert reader.search(reader.query("tendons"), 1)[0].passage.document_id == "tendons"
    reader.close()
    assert prune(versions, 1).removed == (first,)
    assert versions.names() == [second]


def test_without_a_live_version_nothing_is_pruned(versions: Versions) -> None:
    with pytest.raises(IndexUnusable, match="no version is live"):
        prune(versions, 1)
