"""A follow-up is made to stand alone, and what stands alone stays as it is."""

import pytest

from assistant.follow_up import offered
from assistant.rewrite import rewrite, rewrite_line
from assistant.types import Turn
from corpus.glossary import Glossary
from corpus.policy import Policy

LARGE, WHAT, HELP = "How large are exosomes?", "What are exosomes?", "Do exosomes help with wrinkles?"


@pytest.mark.parametrize("message", [WHAT, "What do they carry?", "And for hair?", "it", "?"])
def test_a_first_message_stays_as_it_is(message: str, glossary: Glossary) -> None:
    assert rewrite(message, [], glossary) == message


@pytest.mark.parametrize(
    ("earlier", "message", "alone"),
    [
        ([WHAT], "What do they carry?", "What do exosomes carry?"),
        ([WHAT], "How big are they?", "How big are exosomes?"),
        ([WHAT], "Is microneedling used with them?", "Is microneedling used with exosomes?"),
        ([WHAT], "their cargo?", "exosomes' cargo?"),
        (
            ["Are exosomes easier to store than live cells?"],
            "and the immune risk?",
            "the immune risk: exosome or live cells?",
        ),
        (["From where do MSCs come?"], "also from the umbilical cord?", "do MSCs come from the umbilical cord?"),
        (["How soon does the glow show?"], "ok and the deeper changes?", "the deeper changes: how soon?"),
        ([WHAT], "What is microneedling?", "What is microneedling?"),
        ([WHAT], "How do iPSCs differ from MSCs?", "How do iPSCs differ from MSCs?"),
        ([WHAT, "What do lasers do?"], "What is microneedling?", "What is microneedling?"),
        ([LARGE], "Why is that?", "Why is that (How large are exosomes)?"),
        ([HELP], "what about hair thinning?", "Do exosomes help with hair thinning?"),
        ([HELP], "And for acne scars?", "Do exosomes help for acne scars?"),
        (["Do exosomes help against acne scars?"], "And for hair?", "Do exosomes help for hair?"),
        (["Do exosomes help against acne scars?"], "And against wrinkles?", "Do exosomes help against wrinkles?"),
    ],
)
def test_what_was_asked_before_is_carried_over(
    earlier: list[str], message: str, alone: str, glossary: Glossary
) -> None:
    assert rewrite(message, [Turn(question) for question in earlier], glossary) == alone


@pytest.mark.parametrize(
    ("earlier", "message", "names"),
    [
        (["How do exosomes differ from stem cells?"], "Which one is easier to store?", ["exosome", "stem cell"]),
        ([WHAT, "Hello there"], "Are they alive?", ["exosome"]),
        ([LARGE], "and stem cells?", ["stem cell"]),
        ([HELP], "and hair?", ["exosome", "hair"]),
    ],
)  # fmt: skip
def test_a_follow_up_names_what_it_is_about(
    earlier: list[str], message: str, names: list[str], glossary: Glossary
) -> None:
    alone = rewrite(message, [Turn(question) for question in earlier], glossary)
    assert [name for name in names if name not in alone] == []


@pytest.mark.parametrize(
    ("earlier", "message", "alone"),
    [
        ("How are exosomes stored?", "and stem cells?", "How are stem cells stored?"),
        ("Do exosomes help acne scars?", "and for hair thinning?", "Do exosomes help hair thinning?"),
        ("How soon does hydration improve?", "And wrinkles?", "How soon does wrinkles improve?"),
    ],
)
def test_an_object_gives_way_to_the_new_one(earlier: str, message: str, alone: str, glossary: Glossary) -> None:
    assert rewrite(message, [Turn(earlier)], glossary) == alone


def test_a_line_carries_its_own_questions_over_and_not_the_assistants_words(glossary: Glossary) -> None:
    history = [
        {"role": "user", "text": WHAT},
        {"role": "assistant", "text": "Stem cells are cells."},
        {"role": "user", "text": "How big are they?"},
    ]
    assert rewrite_line({"history": history, "question": "Are they alive?"}, glossary) == "Are exosomes alive?"


@pytest.mark.parametrize("line", [{"question": "Are they alive?"}, {"question": "Are they alive?", "history": None}])
def test_a_line_without_a_history_stays_as_it_is(line: dict[str, object], glossary: Glossary) -> None:
    assert rewrite_line(line, glossary) == "Are they alive?"


