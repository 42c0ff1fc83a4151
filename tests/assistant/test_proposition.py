"""A message is taken apart: which sentence asks, what is told around it, and which statement it puts."""

import pytest

from assistant.proposition import Asked, read_asked

ALIVE = "exosomes are alive"


@pytest.mark.parametrize(
    ("text", "proposition"),
    [
        ("Are exosomes safe?", "exosomes safe"),
        ("ok, so do exosomes help?", "exosomes help"),
        ("Should consent mention long-term unknowns?", "consent mention long-term unknowns"),
        ("Any side effects?", "side effects"),
        ("exosomes are approved?", "exosomes are approved"),
        ("so they count as biologics there?", "they count as biologics there"),
        ("so exosomes contain no cells?", "exosomes contain no cells"),
        ("rules for exosomes still evolving?", "rules for exosomes still evolving"),
        ("In America, are exosomes treated as biologics?", "In America  exosomes treated as biologics"),
        ("exosomes in the US count as biologics?", "exosomes in the US count as biologics"),
        ("the exosome, is it alive?", "the exosome alive"),
        ("stem cells, is anything approved there?", "there stem cells approved there"),
        ("Sorry for the silly question, exosomes are they alive?", "exosomes alive"),
        ("Is the body of data growing at least?", "the body of data growing"),
    ],
)
def test_a_yes_no_question_puts_a_statement(text: str, proposition: str) -> None:
    assert read_asked(text).proposition == proposition


@pytest.mark.parametrize(
    "text",
    [
        f"Is it true that {ALIVE}?",
        f"Isn't it true that {ALIVE}?",
        f"Would you agree that {ALIVE}?",
        f"Do you know if {ALIVE}?",
        f"Do we know whether {ALIVE}?",
        f"Does the material say whether {ALIVE}?",
        f"Does the course suggest that clinicians {ALIVE}?",
        f"Does the text advise us that we {ALIVE}?",
        f"Am I right that {ALIVE}?",
        f"Am I right in thinking that {ALIVE}?",
        f"Can I tell my patients that {ALIVE}?",
        f"Is it safe to say that {ALIVE}?",
        f"Is there any evidence that {ALIVE}?",
        f"Any evidence that {ALIVE}?",
        f"I wonder whether {ALIVE}.",
        f"Correct me if I'm wrong, but {ALIVE}.",
        f"Is it not true that {ALIVE}?",
        f"Could you tell me whether {ALIVE}?",
        f"A patient asked me whether {ALIVE}.",
        f"I wonder whether it is true that {ALIVE}.",
    ],
)
def test_the_frame_around_a_statement_is_taken_off(text: str) -> None:
    assert read_asked(text).proposition == ALIVE


@pytest.mark.parametrize(
    "tag", [", right?", ", correct?", ", aren't they?", ", are they not?", " - is that right?", ", is that so?", "?"]
)
def test_a_tag_makes_a_question_of_a_statement(tag: str) -> None:
    assert read_asked(f"{ALIVE}{tag}").proposition == ALIVE


@pytest.mark.parametrize(
    ("text", "proposition"),
    [
        ("Aren't exosomes FDA-approved?", "exosomes FDA-approved"),
        ("Doesn't the FDA regulate exosomes?", "the FDA regulate exosomes"),
        ("Exosomes aren't FDA-approved, are they?", "Exosomes aren't FDA-approved"),
    ],
)
def test_a_negative_question_puts_the_plain_statement_and_a_denial_stays_one(text: str, proposition: str) -> None:
    assert read_asked(text).proposition == proposition


def test_what_is_said_of_the_asking_is_not_asked_about() -> None:
    assert read_asked("Which improvements come first, for our FAQ, please?").focus == "Which improvements come first?"


@pytest.mark.parametrize("asks", ["Is it?", "Are they?", "Is that so?", "Is that correct?", "Is this true?"])
def test_a_bare_question_asks_about_the_sentence_before(asks: str) -> None:
    told = "Exosomes are alive."
    assert read_asked(f"{told} {asks}") == Asked(told, "", "", "", told.rstrip("."))


def test_a_question_that_points_back_carries_the_sentence_before() -> None:
    assert read_asked("She has scars. The interval is 4-6 weeks. Is it the same for maintenance?") == Asked(
        "Is it the same for maintenance?",
        "",
        "The interval is 4-6 weeks.",
        "She has scars.",
        "it the same for maintenance",
    )


def test_what_is_told_before_a_question_of_its_own_is_told_only() -> None:
    assert read_asked("My patient is 54. She has acne scars. Do exosomes help?") == Asked(
        "Do exosomes help?", "", "", "My patient is 54. She has acne scars.", "exosomes help"
    )


def test_what_stands_before_a_colon_opens_the_question() -> None:
    assert read_asked("Exosomes: are they alive?") == Asked("are they alive?", "Exosomes", "", "", "they alive")


def test_who_asks_is_not_asked_about() -> None:
    assert read_asked("The patient in the chair asks: are exosomes alive?") == Asked(
        "are exosomes alive?", "", "", "", "exosomes alive"
    )


@pytest.mark.parametrize(
    "text", ["Can you list the gaps?", "Would you please summarise the module?", "Could you explain the cargo to me?"]
)
def test_a_request_is_no_yes_no_question(text: str) -> None:
    assert read_asked(text).proposition == ""


@pytest.mark.parametrize(
    "text",
    [
        "What are exosomes?",
        "For which indications are exosomes used?",
        "When exosomes are stored, what matters?",
        "How long, yes or no?",
        "Why is that?",
        "We read that MSCs come from fat. Where does it say that?",
        "Tell me about exosomes",
        "Exosomes",
        "exosome dosing?",
        "so for hair?",
        "benefits that are reported in humans?",
        "Three things that informed consent has to reflect?",
    ],
)
def test_any_other_question_puts_no_statement(text: str) -> None:
    assert read_asked(text).proposition == ""


@pytest.mark.parametrize("text", ["", " ", "?", "..."])
def test_nothing_asked_puts_nothing(text: str) -> None:
    assert read_asked(text).proposition == ""


@pytest.mark.parametrize(
    "text", ["Compare exosomes vs. stem cells. Are they alike?", "Exosomes, e.g. from fat, are safe, right?"]
)
def test_an_abbreviation_ends_no_sentence(text: str) -> None:
    read = read_asked(text)
    assert (read.focus, read.before) in (
        ("Are they alike?", "Compare exosomes vs. stem cells."),
        (text, ""),
    )


@pytest.mark.parametrize("piece", ["is it ", "is it? ", "I was told that ", "any ", "right, ", "and ", "so? ", ", "])
def test_a_long_message_is_read_to_its_end(piece: str) -> None:
    assert read_asked((piece * 5_000)[:5_000]).focus
