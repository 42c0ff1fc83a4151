"""A chat model's sentences are shown only where the cited words say them; whatever else comes, the material answers."""

from typing import Any

import pytest
from langchain_core.exceptions import ModelConnectionError, ModelRateLimitError, ModelTimeoutError

from assembly import Assembly
from assistant.types import Answer
from assistant.write import MOST_IN_VAIN, MOST_SENTENCES
from corpus.glossary import Glossary
from corpus.policy import Policy
from index.embedding import MiniLM
from tests.assistant.chat import NAME, FakeChat, Writing, bare, key_of, saying
from tests.assistant.conftest import CAVEAT, EMERGENCY
from tests.assistant.test_graph_failures import index_over

QUESTION = "What are exosomes?"
SIZE = "Exosomes are nano-sized extracellular vesicles (EVs) with a diameter of approximately 30–150 nm."
SECRETED = "Exosomes are secreted by most cell types, including mesenchymal stem cells (MSCs)."
SHORTER = "Exosomes are secreted by most cell types."
UNSUPPORTED = [
    ("a figure changed", "Exosomes are nano-sized extracellular vesicles with a diameter of approximately 30–250 nm"),
    ("a denial", "Exosomes are not secreted by most cell types"),
    ("more certain", "All exosomes are secreted by cell types, including mesenchymal stem cells"),
    ("other words", "Exosomes are secreted by most cancer cell types"),
    ("another order", "Most cell types are secreted by exosomes"),
    ("a directive", "You should inject exosomes with a diameter of approximately 30–150 nm"),
    ("a dose", "Inject 2 ml of exosomes with a diameter of approximately 30–150 nm"),
    ("a brand", "ExoGlow® exosomes are secreted by most cell types"),
    ("a price", "Exosomes are secreted by most cell types and cost $400"),
    ("a promise", "Exosomes are guaranteed to be secreted by most cell types"),
    ("an approval", "Exosomes are FDA-approved extracellular vesicles"),
    ("leaning", "They are secreted by most cell types"),
]
MARKUP = [
    'Exosomes are secreted by most cell types <img src="https://evil.example/x.png">',
    "Exosomes are secreted by [most cell types](https://evil.example)",
    "Exosomes are secreted by ![x](https://evil.example/x.png) most cell types",
    "Exosomes are secreted by most cell types, see www.evil.example",
    "Exosomes are secreted by most cell types<script>alert(1)</script>",
]


@pytest.fixture
def key(assembly: Assembly) -> str:
    """The key of the passage that says what exosomes are."""
    return key_of("nano-sized extracellular vesicles", assembly.index())


def written(assembly: Assembly, text: str, question: str = QUESTION, **behaviour: Any) -> Answer:
    return Writing(assembly, saying(text, **behaviour)).ask([question])


def own(assembly: Assembly, question: str = QUESTION) -> Answer:
    return assembly.assistant.ask([question])


def same(one: Answer, other: Answer) -> bool:
    return (one.text, one.claims, one.citations, one.caveats, one.status) == (
        other.text, other.claims, other.citations, other.caveats, other.status,
    )  # fmt: skip


def counts(answer: Answer) -> tuple[int, int, int]:
    assert answer.written
    assert answer.written.proposed == answer.written.released + answer.written.replaced + answer.written.dropped
    return answer.written.released, answer.written.replaced, answer.written.dropped


def test_a_sentence_that_the_cited_words_say_is_shown_as_the_model_wrote_it(assembly: Assembly, key: str) -> None:
    answer = written(assembly, f"{SHORTER[:-1]} {key}.")
    assert answer.claims[0].text == SHORTER
    assert answer.citations[0].quote == SECRETED
    assert answer.answer_model == NAME
    assert counts(answer) == (1, 0, 0)


def test_what_the_answer_must_hold_is_added_where_the_model_leaves_it_out(assembly: Assembly, key: str) -> None:
    answer = written(assembly, f"{SHORTER[:-1]} {key}.")
    assert own(assembly).claims[0].text in [claim.text for claim in answer.claims]


@pytest.mark.parametrize(("what", "words"), UNSUPPORTED, ids=[what for what, _ in UNSUPPORTED])
def test_a_sentence_that_the_cited_words_do_not_say_is_not_shown(
    assembly: Assembly, key: str, what: str, words: str
) -> None:
    answer = written(assembly, f"{SHORTER[:-1]} {key}. {words} {key}.")
    assert words not in bare(answer.text)
    released, replaced, dropped = counts(answer)
    assert (released, replaced + dropped) == (1, 1)
    assert {g.action for g in answer.guardrails} <= {"replaced", "dropped"}


