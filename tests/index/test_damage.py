"""A damaged index is refused with a remedy, before anything that cannot bear damage opens it."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from corpus.glossary import Glossary
from index.content import open_content
from index.search import open_index
from index.types import IndexUnusable
from index.versions import Versions
from settings import PROJECT
from tests.fakes import FakeEmbedder
from tests.index.conftest import TEXTS, Build


def cut(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 3])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    for position in range(4096 + 50, len(content), 997):
        content[position] ^= 0xFF
    path.write_bytes(content)


def change_one_vector(path: Path) -> None:
    """The database itself stays sound."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("update embeddings_queue set vector = zeroblob(length(vector)) where seq_id = 1")


FILES = "its vectors are missing or changed"
DAMAGE: dict[str, tuple[str, Callable[[Path], None], str]] = {
    "a missing manifest": ("manifest.json", Path.unlink, "its manifest cannot be read"),
    "a cut manifest": ("manifest.json", cut, "its manifest cannot be read"),
    "missing words": ("content.sqlite", Path.unlink, "a file is missing or changed"),
    "cut words": ("content.sqlite", cut, "a file is missing or changed"),
    "flipped words": ("content.sqlite", flip, "a file is missing or changed"),
    "a missing vocabulary": ("lexical/vocab.index.json", Path.unlink, "a file is missing or changed"),
    "cut scores": ("lexical/data.csc.index.npy", cut, "a file is missing or changed"),
    "missing vectors": ("chroma/chroma.sqlite3", Path.unlink, FILES),
    "cut vectors": ("chroma/chroma.sqlite3", cut, FILES),
    "flipped vectors": ("chroma/chroma.sqlite3", flip, FILES),
    "one changed vector": ("chroma/chroma.sqlite3", change_one_vector, FILES),
    "empty vectors": ("chroma/chroma.sqlite3", empty, FILES),
}


@pytest.mark.parametrize("case", DAMAGE)
def test_damage_is_named_with_its_file_and_the_remedy(case: str, build: Build, versions: Versions) -> None:
    file, damage, what = DAMAGE[case]
    folder = versions.folder(build(TEXTS).version)
    damage(folder / file)
    with pytest.raises(IndexUnusable) as caught:
        open_index(versions, FakeEmbedder(), Glossary())
    where = folder / "chroma" if file.startswith("chroma") else folder / file
    assert str(caught.value) == f"{where}: the index is damaged ({what}); run 'caveat index build'"


def test_a_missing_chroma_folder_is_damage(build: Build, versions: Versions) -> None:
    folder = versions.folder(build(TEXTS).version) / "chroma"
    shutil.rmtree(folder)
    with pytest.raises(IndexUnusable) as caught:
        open_index(versions, FakeEmbedder(), Glossary())
    assert str(caught.value) == f"{folder}: the index is damaged ({FILES}); run 'caveat index build'"
    assert not folder.exists()


def test_a_pointer_to_a_missing_version_is_damage(build: Build, versions: Versions, tmp_path: Path) -> None:
    name = build(TEXTS).version
    shutil.rmtree(versions.folder(name))
    for reader in (
        versions.live,
        lambda: open_content(versions),
        lambda: open_index(versions, FakeEmbedder(), Glossary()),
    ):
        with pytest.raises(IndexUnusable) as caught:
            reader()
        pointer = tmp_path / "data" / "index" / "live"
        assert (
            str(caught.value) == f"{pointer}: points to version {name!r}, which is not there; run 'caveat index build'"
        )


def test_no_index_says_how_to_build_one(versions: Versions) -> None:
    with pytest.raises(IndexUnusable) as caught:
        open_index(versions, FakeEmbedder(), Glossary())
    assert str(caught.value) == "index: there is no index yet; run 'caveat index build'"


def test_an_index_of_another_model_is_refused(build: Build, versions: Versions) -> None:
    folder = versions.folder(build(TEXTS).version)
    with pytest.raises(IndexUnusable) as caught:
        open_index(versions, FakeEmbedder("fake/2"), Glossary())
    assert str(caught.value) == f"{folder}: was built with fake/1 and blocks-900-2; run 'caveat index build'"


def test_a_relative_data_directory_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, build: Build, fake_embedder: FakeEmbedder
) -> None:
    build(TEXTS)
    monkeypatch.chdir(tmp_path)
    index = open_index(Versions(Path("data")), fake_embedder, Glossary())
    assert index.content.document_ids() == ["tendons", "bones", "skin"]
    index.close()


READER = """
import sys
from pathlib import Path
from corpus.glossary import Glossary
from index.search import open_index
from index.versions import Versions
from tests.fakes import FakeEmbedder
index = open_index(Versions(Path(sys.argv[1])), FakeEmbedder(), Glossary())
print("open", flush=True)
sys.stdin.readline()
for _ in range(50):
    hits = index.search(index.query("How do tendons heal?"), 3)
print(hits[0].passage.id)
"""


def test_two_processes_read_one_version_at_the_same_time(build: Build, versions: Versions, tmp_path: Path) -> None:
    build(TEXTS)
    index = open_index(versions, FakeEmbedder(), Glossary())
    expected = index.search(index.query("How do tendons heal?"), 1)[0].passage.id
    command = [sys.executable, "-c", READER, str(tmp_path / "data")]
    readers = [
        subprocess.Popen(command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for reader in readers:  # both hold it open, and so does this process, before any of them asks
        assert reader.stdout is not None
        assert reader.stdout.readline() == "open\n"
    answers = [reader.communicate("go\n", timeout=60)[0] for reader in readers]
    index.close()
    assert answers == [f"{expected}\n"] * 2
    assert [reader.returncode for reader in readers] == [0, 0]
