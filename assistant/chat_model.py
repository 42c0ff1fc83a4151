"""The chat model of the settings, through LangChain: what it is asked goes out, its words come back as they come.

It decides nothing. Whatever goes wrong with it is a ModelFailed, in words for the reader.
"""

import queue
import re
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

Messages = Sequence[tuple[str, str]]  # (role, words), as LangChain takes them

EXTRAS = ("openai", "anthropic", "ollama")  # providers that the project has an extra for, by the same name
LOOPBACK = ("127.0.0.1", "localhost", "::1")
NO_KEY = "none"  # stands for the key where a server on this machine asks for none
REFUSED = frozenset(("content_filter", "refusal", "safety", "SAFETY"))  # how providers say why a model stopped
MOST_CHARACTERS = 12_000  # of one answer: no answer is that long, whatever the provider makes of the limit on tokens

_KINDS: tuple[tuple[re.Pattern[str], str], ...] = (  # by the names of an error's classes, whichever library raised it
    (re.compile("RateLimit|Overloaded"), "it takes no more requests for now"),
    (re.compile("Timeout"), "it did not answer in time"),
    (re.compile("Connect|Connection"), "it cannot be reached"),
    (re.compile("Authentication|PermissionDenied"), "it does not accept the key"),
    (re.compile("NotFound"), "its server does not know the model"),
    (re.compile("ContentFilter|Refus"), "it declined"),
    (re.compile("InvalidRequest|BadRequest"), "it does not take the request, which may be too long for it"),
)


class ChatModelError(ValueError):
    """A chat model that cannot be used as the settings name it: what, and what to do."""


class ModelFailed(RuntimeError):
    """A chat model that gave no answer, or broke off: why, in words for the reader."""


@dataclass(frozen=True)
class ChatModel:
    """A chat model under its name in the settings."""

    name: str  # as in the settings, "openai:gpt-4o"
    chat: "BaseChatModel"
    seconds: float  # within which an answer is whole
    url: str = ""

    @cached_property
    def address(self) -> str:
        """Where words sent to it go, as its client has it, without any credentials."""
        for path in ("root_client.base_url", "_client.base_url", "_client._client.base_url"):
            if found := _attribute(self.chat, path):
                return _bare(str(found))
        return _bare(self.url) or self.name.partition(":")[0]

    def stream(self, messages: Messages) -> Iterator[str]:
        """The answer in pieces as they come. Raises ModelFailed where it does not come, or not whole in time.

        A thread of its own waits for the model, so that a model that hangs holds up nobody.
        """
        arrived: queue.SimpleQueue[str | Exception | None] = queue.SimpleQueue()
        stopped = threading.Event()
        work = threading.Thread(target=self._read, args=(messages, arrived, stopped), name="chat", daemon=True)
        last = time.monotonic() + self.seconds
        work.start()
        characters = 0
        try:
            while True:
                try:
                    piece = arrived.get(timeout=max(0.0, last - time.monotonic()))
                except queue.Empty as error:
                    raise ModelFailed("it did not answer in time") from error
                if piece is None or characters > MOST_CHARACTERS:
                    return
                if isinstance(piece, Exception):
                    raise ModelFailed(in_words(piece)) from piece
                characters += len(piece)
                yield piece
        finally:
            stopped.set()

    def _read(
        self, messages: Messages, arrived: "queue.SimpleQueue[str | Exception | None]", stopped: threading.Event
    ) -> None:
        try:
            for chunk in self.chat.stream(messages):
                reasons = (chunk.response_metadata.get(key) for key in ("finish_reason", "stop_reason"))
                if chunk.additional_kwargs.get("refusal") or any(reason in REFUSED for reason in reasons):
                    raise ModelFailed("it declined")
                arrived.put(str(chunk.text))
                if stopped.is_set():
                    return
            arrived.put(None)
        except Exception as error:  # whatever a provider's library raises: the reader of the queue words it
            arrived.put(error)


def open_chat_model(name: str, url: str, most_tokens: int, seconds: float) -> ChatModel:
    """The chat model that LangChain's init_chat_model knows by this name, at this address if one is given.

    Nothing is sent. Raises ChatModelError where the name, its package or its key is missing.
    """
    provider, _, model = name.partition(":")
    if not (provider and model):
        raise ChatModelError(
            f"chat model {name!r} has no provider; write it as openai:NAME, anthropic:NAME, ollama:NAME"
        )
    from langchain.chat_models import init_chat_model

    try:
        chat = init_chat_model(model, model_provider=provider, **_options(provider, url, most_tokens, seconds))
    except ImportError as error:
        wanted = f"'caveat[{provider}]'" if provider in EXTRAS else f"the LangChain package of {provider}"
        raise ChatModelError(f"chat model {name!r}: its package is missing; pip install {wanted}") from error
    except Exception as error:  # each provider has its own errors for a missing key or an unknown option
        why = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise ChatModelError(
            f"chat model {name!r} cannot be set up ({why}); set its key, or correct the name"
        ) from error
    return ChatModel(name, chat, seconds, url)


def _options(provider: str, url: str, most_tokens: int, seconds: float) -> dict[str, Any]:
    """The limits, as the provider's class names them. It is asked once: where it fails, the material's words answer."""
    address = {"base_url": url} if url else {}
    if provider == "ollama":
        return address | {"num_predict": most_tokens, "client_kwargs": {"timeout": seconds}}
    if provider == "openai" and urlsplit(url).hostname in LOOPBACK:
        address["api_key"] = NO_KEY
    return address | {"max_tokens": most_tokens, "timeout": seconds, "max_retries": 0}


def in_words(error: Exception) -> str:
    """Why a model failed, for the reader; never the error's own words, which may repeat what was sent."""
    if isinstance(error, ModelFailed):
        return str(error)
    names = [kind.__name__ for kind in type(error).__mro__]
    for pattern, words in _KINDS:
        if any(pattern.search(name) for name in names):
            return words
    return f"it failed ({type(error).__name__})"


def _attribute(thing: object, path: str) -> object:
    for name in path.split("."):
        thing = getattr(thing, name, None)
    return thing


def _bare(address: str) -> str:
    """An address without a user or password in it."""
    parts = urlsplit(address)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
