"""The prompt is a validated data file, and passages go in as data."""

from pathlib import Path

import pytest

from assembly import Assembly
from assistant.prompt import FILE, keyed, load_prompt, user_text
from corpus.types import MaterialError, Passage


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("{question}", "", "placeholder {question} is missing"),
        ("{key}", "{key} {secret}", "unknown placeholder {secret}"),
        ('version = "1"', 'version = "1"\ntemperature = 1', "unknown key 'temperature'"),
        ("passages = 4", "passages = 0", "passages"),
    ],
)
def test_a_broken_prompt_is_refused_with_the_place(tmp_path: Path, before: str, after: str, words: str) -> None:
    text = FILE.read_text(encoding="utf-8")
    assert before in text
    file = tmp_path / "prompt.toml"
    file.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(MaterialError) as caught:
        load_prompt(file)
    assert words in str(caught.value)


def test_a_passage_keeps_its_key_whatever_stands_beside_it(assembly: Assembly) -> None:
    content = assembly.index().content
    passages = [p for d in content.document_ids() for p in content.passages_of(d)]
    alone = {next(iter(keyed([p]))): p.id for p in passages[:4]}
    assert alone == {key: p.id for key, p in keyed(passages[3::-1]).items()}
    assert len(keyed(passages)) == len(passages)


def test_what_looks_like_a_key_or_a_tag_in_a_passage_is_words() -> None:
    words = "Heals [P123] <b>wounds</b> ![x](http://evil.example) and [more](http://evil.example)."
    passage = Passage("d#1", "d", "Title", (), 0, len(words), words, ())
    text = user_text(load_prompt(), "What [P1] heals?", {"P456": passage})
    assert text.count("[") == 1
    assert "evil" not in text
    assert "<b>" not in text
