"""What a chat model is given: the prompt's file, and passages as data under keys that stay theirs."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from string import Formatter

from pydantic import Field

from assistant.markup import plain
from corpus.data_file import Strict, load_toml
from corpus.types import MaterialError, Passage

FILE = Path(__file__).with_name("prompt.toml")
KEYS = 1000  # that passages are spread over: three digits, which a small model still copies

# The placeholders of each text; each stands in it, and no other.
_PLACEHOLDERS: dict[str, frozenset[str]] = {
    "system": frozenset(),
    "passage": frozenset(("key", "heading", "words")),
    "user": frozenset(("passages", "question")),
}


class Example(Strict):
    """A turn before the question that shows the form."""

    question: str
    answer: str


class Prompt(Strict):
    """The whole prompt file."""

    version: str
    passages: int = Field(ge=1)  # at most, for one answer
    characters: int = Field(ge=100)  # of one passage, at most
    system: str = Field(min_length=1)
    passage: str
    user: str
    example: Example

    def messages(self, question: str, passages: dict[str, Passage]) -> list[tuple[str, str]]:
        """What a model is sent, as LangChain takes it: (role, words)."""
        shown = [("human", self.example.question), ("ai", self.example.answer)]
        asked = user_text(self, question, passages)
        return [(role, words.strip()) for role, words in (("system", self.system), *shown, ("human", asked))]


def load_prompt(path: Path = FILE) -> Prompt:
    """The validated prompt. Raises MaterialError naming the file, what is wrong and the remedy."""
    prompt = load_toml(path, Prompt)
    for key, allowed in _PLACEHOLDERS.items():
        try:
            used = {name for _, name, _, _ in Formatter().parse(getattr(prompt, key)) if name is not None}
        except ValueError as error:
            raise MaterialError(str(path), f"{key}: {error}", "write {{ and }} for braces") from error
        if unknown := used - allowed:
            raise MaterialError(str(path), f"{key}: unknown placeholder {{{min(unknown)}}}", "remove it")
        if missing := allowed - used:
            raise MaterialError(str(path), f"{key}: placeholder {{{min(missing)}}} is missing", "add it")
    return prompt


def keyed(passages: Sequence[Passage]) -> dict[str, Passage]:
    """The passages by their keys; a passage has the same key whatever stands beside it, but for rare collisions."""
    found: dict[str, Passage] = {}
    for passage in passages:
        number = int(hashlib.sha256(passage.id.encode()).hexdigest(), 16) % KEYS
        while (key := f"P{number:03}") in found:
            number = (number + 1) % KEYS
        found[key] = passage
    return found


def user_text(prompt: Prompt, question: str, passages: dict[str, Passage]) -> str:
    """The question under the passages; their brackets and tags are words, so that none looks like a key."""
    lines = [
        prompt.passage.format(
            key=key,
            heading=plain(passage.section[-1] if passage.section else passage.title),
            words=plain(passage.text)[: prompt.characters],
        )
        for key, passage in passages.items()
    ]
    return prompt.user.format(passages="\n".join(lines), question=plain(question)).strip()
