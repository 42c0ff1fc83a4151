"""A trial of stored conversations: many at once, from many clients and several processes; none mixed, none lost."""

import json
import subprocess
import sys
import threading
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import settings
from assistant.assistant import Assistant
from assistant.history import ask_in, conversations
from assistant.storage import Storage
from corpus.glossary import load_glossary
from corpus.policy import load_policy
from evals.trial_index import TrialFailed
from index.embedding import MiniLM
from index.search import open_index
from index.versions import Versions

QUESTIONS = (
    "What are exosomes?", "How big are they?", "What are stem cells?", "What happens to the skin as it ages?",
    "Are exosomes FDA-approved?", "Why do exosomes appeal clinically?", "What should informed consent cover?",
)  # fmt: skip
TODAY = date(2026, 1, 1)  # on which the questions are asked


def asked_of(number: int, turns: int) -> list[str]:
    """The questions of a conversation, others than its neighbours'."""
    return [QUESTIONS[(number * 3 + turn * (1 + number % 2)) % len(QUESTIONS)] for turn in range(turns)]


def many_conversations(storage: Storage, processes: int, clients: int, each: int, turns: int) -> str:
    """Lets clients hold conversations at once, then reads them all; what was seen, in one line.

    Raises TrialFailed for a conversation that lacks a turn or holds another's, and where there are some already.
    """
    with conversations(storage) as kept:
        if kept.all():
            raise TrialFailed(f"the database holds conversations; give the trial an empty one ({storage.look()})")
    clients -= clients % processes
    servers = [_begin(storage, number, clients // processes, each, turns) for number in range(processes)]
    errors = [server.communicate()[1].decode() for server in servers]
    if any(server.returncode for server in servers):
        raise TrialFailed(f"a server ended badly: {''.join(errors)[-500:]}")
    count = clients * each
    hold_whole(storage, count, turns)
    return (
        f"{count} conversations of {turns} turns at once, {clients} clients in {processes} processes: "
        f"none mixed, none lost, in {storage.look()}"
    )


def hold_whole(storage: Storage, count: int, turns: int) -> None:
    """Raises TrialFailed unless each of so many conversations holds its own turns, whole, and is listed."""
    with conversations(storage) as kept:
        for number in range(count):
            name = f"talk-{number}"
            found = [turn["question"] for turn in kept.turns(name)]
            if found != asked_of(number, turns):
                raise TrialFailed(f"conversation {name} holds {found}, not {asked_of(number, turns)}")
            if (unfinished := kept.unfinished(name)) is not None:
                raise TrialFailed(f"conversation {name} holds an unfinished turn: {json.dumps(unfinished)[:200]}")
        listed = len(kept.all())
    if listed != count:
        raise TrialFailed(f"{listed} conversations are listed, not {count}")


def _begin(storage: Storage, server: int, clients: int, each: int, turns: int) -> "subprocess.Popen[bytes]":
    numbers = [str(value) for value in (server, clients, each, turns)]
    return subprocess.Popen(  # noqa: S603  # this environment's own module
        [sys.executable, "-X", "utf8", "-m", "evals.trials", "serve-conversations", str(storage.data_dir), *numbers],
        cwd=settings.PROJECT,
        stderr=subprocess.PIPE,
        env=settings.child_environment(storage.data_dir, storage.database),
    )


def hold_conversations(data_dir: Path, server: int, clients: int, each: int, turns: int) -> None:
    """Holds the conversations of one process, each client's in turns. Raises the first error of a client."""
    read = settings.load_settings()
    glossary = load_glossary(read.glossary)
    index = open_index(Versions(data_dir), MiniLM(), glossary)
    storage = Storage(data_dir, read.database)
    assistant = Assistant(lambda: index, load_policy(read.policy), glossary, lambda: TODAY)
    assistant.load()
    failed: list[Exception] = []

    def talk(own: Sequence[int]) -> None:
        try:
            for turn in range(turns):
                for number in own:
                    ask_in(assistant, storage, f"talk-{number}", asked_of(number, turns)[turn])
        except Exception as error:  # told by whoever waits for the threads
            failed.append(error)

    first = server * clients * each
    threads = [
        threading.Thread(target=talk, args=(range(first + client * each, first + (client + 1) * each),))
        for client in range(clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