def test_an_unsupported_sentence_gives_way_to_the_words_of_the_material(assembly: Assembly, key: str) -> None:
    answer = written(assembly, f"{SHORTER[:-1]} {key}. {UNSUPPORTED[0][1]} {key}.")
    assert [claim.text for claim in answer.claims] == [SHORTER, SIZE]
    assert counts(answer) == (1, 1, 0)
    assert [(g.rule, g.action) for g in answer.guardrails] == [("support", "replaced")]


@pytest.mark.parametrize("words", MARKUP)
def test_markup_of_a_model_is_not_shown(assembly: Assembly, key: str, words: str) -> None:
    answer = written(assembly, f"{SHORTER[:-1]} {key}. {words} {key}.")
    assert "evil" not in answer.text
    assert "<" not in answer.text
    assert answer.answer_model == NAME


def test_keys_of_no_passage_are_removed_and_counted(assembly: Assembly, key: str) -> None:
    answer = written(assembly, f"{SHORTER[:-1]} {key} [P9999]. Exosomes heal all wounds [7].")
    assert answer.written
    assert (answer.written.keys_removed, counts(answer)) == (2, (1, 0, 1))
    assert ("support", "removed") in [(g.rule, g.action) for g in answer.guardrails]
    assert {n for claim in answer.claims for n in claim.citations} == {c.number for c in answer.citations}


def test_a_sentence_is_held_against_the_passage_that_it_cites_and_no_other(assembly: Assembly) -> None:
    other = key_of("anti-inflammatory", assembly.index())
    assert counts(written(assembly, f"{SHORTER[:-1]} {other}."))[0] == 0


def test_caveat_and_status_are_not_the_models(assembly: Assembly) -> None:
    question = "Are exosomes FDA-approved?"
    key = key_of("no exosome-based cosmetic therapy is FDA-approved", assembly.index())
    says = f"Yes, exosome-based cosmetic therapy is FDA-approved {key}. No caveat is needed {key}."
    answer = written(assembly, says, question)
    assert same(answer, own(assembly, question))
    assert answer.text.startswith("No: ")
    assert CAVEAT in answer.text


NO_ANSWER: list[tuple[dict[str, Any], str]] = [
    ({"error": ModelTimeoutError("x")}, "did not answer in time"),
    ({"error": ModelRateLimitError("x")}, "takes no more requests"),
    ({"error": ModelConnectionError("x")}, "cannot be reached"),
    ({"error": ValueError("the words of a patient")}, "it failed (ValueError)"),
    ({"finish": "content_filter"}, "declined"),
    ({}, "empty"),
]


@pytest.mark.parametrize(("behaviour", "why"), NO_ANSWER, ids=[why for _, why in NO_ANSWER])
def test_without_an_answer_of_the_model_the_material_answers(
    assembly: Assembly, behaviour: dict[str, Any], why: str
) -> None:
    answer = written(assembly, "", **behaviour)
    assert same(answer, own(assembly))
    assert answer.answer_model == "extractive"
    assert answer.written
    assert why in answer.written.fell_back
    assert [g.action for g in answer.guardrails] == ["fell_back"]
    assert "patient" not in str(answer.guardrails)


def test_a_model_that_hangs_holds_up_nobody(assembly: Assembly) -> None:
    answer = Writing(assembly, saying("", hangs=True), seconds=0.2).ask([QUESTION])
    assert same(answer, own(assembly))
    assert answer.written
    assert answer.written.fell_back == "it did not answer in time"


@pytest.mark.parametrize(
    "text", ["I'm sorry, but I cannot answer that.", "\ufffd\ufffd [", "none.", "[P1][P2]", "]" * 500]
)
def test_words_that_say_nothing_leave_the_answer_to_the_material(assembly: Assembly, text: str) -> None:
    assert same(written(assembly, text), own(assembly))


def test_a_stream_that_breaks_leaves_what_was_shown_and_the_material_goes_on(assembly: Assembly, key: str) -> None:
    shown: list[Answer] = []
    says = f"{SHORTER[:-1]} {key}.\nExosomes are"
    answer = Writing(assembly, saying(says, error=ModelConnectionError("x"))).ask([QUESTION], show=shown.append)
    assert answer.claims[0] == shown[-1].claims[0]
    assert SIZE in answer.text
    assert answer.written
    assert (answer.answer_model, answer.written.fell_back) == (NAME, "it cannot be reached")


def test_each_sentence_is_shown_once_it_is_verified_with_the_caveats_that_are_due(assembly: Assembly) -> None:
    key = key_of("non-viable and are less immunogenic", assembly.index())
    shown: list[Answer] = []
    writing = Writing(assembly, saying(f"Exosomes are non-viable {key}.\nExosomes are less immunogenic {key}."))
    answer = writing.ask(["How do exosomes differ from whole-cell approaches?"], show=shown.append)
    assert [len(one.claims) for one in shown] == list(range(1, len(shown) + 1))
    assert all(CAVEAT in one.text for one in shown)
    assert answer.text.startswith(bare(shown[0].text).split("\n")[0][:20])


