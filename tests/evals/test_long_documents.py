"""Long documents lose the sentences that are asked for."""

from click.testing import CliRunner

from evals.long_documents import SHORTEST, long_documents, main
from evals.retrieval_sets import Source

SHARED = "This sentence stands in every one of the documents and is therefore never asked for by anybody."


def source(name: str) -> Source:
    kinds = [f"kind{name}{chr(97 + n // 10)}{chr(97 + n % 10)}" for n in range(40)]
    own = [f"The device of {kind} is tested by its maker before it is placed on the market anywhere." for kind in kinds]
    return Source(name, f"Rules {name}", "\n\n".join([f"# Part {name}", SHARED, " ".join(own), "- a list. " * 40]))


SOURCES = [source("a"), source("b"), Source("short", "", "Too short.")]


def test_a_question_is_a_sentence_that_its_document_has_lost() -> None:
    made = long_documents(SOURCES, 2, 2)
    texts = {s.id: s.text for s in made.sources}
    before = {s.id: s.text for s in SOURCES}
    assert set(texts) == {"a", "b"}
    assert [t.id.split("-")[1] for t in made.topics] == ["whole", "half"] * 2
    for topic in made.topics[::2]:
        assert topic.text in before[topic.relevant[0]]
        assert topic.text not in texts[topic.relevant[0]]
        assert topic.text != SHARED
    for topic in made.topics[1::2]:
        assert len(topic.text.split()) == 8


def test_the_same_seed_makes_the_same_set() -> None:
    assert long_documents(SOURCES, 2, 2) == long_documents(SOURCES, 2, 2)
    assert long_documents(SOURCES, 2, 2, seed=4) != long_documents(SOURCES, 2, 2)


def test_only_long_documents_are_taken() -> None:
    assert all(len(s.text) >= SHORTEST / 2 for s in long_documents(SOURCES, 3, 1).sources)
    assert len(long_documents(SOURCES, 3, 1).sources) == 2


def test_the_command_says_what_it_does() -> None:
    shown = CliRunner().invoke(main, ["--help"])
    assert shown.exit_code == 0
    assert "Make a retrieval set in FOLDER" in shown.output
