"""The words of small versions, without an index around them."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from corpus.passages import passages_of
from corpus.readers import read_markdown
from index.content import Content, write_content

ContentOf = Callable[..., Content]


@pytest.fixture
def content_of(tmp_path: Path) -> Iterator[ContentOf]:
    """The content of documents that are given as Markdown by their ids."""
    opened = 0
    with ExitStack() as stack:

        def content_of(**texts: str) -> Content:
            nonlocal opened
            opened += 1
            documents = [read_markdown(text, f"{name}.md") for name, text in texts.items()]
            path = tmp_path / f"content-{opened}.sqlite"
            write_content(path, [(d, d.text) for d in documents], [p for d in documents for p in passages_of(d)])
            return stack.enter_context(closing(Content(path)))

        yield content_of