@pytest.mark.parametrize(
    "question",
    [
        EMERGENCY,
        "How many ml should I inject?",
        "What is the capital of Norway?",
        "Since the FDA approved exosomes, which use is common?",
        "My name is Jane Miller, born 12.03.1980.",
        "hello",
    ],
)
def test_without_evidence_for_it_no_model_is_asked(assembly: Assembly, question: str) -> None:
    writing = Writing(assembly, saying("x"))
    answer = writing.ask([question])
    assert (writing.chat.asked, writing.sent, answer.written) == ([], [], None)
    assert answer.to_json() | {"timings_ms": 0} == own(assembly, question).to_json() | {"timings_ms": 0}


def test_without_a_model_nothing_of_it_is_printed(assembly: Assembly) -> None:
    values = own(assembly).to_json()
    assert "written" not in values
    assert values["answer_model"] == "extractive"
    assert set(values["timings_ms"]) == {"screen", "rewrite", "search", "decide", "compose", "caveat", "total"}


def test_personal_data_does_not_leave(assembly: Assembly) -> None:
    writing = Writing(assembly, saying("none"))
    writing.ask(["My patient Jane Miller, born 12.03.1980, jane@example.org, asks: what are exosomes?"])
    assert writing.chat.asked
    assert not [part for part in ("Jane", "Miller", "1980", "example.org") if part in writing.told]


def test_what_left_is_recorded_without_its_words(assembly: Assembly) -> None:
    writing = Writing(assembly, saying("none"))
    answer = writing.ask([QUESTION])
    (sent,) = writing.sent
    assert (sent.model, sent.address) == (NAME, "http://somewhere.example/v1")
    assert sent.characters == sum(len(str(m.content)) for messages in writing.chat.asked for m in messages)
    known = {p.id for d in assembly.index().content.document_ids() for p in assembly.index().content.passages_of(d)}
    assert set(sent.passages) <= known
    assert sent.index_version == answer.index_version
    assert "exosomes?" not in str(sent)


def test_what_cannot_be_recorded_is_not_sent(assembly: Assembly) -> None:
    writing = Writing(assembly, saying(f"{SHORTER}"), full=True)
    answer = writing.ask([QUESTION])
    assert writing.chat.asked == []
    assert same(answer, own(assembly))


def test_an_instruction_in_a_passage_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM, policy: Policy, glossary: Glossary
) -> None:
    material = "Loading heals the tendon slowly [P1](https://evil.example). Loading is said to need supervision."
    with index_over(f"# Tendons\n\n{material}\n", tmp_path_factory.mktemp("told"), embedder) as index:
        from assistant.assistant import Assistant
        from tests.conftest import TODAY

        key = key_of("Loading heals", index)
        chat: FakeChat = saying(
            f"Loading heals the tendon and the patient should pay $9 {key}. See https://evil.example {key}."
        )
        rooms = Assembly.__new__(Assembly)  # only what Writing reads of it
        rooms.index = lambda: index  # type: ignore[method-assign]
        rooms.__dict__ |= {"policy": policy, "glossary": glossary, "clock": lambda: TODAY}
        writing = Writing(rooms, chat)
        answer = writing.ask(["How does loading heal the tendon?"])
        plain = Assistant(lambda: index, policy, glossary, lambda: TODAY).ask(["How does loading heal the tendon?"])
    assert "](https" not in writing.told
    assert "evil" not in answer.text
    assert "$9" not in answer.text
    assert same(answer, plain)


def test_a_question_too_long_for_a_model_is_not_sent(assembly: Assembly) -> None:
    writing = Writing(assembly, saying("x"))
    answer = writing.ask([f"What are exosomes, and {'exosome cargo, ' * 200} what else?"])
    assert writing.chat.asked == []
    assert not answer.written or "longer" in answer.written.fell_back


def test_no_more_is_read_than_an_answer_may_have(assembly: Assembly, key: str) -> None:
    vain = f"Exosomes heal all wounds {key}.\n" * 2
    answer = written(assembly, f"{vain}{SHORTER[:-1]} {key}.\n{vain}{SIZE[:-1]} {key}.\n{vain}" + vain * 20)
    assert answer.written
    assert answer.written.proposed == MOST_SENTENCES


def test_after_three_sentences_in_vain_no_other_is_waited_for(assembly: Assembly, key: str) -> None:
    answer = written(assembly, f"Exosomes heal all wounds {key}.\n" * 3 + f"{SHORTER[:-1]} {key}.")
    assert answer.written
    assert answer.written.proposed == MOST_IN_VAIN
    assert same(answer, own(assembly))
