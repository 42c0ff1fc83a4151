"""The embedding model in a process of its own, so that its seconds of loading hold up nobody else."""

import gc
import os
import pickle
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from index.embedding import MiniLM, known_model
from index.few_texts import FewTexts
from index.types import IndexUnusable, Vectors, WordVectors

ATTEMPTS = 2  # a process that was ended from outside is started again once


class EmbeddingProcess:
    """MiniLM behind a pipe: the same vectors. One question at a time; safe to share between threads.

    The process starts with `start` or with the first call for more than a few texts, loads the model, and ends when
    its owner does or closes it. A call raises what MiniLM raises, and IndexUnusable where the process ends twice
    without an answer.
    """

    fingerprint = MiniLM.fingerprint

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._few = FewTexts(known_model)

    def start(self) -> None:
        """Begins to load the model, without waiting for it."""
        with self._lock:
            self._running()

    def prepare(self) -> None:
        """Begins to make ready what embeds a few texts, beside whatever goes on."""
        threading.Thread(target=self._prepare, daemon=True).start()

    def _prepare(self) -> None:
        with self._lock, suppress(IndexUnusable):  # the first call tries again, and its error is told
            self._few.load()

    def embed(self, texts: list[str]) -> Vectors:
        """One unit vector a text, shape (len(texts), 384)."""
        return self._call("embed", texts)

    def embed_words(self, texts: list[str]) -> list[WordVectors]:
        """Each text's unit vector, and one for each of its words."""
        return self._call("embed_words", texts)

    def close(self) -> None:
        """Ends the process; a later call starts another."""
        with self._lock:
            self._end()

    def _call(self, verb: str, texts: list[str]) -> Any:
        with self._lock:
            if self._process is None and self._few.takes(texts):
                return getattr(self._few, verb)(texts)
            for _ in range(ATTEMPTS):
                try:
                    outcome = self._exchange((verb, texts))
                except (BrokenPipeError, EOFError, pickle.UnpicklingError):
                    code = self._end()
                    continue
                if isinstance(outcome, BaseException):
                    raise outcome
                return outcome
        remedy = "free some memory, or see what ends the process"
        raise IndexUnusable("the embedding model", f"its process ended with code {code}", remedy)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            command = [sys.executable, "-m", "index.embedding_process"]
            folder = Path(__file__).resolve().parent.parent  # where Python finds this package again
            self._process = subprocess.Popen(  # noqa: S603  # our own module
                command,
                cwd=folder,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                start_new_session=True,  # Ctrl-C is for the process that started it, which then closes the pipe
            )
        return self._process

    def _exchange(self, message: object) -> Any:
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        _send(process.stdin, message)
        return pickle.load(process.stdout)  # noqa: S301  # written by our own process

    def _end(self) -> int | None:
        process, self._process = self._process, None
        if process is None:
            return None
        process.kill()
        with suppress(BrokenPipeError):  # closing writes what is left for a process that is gone
            process.__exit__(None, None, None)
        return process.wait()


def _send(stream: IO[bytes], message: object) -> None:
    pickle.dump(message, stream, protocol=pickle.HIGHEST_PROTOCOL)
    stream.flush()


def _serve(questions: IO[bytes], answers: IO[bytes]) -> None:
    """Answers calls to a MiniLM until the questions end."""
    model = MiniLM()
    gc.disable()  # importing makes objects that stay; collecting among them takes a fifth of the time
    with suppress(Exception):  # the first call tries again, and its error is told
        model.load()
    gc.freeze()
    gc.enable()
    while True:
        try:
            verb, texts = pickle.load(questions)  # noqa: S301  # written by the process that started this one
        except EOFError:
            return
        try:
            outcome = getattr(model, verb)(texts)
        except Exception as error:  # it is raised where the call was made
            outcome = error
        _send(answers, outcome)


if __name__ == "__main__":
    reply = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints goes with the errors, not into the answers
    _serve(sys.stdin.buffer, reply)
