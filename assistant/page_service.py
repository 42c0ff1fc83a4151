"""What the page asks of the assistant: loading behind the first paint, answers off the script's thread, stored turns."""

import gc
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.background import begin, in_words

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from assistant.storage import Storage
    from assistant.types import Answer
    from corpus.glossary import Glossary
    from index.content import Content

AGAIN = "ask again"
FIRST_PAINT = 0.3  # seconds; the imports would hold the interpreter while the browser fetches the page

Say = Callable[[str], None]  # how far loading has come, in words for the reader


@dataclass(frozen=True, slots=True)
class Desk:
    """The rooms that the page works with, ready to answer."""

    assistant: "Assistant"
    data_dir: Path
    storage: "Storage"  # of the conversations
    glossary: "Glossary"
    content: Callable[[], "Content"]  # the words of the version that is live at the moment


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that is not answered yet, or that could not be."""

    question: str  # personal data redacted
    reader: str  # who asked it; nobody else sees it
    outcome: Future[None]
    shown: list[dict[str, Any]]  # the answers so far of a chat model, each an answer's JSON, one sentence longer

    @property
    def waits(self) -> bool:
        return not self.outcome.done()

    @property
    def error(self) -> str | None:
        """Why there is no answer, in one line; None while there may be one."""
        return None if self.waits else in_words(self.outcome.exception(), AGAIN)


@dataclass(frozen=True, slots=True)
class View:
    """A conversation as it stands, for one run of the page."""

    turns: list[dict[str, Any]]  # finished turns, each an answer's JSON
    asked: list[Asked]
    desk: Desk | None  # None while it is being made ready
    error: str | None  # why it cannot be made ready, or the conversation not be read

    @property
    def so_far(self) -> dict[str, Any] | None:
        """The answer that is being written, as far as it has been verified; None while there is none."""
        return next((asked.shown[-1] for asked in self.asked if asked.waits and asked.shown), None)

    @property
    def waiting(self) -> int:
        return sum(asked.waits for asked in self.asked)


class Service:
    """One a process, shared by all its sessions."""

    def __init__(self, load: Callable[[Say], Desk]) -> None:
        """Begins to load at once, in the background."""
        self._load = load
        self._asked: dict[str, list[Asked]] = {}
        self._lock = threading.Lock()
        self.progress = ""  # what loading is busy with, for the reader
        self._desk = begin(self._make_ready)

    def retry(self) -> None:
        """Loads again after a failure, once the cause has been mended; what is loaded stays."""
        if self._desk.done() and self._desk.exception():
            self._desk = begin(self._make_ready)

    def ask(self, conversation: str, question: str, reader: str) -> None:
        """Takes a question; it is answered after those that were asked before it in the same conversation."""
        from assistant.privacy import redact
        from assistant.screen import MAX_CHARACTERS
        from corpus.matching import normalise

        shown = redact(normalise(question[:MAX_CHARACTERS])).text + ("…" if len(question) > MAX_CHARACTERS else "")
        with self._lock:
            earlier = [asked for asked in self._asked.get(conversation, []) if asked.waits]
            so_far = list[dict[str, Any]]()
            before = [asked.outcome for asked in earlier]
            outcome = begin(self._answer, conversation, question, reader, before, so_far)
            self._asked[conversation] = [*earlier, Asked(shown, reader, outcome, so_far)]

    def view(self, conversation: str | None, reader: str) -> View:
        """The conversation as it stands, empty where it is somebody else's.

        What is under way is read first, so that a turn cannot be missed in between.
        """
        loading = self._desk
        error = loading.exception() if loading.done() else None
        desk = loading.result() if loading.done() and not error else None
        if conversation is None:
            return View([], [], desk, in_words(error, AGAIN))
        asked = [one for one in self._under_way(conversation) if one.reader == reader]
        writing = any(one.waits for one in asked)
        turns = list[dict[str, Any]]()
        if desk:
            from assistant.store import StoreUnusable

            try:
                turns = self._turns(desk, conversation, reader, writing)
            except StoreUnusable as unusable:
                error = unusable
        return View(turns, asked, desk, in_words(error, AGAIN))

    def _under_way(self, conversation: str) -> list[Asked]:
        with self._lock:
            left = [asked for asked in self._asked.get(conversation, []) if asked.waits or asked.error]
            if left:
                self._asked[conversation] = left
            else:
                self._asked.pop(conversation, None)
            return left

    @staticmethod
    def _turns(desk: Desk, conversation: str, reader: str, writing: bool) -> list[dict[str, Any]]:
        """The finished turns, and one that broke off when a server ended; what is being `writing` now is not among them."""
        from assistant.history import conversations

        with conversations(desk.storage) as kept:
            if not kept.may_open(conversation, reader):
                return []
            broken_off = None if writing else kept.unfinished(conversation)
            return kept.turns(conversation) + ([broken_off] if broken_off else [])

    def _make_ready(self) -> Desk:
        time.sleep(FIRST_PAINT)
        try:
            desk = self._load(self._report)
        finally:
            self.progress = ""
        gc.freeze()  # Streamlit collects after every run of the page; going through the libraries again takes 0.5 s
        return desk

    def _report(self, words: str) -> None:
        self.progress = words

    def _answer(
        self, conversation: str, question: str, reader: str, earlier: list[Future[None]], shown: list[dict[str, Any]]
    ) -> None:
        for outcome in earlier:
            outcome.exception()  # waits; its error is its own question's matter
        desk = self._desk.result()
        from assistant.history import ask_in

        def show(so_far: "Answer") -> None:
            shown.append(so_far.to_json())

        ask_in(desk.assistant, desk.storage, conversation, question, show, reader)
