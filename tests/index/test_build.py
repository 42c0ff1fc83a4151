"""A build counts what it did, embeds only what changed, and leaves the live version alone if it fails."""

import numpy as np
import pytest

from corpus.glossary import Glossary, Term
from corpus.types import Skipped
from index.build import build_index
from index.release import Release
from index.search import open_index
from index.types import IndexUnusable, Signature, Vectors, Verdict, WordVectors
from index.vectors import PASSAGES, SENTENCES, read_vectors
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
    for table in (PASSAGES, SENTENCES):
        first, second = (read_vectors(folder, table) for folder in folders)
        assert len(first) > 3
        np.testing.assert_array_equal(first, second)


def test_vectors_of_a_large_version_are_carried_over_too(
    build: Build, fake_embedder: FakeEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.embed.MOST", 0)  # no word vectors of sentences, as where there are many
    build(TEXTS)
    fake_embedder.embedded.clear()
    report = build(TEXTS | {"skin": TEXTS["skin"].replace("collagen", "elastin")})
    assert sorted(fake_embedder.embedded) == [
        "Skin\nThe parts of the skin are:\n\n- The epidermis.\n- The dermis with its elastin.",
        "Skin\nThe parts of the skin are:\nThe dermis with its elastin.",
    ]
    assert (report.embedded, report.updated) == (2, ("skin",))


def test_a_changed_glossary_is_noticed_and_embeds_nothing(build: Build, versions: Versions) -> None:
    build(TEXTS)
    glossary = Glossary(term=(Term(term="tendon", synonyms=("sinew",), meaning="It joins muscle to bone."),))
    embedder = FakeEmbedder()
    report = build_index(documents_of(TEXTS), [], ["tests"], versions, embedder, glossary)
    assert embedder.embedded == []
    assert report.reason == "the glossary changed: the index of words is made anew, vectors are carried over"
    index = open_index(versions, embedder, glossary)
    assert index.search(index.query("sinew"), 1)[0].lexical > 0
    index.close()


def test_another_splitter_says_why_and_carries_equal_texts_over(
    build: Build, versions: Versions, fake_embedder: FakeEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(TEXTS)
    for module in ("build", "carry", "search"):
        monkeypatch.setattr(f"index.{module}.SPLITTER", "other/1")
    report = build(TEXTS)
    assert (report.embedded, report.reason) == (0, "passages are split by other/1, no longer by blocks-900-2")


def test_another_model_embeds_everything_again_and_says_why(build: Build, versions: Versions) -> None:
    build(TEXTS)
    other = FakeEmbedder("fake/2")
    report = build_index(documents_of(TEXTS), [], ["tests"], versions, other, Glossary())
    assert report.reason == "the embedding model is fake/2, no longer fake/1: everything is embedded again"
    assert report.embedded == len(other.embedded) > 0
    assert report.unchanged == ("tendons", "bones", "skin")


def test_nothing_to_index_is_refused(build: Build, versions: Versions) -> None:
    live = build(TEXTS).version
    with pytest.raises(IndexUnusable) as caught:
        build({})
    assert str(caught.value) == "tests: nothing to index; give a folder with files that hold sentences"
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


def test_damaged_neighbours_of_the_live_version_cost_nothing(build: Build, versions: Versions) -> None:
    live = build(TEXTS).version
    (versions.folder(live) / "chroma" / "chroma.sqlite3").write_bytes(b"damaged")
    report = build(TEXTS)
    assert (report.reason, report.embedded, versions.live()) == ("", 0, report.version)


def test_a_damaged_live_version_is_built_over(build: Build, versions: Versions) -> None:
    live = build(TEXTS).version
    (versions.folder(live) / "vectors.npy").write_bytes(b"damaged")
    report = build(TEXTS)
    assert report.reason.startswith("the live version cannot be read (")
    assert report.embedded > 0
    assert versions.live() == report.version


def test_a_build_that_fails_leaves_nothing_on_the_disk(versions: Versions) -> None:
    class Failing(FakeEmbedder):
        def embed(self, texts: list[str]) -> Vectors:
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        build_index(documents_of(TEXTS), [], [], versions, Failing(), Glossary())
    assert (versions.names(), versions.unfinished(), versions.live()) == ([], [], None)


def test_what_a_killed_build_left_is_cleared_away_by_the_next(build: Build, versions: Versions) -> None:
    _, folder = versions.stage()
    (folder / "content.sqlite").write_text("half")
    report = build(TEXTS)
    assert (versions.names(), versions.unfinished()) == ([report.version], [])
    assert not folder.exists()


def test_a_staged_version_that_does_not_find_its_documents_is_refused(
    versions: Versions, fake_embedder: FakeEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.search.Index._found_by_words", lambda index, rows: iter(()))
    with pytest.raises(IndexUnusable) as caught:
        build_index(documents_of(TEXTS), [], [], versions, fake_embedder, Glossary())
    assert "the version does not find 3 of its documents, as 'tendons'; run" in str(caught.value)
    assert versions.live() is None


def no(staged: str, live: str | None) -> Verdict:
    return Verdict(False, ("3 answers changed",))


def test_a_check_that_says_no_leaves_the_version_staged(build: Build, versions: Versions) -> None:
    live = build(TEXTS).version
    report = build_index(documents_of(TEXTS), [], [], versions, FakeEmbedder(), Glossary(), how=Release(check=no))
    assert (report.promoted, report.verdict) == (False, ("3 answers changed",))
    assert (versions.live(), versions.names()) == (live, [live, report.version])


def test_a_reason_overrules_the_check_and_is_written_down(build: Build, versions: Versions) -> None:
    build(TEXTS)
    how = Release(Signature("Dr. Ada", "the cases are out of date"), no)
    report = build_index(documents_of(TEXTS), [], [], versions, FakeEmbedder(), Glossary(), how=how)
    last = versions.promotions()[-1]
    assert (report.promoted, versions.live()) == (True, report.version)
    assert (last.by, last.reason, last.seen) == ("Dr. Ada", "the cases are out of date", "3 answers changed")


def test_a_build_can_be_staged_only(build: Build, versions: Versions) -> None:
    live = build(TEXTS).version
    how = Release(check=no, wanted=False)
    report = build_index(documents_of(TEXTS), [], [], versions, FakeEmbedder(), Glossary(), how=how)
    assert (report.promoted, report.verdict, versions.live()) == (False, (), live)  # checked when it is promoted
