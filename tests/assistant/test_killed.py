"""A process that is killed in the middle of an answer: what was shown is there, and the conversation goes on."""

import os
import signal
import subprocess
import sys
import time

from assembly import Assembly
from assistant.history import ask_in, conversations
from assistant.storage import Storage
from settings import PROJECT

PROGRAM = """
import sys
from pathlib import Path
from assembly import Assembly
from assistant.history import ask_in
from assistant.storage import Storage
from tests.assistant.chat import Writing, key_of, saying
from tests.conftest import make_settings

assembly = Assembly(make_settings(Path(sys.argv[1])))
key = key_of("nano-sized extracellular vesicles", assembly.index())
chat = saying(f"Exosomes are secreted by most cell types {key}.\\nThey", hangs=True)
writing = Writing(assembly, chat, seconds=600)
ask_in(writing.assistant, Storage(Path(sys.argv[2]), sys.argv[3]), "talk", "What are exosomes?")
"""
SENTENCE = "Exosomes are secreted by most cell types. [1]"
WAIT = 120  # seconds within which the first sentence is kept


def test_a_kill_in_the_middle_of_a_streamed_answer_loses_no_released_sentence(
    assembly: Assembly, storage: Storage
) -> None:
    ask_in(assembly.assistant, storage, "talk", "What are stem cells?")
    writer = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(assembly.settings.data_dir), str(storage.data_dir), storage.database],
        cwd=PROJECT,
    )
    try:
        last = time.monotonic() + WAIT
        while _unfinished(storage) is None:
            assert writer.poll() is None, "the writer ended by itself"
            assert time.monotonic() < last, "no sentence was kept"
            time.sleep(0.1)
    finally:
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
    kept = _unfinished(storage)
    assert kept
    assert SENTENCE in kept["text"]
    assert "Investigational" not in kept["text"]  # a definition
    ask_in(assembly.assistant, storage, "talk", "How big are they?")
    with conversations(storage) as stored:
        turns = stored.turns("talk")
    assert [turn["question"] for turn in turns] == ["What are stem cells?", "What are exosomes?", "How big are they?"]
    assert turns[1]["text"] == kept["text"]
    assert turns[2]["standalone_question"] == "How big are exosomes?"


def _unfinished(storage: Storage) -> dict | None:
    with conversations(storage) as kept:
        return kept.unfinished("talk")
