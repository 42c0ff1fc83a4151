"""Joins the rooms: the one place where settings become a policy, an index and an assistant."""

import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.glossary import Glossary, load_glossary
from corpus.policy import Policy, load_policy
from corpus.readers import read_sources
from index.build import Progress, build_index
from index.carry import changes
from index.embedding import MiniLM
from index.embedding_process import EmbeddingProcess
from index.prune import still_said
from index.release import UNSIGNED, Release, promote
from index.search import Index, open_index
from index.types import BuildReport, Check, IndexUnusable, Manifest, Signature
from index.versions import Versions
from settings import Settings

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from assistant.storage import Storage
    from assistant.write import Writer
    from evals.asking import Asker
    from evals.asking_apart import Opening
    from evals.case_places import CasePlaces
    from evals.gate import Gate
    from evals.gate_report import Report

log = logging.getLogger("caveat")


@dataclass
class Assembly:
    """Everything of one data directory, made when it is first used and kept."""

    settings: Settings
    embedder: MiniLM | EmbeddingProcess = field(default_factory=MiniLM)
    check: Check | None = None  # asked before a version goes live
    _open: Index | None = None
    _refused: str | None = None  # a live version that could not be opened
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
    def assistant(self) -> "Assistant":
        from assistant.assistant import Assistant  # a second that a build need not wait

        return Assistant(self.index, self.policy, self.glossary, self.clock, self.writer)

    @cached_property
    def storage(self) -> "Storage":
        """Where conversations are kept."""
        from assistant.storage import Storage

        return Storage(self.settings.data_dir, self.settings.database)

    @cached_property
    def writer(self) -> "Writer | None":
        """The chat model of the settings; None where none is set."""
        read = self.settings
        if not read.chat_model:
            return None
        from assistant.chat_model import open_chat_model
        from assistant.prompt import load_prompt
        from assistant.sent import record
        from assistant.write import Writer

        model = open_chat_model(read.chat_model, read.chat_url, read.chat_tokens, read.chat_seconds)
        return Writer(model, load_prompt(), lambda sent: record(read.data_dir, sent))

    def clock(self) -> date:
        """Today, or the day that the settings fix."""
        return self.settings.today or date.today()

    def index(self) -> Index:
        """The live version; a newer one is picked up between two questions.

        Where the newer one cannot be opened, the one that is open goes on answering: it is whole.
        """
        with self._lock:
            live = self.versions.live()
            while self._open is None or live not in (self._open.version, self._refused):
                try:
                    self._open = open_index(self.versions, self.embedder, self.glossary, live)
                except IndexUnusable:
                    unread, live = live, self.versions.live()
                    if live != unread:
                        continue  # promoted and pruned in between
                    if self._open is None:
                        raise
                    log.exception("the live index version cannot be opened; the one before it goes on answering")
                    self._refused = live
            return self._open

    def build(
        self,
        sources: Sequence[Path] = (),
        progress: Progress = lambda done, total: None,
        signature: Signature = UNSIGNED,
        wanted: bool = True,
    ) -> BuildReport:
        """Builds an index from these sources, or from the configured ones, and makes it live if that is wanted."""
        folders = tuple(sources) or self.settings.sources
        _ = self.policy  # a broken policy stops a build, not a later answer
        if isinstance(self.embedder, EmbeddingProcess):  # it loads while the sources are read
            self.embedder.prepare() if self.versions.promotions() else self.embedder.start()
        documents, skipped = read_sources(folders)
        names = [str(folder) for folder in folders]
        how = Release(signature, self.check, wanted)
        return build_index(documents, skipped, names, self.versions, self.embedder, self.glossary, progress, how=how)

    def preview(
        self,
        sources: Sequence[Path] = (),
        embedded: Progress = lambda done, total: None,
        asked: Progress = lambda done, total: None,
        ask_all: bool = False,
    ) -> "tuple[BuildReport, Report]":
        """Stages a version of these sources, and what the gate finds of it next to the live one, which stays live."""
        report = self.build(sources, embedded, wanted=False)
        gate = self.gate(asked)
        gate.ask_all = ask_all
        return report, gate.examine(report.version, self.versions.live())

    def guard(self, progress: Progress) -> None:
        """From now on, no version goes live unless the gate lets it pass."""
        self.check = lambda staged, live: self.gate(progress)(staged, live)

    def gate(self, progress: Progress = lambda done, total: None) -> "Gate":
        """What a version is asked before it goes live: the evaluation cases, next to the live one."""
        from evals.gate import Gate  # another second, when a version is about to go live

        return Gate(
            self.versions, self.embedder, self.policy, self.glossary, self.clock, self.settings.data_dir,
            folders=self.case_places.read, progress=progress,
        )  # fmt: skip

    @cached_property
    def case_places(self) -> "CasePlaces":
        """Where cases are read, and where new ones are written."""
        from evals.case_places import case_places

        return case_places(self.settings.data_dir, self.settings.cases)

    @contextmanager
    def asker(self, version: str) -> "Iterator[Asker]":
        """One version opened for evaluation cases."""
        from evals.asking import Asker, Remembering, subject_of

        embedder = Remembering(self.embedder)  # a question is searched for more than once
        index = open_index(self.versions, embedder, self.glossary, version)
        try:
            subject = subject_of(index.content, version, embedder, self.policy, self.glossary, self.clock())
            yield Asker(index, subject, self.policy, self.glossary, self.clock())
        finally:
            index.close()

    def opening(self, version: str) -> "Opening":
        """What another process needs to open the same version."""
        from evals.asking_apart import Opening

        return Opening(self.settings.data_dir, version, self.policy, self.glossary, self.clock())

    def promote(self, how: str, name: str | None, signature: Signature) -> tuple[str, bool, tuple[str, ...]]:
        """Makes a version live, the one before the live one unless named; its name, success, and the check's words."""
        chosen = name or self.versions.before_live()
        wish = Release(signature, self.check)
        return (chosen, *promote(self.versions, chosen, self.embedder, self.glossary, how, wish))

    def withdraw(self) -> tuple[int, int]:
        """Takes out answers that quote words which no version holds now; how many of conversations, and of runs."""
        from assistant.history import withdraw
        from evals.runs import Runs

        with still_said(self.versions) as is_said:
            return withdraw(self.storage, is_said), Runs(self.settings.data_dir).withdraw(is_said)

    def outdated(self, manifest: Manifest) -> list[str]:
        """What a version was built with that is no longer so."""
        return changes(manifest, self.embedder, self.glossary)

    def listed_versions(self) -> list[dict[str, Any]]:
        """Every version on the disk with its counts, its size and its promotions, the oldest first."""
        live, promotions = self.versions.promotions()[-1:], self.versions.promotions()
        return [
            _counts(self.versions, name)
            | {
                "version": name,
                "live": [name] == [one.version for one in live],
                "bytes": self.versions.size(name),
                "promotions": [asdict(one) for one in promotions if one.version == name],
            }
            for name in self.versions.names()
        ]

    def ensure_index(self, progress: Progress = lambda done, total: None) -> BuildReport | None:
        """Builds the first index where there is none yet."""
        return None if self.versions.live() else self.build(progress=progress)


def _counts(versions: Versions, name: str) -> dict[str, Any]:
    try:
        manifest = versions.manifest(name)
    except IndexUnusable as error:
        return {"built_at": None, "documents": None, "passages": None, "error": str(error)}
    counts = {"built_at": manifest.built_at, "documents": manifest.documents, "passages": manifest.passages}
    return counts | {"error": None}