@pytest.mark.parametrize("piece", ["and ", "it ", "for hair ", "that ", "so,", " "])
def test_a_long_message_is_rewritten_to_its_end(piece: str, glossary: Glossary) -> None:
    message = (piece * 5_000)[:5_000]
    assert len(rewrite(message, [Turn(WHAT)], glossary)) <= len(message) + len(WHAT) + 10


OFFER = "It does not cover lamps.\n\nNearest topics that it covers: Exosomes: cargo; Key takeaways; Consent."
KINDS = (
    "Stem cell types are mesenchymal stem cells (MSCs) and follicular stem cells:\n"
    "- MSCs are sourced from fat. [1]\n- They sit in niches. [2]"
)


@pytest.mark.parametrize(
    ("question", "answer", "message", "alone"),
    [
        ("Are lamps covered?", OFFER, "Yes, please", "Exosomes: cargo"),
        ("Are lamps covered?", OFFER, "the second one", "Tell me about Key takeaways."),
        ("Are lamps covered?", OFFER, "the last?", "Tell me about Consent."),
        (
            "What should consent cover?",
            "It covers:\n- Benefits.\n- Unknowns.",
            "And the second?",
            "Tell me about Unknowns.",
        ),
        (
            "Which stem cell types are there?",
            KINDS,
            "Tell me about the first one",
            "Tell me about mesenchymal stem cell",
        ),
    ],
)
def test_what_was_offered_or_listed_can_be_picked(
    question: str, answer: str, message: str, alone: str, glossary: Glossary
) -> None:
    assert rewrite(message, [Turn(question, answer, question)], glossary) == alone


def test_a_yes_picks_nothing_where_nothing_was_offered(glossary: Glossary) -> None:
    assert "takeaways" not in rewrite("Yes", [Turn(WHAT, "Exosomes are vesicles; they are small. [1]")], glossary)


def test_what_the_policy_offers_is_read_as_an_offer(policy: Policy) -> None:
    titles = ("Exosomes: cargo", "Consent")
    for wording in (policy.wording.nearest, policy.wording.clarify):
        assert offered(wording.format(titles="; ".join(titles))) == titles


@pytest.mark.parametrize(
    ("earlier", "message", "alone"),
    [
        ("Are exosomes FDA-approved?", "No, I meant stem cells.", "Are stem cells FDA-approved?"),
        ("Do exosomes help with acne scars?", "sorry, I meant hair thinning", "Do exosomes help with hair thinning?"),
        (HELP, "New topic: what should consent cover?", "what should consent cover?"),
        (HELP, "By the way, what is RF?", "what is RF?"),
        ("Does the origin of exosomes matter?", "Why?", "Why does the origin of exosomes matter?"),
        (LARGE, "And why?", "why (How large are exosomes)?"),
        ("Do exosomes reduce oxidative stress?", "Is that in humans?",
         "Do exosomes reduce oxidative stress (in humans, in preclinical models)?"),
        ("How do exosomes counter inflammation?", "Do stem cells do so as well?",
         "How do stem cells counter inflammation?"),
        ("What makes exosomes complex?", "Thanks! And how should protocols be?", "how should protocols be?"),
        ("Can exosomes treat psoriasis?", "Okay, acne scars then?", "Can exosomes treat acne scars?"),
        ("Do exosomes come from most types of cell?", "MSCs too?", "Do exosomes come from MSCs?"),
        ("What are the gaps in exosome research?", "Is dosing one of them?",
         "Is dosing one of the gaps in exosome research?"),
        ("Is dosing one of the gaps?", "And long-term safety?", "Is long-term safety one of the gaps?"),
        ("What was found for the fat-derived exosomes?", "And the iPSC ones?", "What was found for the iPSC exosomes?"),
        ("How many exosome sessions are usual?", "How far apart?", "How far apart (exosome sessions are usual)?"),
        ("What do stem cells and exosomes share?", "Where do they act?", "Where do stem cells and exosomes act?"),
        ("Is the immunogenicity of exosomes known?", "Why does it matter?", "Why does immunogenicity matter?"),
    ],
)  # fmt: skip
def test_a_follow_up_takes_the_last_question_as_it_is_meant(
    earlier: str, message: str, alone: str, glossary: Glossary
) -> None:
    assert rewrite(message, [Turn(earlier)], glossary) == alone
