"""Serves a chat model from a GGUF file on this machine, over the OpenAI protocol, to nobody but this machine."""

import importlib.util
import os
import socket
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from failures import BROKEN, Failure

if TYPE_CHECKING:
    import xllamacpp

ADDRESS = "127.0.0.1"
MAGIC = b"GGUF"  # the first bytes of such a file
CONTEXT = 4096  # tokens of one conversation: prompt, passages and answer

# Small models forget to cite. The server lets a sentence end with a key only, and makes words and sentences short.
CITING = r"""root ::= sentence sentence? sentence? sentence? sentence?
sentence ::= [A-Z] letter{0,24} (" " word){2,20} " [P" [0-9] [0-9] [0-9] "].\n"
word ::= letter{1,24} | [0-9]{1,6} ("." [0-9]{1,4})? letter{0,8}
letter ::= [^.\[\]\n0-9 ]
"""
AGAINST_LOOPS = 1.1  # how much less likely a repeated token gets; small models run in circles otherwise


def check(path: Path, port: int) -> None:
    """Says in one line what keeps a file from being served; the library itself would end the process."""
    if importlib.util.find_spec("xllamacpp") is None:
        raise Failure("model serve: xllamacpp is missing; pip install 'caveat[local]'", BROKEN)
    try:
        with path.open("rb") as file:
            magic = file.read(len(MAGIC))
    except OSError as error:
        raise Failure(f"model serve: {path}: {error.strerror}; give the path of a GGUF file", BROKEN) from error
    if magic != MAGIC:
        raise Failure(f"model serve: {path} is no GGUF file; give a model in that format", BROKEN)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError as error:
            raise Failure(f"model serve: port {port} is in use; choose another with --port", BROKEN) from error


def started(path: Path, port: int, threads: int | None, at_once: int, citing: bool) -> "xllamacpp.Server":
    """The running server, which writes so many answers at the same time and lets more wait.

    Raises Failure where the model cannot be loaded.
    """
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(path)
    params.model_alias = {name_of(path)}
    params.hostnames = [ADDRESS]
    params.port = port
    params.cors_origins = f"http://{ADDRESS}:{port}"  # no web page elsewhere may ask it
    params.offline = True
    params.endpoint_slots = params.endpoint_metrics = params.endpoint_props = False
    params.n_ctx, params.n_parallel = CONTEXT * at_once, at_once
    for cpu in (params.cpuparams, params.cpuparams_batch):
        cpu.n_threads = threads or max(1, (os.cpu_count() or 1) // 2)
        cpu.poll = 0  # waiting threads sleep: spinning, they take the processor from whoever searches meanwhile
    params.sampling.temp = 0.0  # the same question gets the same answer
    params.sampling.penalty_repeat = AGAINST_LOOPS
    if citing:
        user = xllamacpp.common_grammar_type.COMMON_GRAMMAR_TYPE_USER
        params.sampling.grammar = xllamacpp.CommonGrammar(user, CITING)
    try:
        return xllamacpp.Server(params)
    except Exception as error:  # the library raises what its C++ side throws
        raise Failure(f"model serve: {path} cannot be loaded ({error}); check the file", BROKEN) from error


def name_of(path: Path) -> str:
    """The name under which the model is served."""
    return path.stem


def serve(path: Path, port: int, threads: int | None, at_once: int, citing: bool, say: Any) -> None:
    """Serves until the process is ended, and says how to use it."""
    check(path, port)
    server = started(path, port, threads, at_once, citing)
    say(
        f"serving {name_of(path)} at {server.listening_address}/v1 for this machine alone; use it with "
        f"CAVEAT_CHAT_MODEL=openai:{name_of(path)} CAVEAT_CHAT_URL={server.listening_address}/v1"
    )
    threading.Event().wait()
