"""A chat model is opened as the settings name it, and each way in which it fails has its words."""

import httpx
import pytest
from langchain_core.messages import AIMessage

from assistant.chat_model import ChatModel, ChatModelError, ModelFailed, in_words, open_chat_model
from tests.assistant.chat import FakeChat, saying

URL = "http://127.0.0.1:9/v1"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("gpt-4o", "has no provider; write it as openai:NAME"),
        ("openai:", "has no provider"),
        ("cohere:command", "the LangChain package of cohere"),
        ("nobody:model", "cannot be set up"),
    ],
)
def test_a_name_that_cannot_be_used_says_what_to_do(name: str, words: str) -> None:
    with pytest.raises(ChatModelError, match=words):
        open_chat_model(name, "", 100, 10)


def test_a_server_on_this_machine_needs_no_key_and_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    model = open_chat_model("openai:local", URL, 100, 10)
    assert (model.name, model.address) == ("openai:local", f"{URL}/")
    assert getattr(model.chat, "max_retries", None) == 0


def test_an_address_is_named_without_its_password() -> None:
    chat: FakeChat = saying("x")
    assert ChatModel("fake:x", chat, 1, "https://me:secret@host.example/v1").address == "https://host.example/v1"


def test_an_openai_model_elsewhere_needs_its_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(ChatModelError, match="set its key"):
        open_chat_model("openai:gpt", "", 100, 10)


def test_a_dead_server_cannot_be_reached() -> None:
    model = open_chat_model("openai:local", URL, 100, 10)
    with pytest.raises(ModelFailed, match="it cannot be reached"):
        list(model.stream([("human", "x")]))


def test_an_error_is_worded_without_its_own_words() -> None:
    assert in_words(httpx.ReadTimeout("the words that were sent")) == "it did not answer in time"
    assert in_words(KeyError("the words that were sent")) == "it failed (KeyError)"


def test_an_answer_without_end_is_cut_off() -> None:
    chat = FakeChat(messages=iter([AIMessage(content="word " * 20_000)]))
    assert sum(map(len, ChatModel("fake:x", chat, 20).stream([("human", "x")]))) < 13_000
