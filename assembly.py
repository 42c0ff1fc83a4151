"""Joins the rooms: the one place where settings become a policy, an index and an assistant."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from assistant.assistant import Assistant
from corpus.glossary import Glossary, load_glossary
from corpus.policy import Policy, load_policy
from corpus.readers import read_sources
from index.build import Progress, build_index
from index.embedding import MiniLM
from index.embedding_process import EmbeddingProcess
from index.search import Index, open_index
from index.types import BuildReport
from index.versions import Versions
from settings import Settings


@dataclass
class Assembly:
    """Everything of one data directory, made when it is first used and kept."""

    settings: Settings
    embedder: MiniLM | EmbeddingProcess = field(default_factory=MiniLM)
    _open: Index | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @cached_property
    def policy(self) -> Policy:
        return load_policy(self.settings.policy)

    @cached_property
    def glossary(self) -> Glossary:
        return load_glossary(self.settings.glossary)

    @cached_property
    def versions(self) -> Versions:
        return Versions(self.settings.data_dir)

    @cached_property
    def assistant(self) -> Assistant:
        return Assistant(self.index, self.policy, self.glossary, self.clock)

    def clock(self) -> date:
        """Today, or the day that the settings fix."""
        return self.settings.today or date.today()

    def index(self) -> Index:
        """The live version; a newer one is picked up between two questions."""
        with self._lock:
            live = self.versions.live()
            if self._open is None or self._open.version != live:
                self._open = open_index(self.versions, self.embedder, self.glossary, live)
            return self._open

    def build(self, sources: Sequence[Path] = (), progress: Progress = lambda done, total: None) -> BuildReport:
        """Builds an index from these sources, or from the configured ones, and makes it live."""
        folders = tuple(sources) or self.settings.sources
        _ = self.policy  # a broken policy stops a build, not a later answer
        documents, skipped = read_sources(folders)
        names = [str(folder) for folder in folders]
        return build_index(documents, skipped, names, self.versions, self.embedder, self.glossary, progress)

    def ensure_index(self, progress: Progress = lambda done, total: None) -> BuildReport | None:
        """Builds the first index where there is none yet."""
        return None if self.versions.live() else self.build(progress=progress)
