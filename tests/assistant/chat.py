"""A chat model that says what a test lets it say: LangChain's own fake, which may also fail as real ones do."""

import re
import threading
from collections.abc import Callable, Iterator
from typing import Any

from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGenerationChunk

from assembly import Assembly
from assistant.assistant import Assistant
from assistant.chat_model import ChatModel
from assistant.prompt import keyed, load_prompt
from assistant.sent import Sent
from assistant.write import Writer
from corpus.types import Passage
from index.search import Index

NAME = "fake:model"


class FakeChat(GenericFakeChatModel):
    """Says its message word by word; then raises `error`, or waits for ever where it `hangs`."""

    error: Any = None
    hangs: bool = False
    finish: str = "stop"
    asked: list[list[BaseMessage]] = []  # noqa: RUF012  # a pydantic field: each fake has its own

    def _stream(self, messages: list[BaseMessage], *args: Any, **more: Any) -> Iterator[ChatGenerationChunk]:
        self.asked.append(messages)
        yield from super()._stream(messages, *args, **more)
        if self.hangs:
            threading.Event().wait()
        if self.error is not None:
            raise self.error
        last = AIMessageChunk(content="", response_metadata={"finish_reason": self.finish})
        yield ChatGenerationChunk(message=last)


def saying(text: str, **behaviour: Any) -> FakeChat:
    return FakeChat(messages=iter([AIMessage(content=text or " ")] * 9), **behaviour)


class Writing:
    """An assistant over the shipped material whose prose a fake writes, and what it sent."""

    def __init__(self, assembly: Assembly, chat: FakeChat, seconds: float = 20, full: bool = False) -> None:
        self.chat, self.sent = chat, list[Sent]()
        self._full = full
        writer = Writer(ChatModel(NAME, chat, seconds, "http://somewhere.example/v1"), load_prompt(), self._record)
        self.assistant = Assistant(assembly.index, assembly.policy, assembly.glossary, assembly.clock, writer)
        self.ask = self.assistant.ask

    def _record(self, sent: Sent) -> None:
        if self._full:
            raise OSError(28, "No space left on device")
        self.sent.append(sent)

    @property
    def told(self) -> str:
        """All that the model was told."""
        return "\n".join(str(message.content) for messages in self.chat.asked for message in messages)


Write = Callable[..., Writing]


def passage_with(words: str, index: Index) -> Passage:
    """The passage of the index that holds these words."""
    found = [p for d in index.content.document_ids() for p in index.content.passages_of(d) if words in p.text]
    assert found, words
    return found[0]


def key_of(words: str, index: Index) -> str:
    """The key of the passage that holds these words, in brackets."""
    (key,) = keyed([passage_with(words, index)])
    return f"[{key}]"


def bare(text: str) -> str:
    return re.sub(r"\s*\[\d+\]", "", text)
