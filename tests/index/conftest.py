"""Small indexes over fake vectors, for tests that need no model."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus.glossary import Glossary
from corpus.readers import read_markdown
from corpus.types import Document
from index.build import build_index
from index.search import Index, open_index
from index.types import BuildReport
from index.versions import Versions
from tests.fakes import FakeEmbedder

TEXTS = {
    "tendons": "# Tendons\n\nTendons join muscle to bone.\n\n## Healing\n\nTendons mend. Loading helps healing.\n",
    "bones": "# Bones\n\nBones carry the body. Osteocytes live in bones.\n",
    "skin": "# Skin\n\nThe parts of the skin are:\n\n- The epidermis.\n- The dermis with its collagen.\n",
}

Build = Callable[[dict[str, str]], BuildReport]


def documents_of(texts: dict[str, str]) -> list[Document]:
    return [read_markdown(text, f"{name}.md") for name, text in texts.items()]


@pytest.fixture
def versions(tmp_path: Path) -> Versions:
    return Versions(tmp_path / "data")


@pytest.fixture
def build(versions: Versions, fake_embedder: FakeEmbedder) -> Build:
    """Builds an index from texts by name, and makes it live."""

    def build(texts: dict[str, str]) -> BuildReport:
        return build_index(documents_of(texts), [], ["tests"], versions, fake_embedder, Glossary())

    return build


@pytest.fixture
def index(build: Build, versions: Versions, fake_embedder: FakeEmbedder) -> Iterator[Index]:
    """The opened index over TEXTS."""
    build(TEXTS)
    opened = open_index(versions, fake_embedder, Glossary())
    yield opened
    opened.close()
