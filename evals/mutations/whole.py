"""The whole that is mutated: material, policy and glossary, in a data directory of the mutation test's own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from corpus.glossary import Glossary, load_glossary
from corpus.policy import Policy, load_policy
from corpus.readers import read_sources
from evals.asking import Answering, Asker, Remembering, subject_of
from evals.gate import Gate
from evals.mutations.types import FileChange, Modules
from index.build import build_index
from index.release import Release
from index.search import Index, open_index
from index.types import Signature
from index.versions import Versions

SIGNED = Signature("mutation test")


@dataclass(frozen=True)
class Whole:
    """Files and what is made of them; never changed, only replaced by one with another file."""

    data_dir: Path
    sources: tuple[Path, ...]
    policy_file: Path
    glossary_file: Path
    today: date
    embedder: Remembering  # one for all that is mutated, so that each question is embedded once

    @cached_property
    def policy(self) -> Policy:
        return load_policy(self.policy_file)

    @cached_property
    def glossary(self) -> Glossary:
        return load_glossary(self.glossary_file)

    @cached_property
    def versions(self) -> Versions:
        return Versions(self.data_dir)

    @cached_property
    def modules(self) -> Modules:
        """The Markdown of the sources by file name."""
        files = (path for source in self.sources for path in sorted(source.glob("*.md")))
        return {path.name: path.read_text(encoding="utf-8") for path in files}

    def build(self, wanted: bool = False) -> str:
        """The name of the version that is built of the sources; it goes live if that is wanted."""
        documents, skipped = read_sources(self.sources)
        names = [str(source) for source in self.sources]
        how = Release(SIGNED, None, wanted)
        return build_index(documents, skipped, names, self.versions, self.embedder, self.glossary, how=how).version

    @contextmanager
    def opened(self, version: str) -> Iterator[Index]:
        """A version, closed afterwards."""
        index = open_index(self.versions, self.embedder, self.glossary, version)
        try:
            yield index
        finally:
            index.close()

    def asker(self, index: Index, answering: Answering | None = None) -> Asker:
        """Puts cases to an opened version, or to what stands before it."""
        subject = subject_of(index.content, index.version, self.embedder, self.policy, self.glossary, self.today)
        return Asker(index, subject, self.policy, self.glossary, self.today, answering)

    def gate(self) -> Gate:
        """What decides whether a version may go live."""
        return Gate(self.versions, self.embedder, self.policy, self.glossary, lambda: self.today, self.data_dir)

    def with_modules(self, modules: Modules, folder: Path) -> "Whole":
        """The same of other modules, which are written into this folder."""
        for name, text in modules.items():
            (folder / name).write_text(text, encoding="utf-8")
        return replace(self, sources=(folder,))

    def with_file(self, change: FileChange, folder: Path) -> "Whole":
        """The same with another policy or glossary, which is written into this folder."""
        is_policy = change.file == "policy"
        shipped = self.policy_file if is_policy else self.glossary_file
        copy = folder / shipped.name
        copy.write_text(change.edit(shipped.read_text(encoding="utf-8")), encoding="utf-8")
        return replace(self, policy_file=copy) if is_policy else replace(self, glossary_file=copy)
