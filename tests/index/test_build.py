"""A build counts what it did, embeds only what changed, and leaves the live version alone if it fails."""

import pytest

from corpus.glossary import Glossary
from corpus.types import Skipped
from index.build import build_index
from index.content import Content
from index.store import VectorStore
from index.types import IndexUnusable, WordVectors
from index.versions import Versions
from tests.fakes import FakeEmbedder
from tests.index.conftest import TEXTS, Build, documents_of


def test_a_first_build_embeds_everything(build: Build, fake_embedder: FakeEmbedder) -> None:
    report = build(TEXTS)
    assert (report.documents, report.passages) == (3, 4)
    assert (report.added, report.updated, report.removed, report.unchanged) == (
        ("tendons", "bones", "skin"),
        (),
        (),
        (),
    )
    assert report.reason == "first build"
    assert report.embedded == len(fake_embedder.embedded) == len(set(fake_embedder.embedded))


def test_a_build_of_the_same_texts_embeds_nothing(build: Build) -> None:
    build(TEXTS)
    report = build(TEXTS)
    assert (report.embedded, report.unchanged, report.reason) == (0, ("tendons", "bones", "skin"), "")


def test_only_changed_texts_are_embedded_again(build: Build, fake_embedder: FakeEmbedder) -> None:
    build(TEXTS)
    fake_embedder.embedded.clear()
    changed = {
        "bones": TEXTS["bones"].replace("carry", "support"),
        "skin": TEXTS["skin"],
        "hair": "# Hair\n\nHair grows.\n",
    }
    report = build(changed)
    assert (report.added, report.updated, report.removed, report.unchanged) == (
        ("hair",), ("bones",), ("tendons",), ("skin",),
    )  # fmt: skip
    assert sorted(fake_embedder.embedded) == [
        "Bones\nBones support the body.",
        "Bones\nBones support the body. Osteocytes live in bones.",
        "Hair\nHair grows.",
    ]
    assert report.embedded == 3


def test_carried_vectors_are_the_ones_that_were_built(build: Build, versions: Versions) -> None:
    folders = [versions.folder(build(TEXTS).version) for _ in range(2)]
    content = Content(folders[0] / "content.sqlite")
    ids = [passage.id for name in TEXTS for passage in content.passages_of(name)]
    content.close()
    built = []
    for folder in folders:
        store = VectorStore(folder / "chroma")
        built.append({i: vector.tolist() for i, vector in store.vectors("passages", ids).items()})
        store.close()
    assert len(built[0]) == 4
    assert built[0] == built[1]


def test_another_model_embeds_everything_again_and_says_why(build: Build, versions: Versions) -> None:
    build(TEXTS)
    other = FakeEmbedder("fake/2")
    report = build_index(documents_of(TEXTS), [], ["tests"], versions, other, Glossary())
    assert report.reason == "built with fake/1 and blocks-900-2"
    assert report.embedded == len(other.embedded) > 0
    assert report.unchanged == ("tendons", "bones", "skin")


def test_nothing_to_index_is_refused(build: Build, versions: Versions) -> None:
    live = build(TEXTS).version
    with pytest.raises(IndexUnusable) as caught:
        build({})
    assert str(caught.value) == "tests: nothing to index; give a folder with .md or .txt files that hold sentences"
    assert versions.live() == live


def test_a_build_that_fails_leaves_the_live_version_alone(build: Build, versions: Versions) -> None:
    live = build(TEXTS).version

    class Failing(FakeEmbedder):
        def embed_words(self, texts: list[str]) -> list[WordVectors]:
            raise MemoryError

    with pytest.raises(MemoryError):
        build_index(documents_of({"new": "# New\n\nWords.\n"}), [], ["tests"], versions, Failing(), Glossary())
    assert versions.live() == live
    assert versions.check(live, vectors=True).documents == 3


def test_what_was_skipped_is_reported(versions: Versions, fake_embedder: FakeEmbedder) -> None:
    skipped = [Skipped("a.pdf", "files ending in .pdf are not read; use .md or .txt")]
    report = build_index(documents_of(TEXTS), skipped, ["tests"], versions, fake_embedder, Glossary())
    assert report.skipped == tuple(skipped)


def test_progress_counts_up_to_all(versions: Versions, fake_embedder: FakeEmbedder) -> None:
    seen: list[tuple[int, int]] = []
    report = build_index(
        documents_of(TEXTS), [], [], versions, fake_embedder, Glossary(), lambda done, total: seen.append((done, total))
    )
    assert seen[-1] == (report.embedded, report.embedded)
    assert [done for done, _ in seen] == sorted({done for done, _ in seen})


def test_a_damaged_live_version_is_built_over(build: Build, versions: Versions) -> None:
    live = build(TEXTS).version
    (versions.folder(live) / "chroma" / "chroma.sqlite3").write_bytes(b"damaged")
    report = build(TEXTS)
    assert report.reason.startswith("the live version cannot be read (")
    assert report.embedded > 0
    assert versions.live() == report.version
