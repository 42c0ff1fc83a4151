"""Wording that an author would mend is found, and its harmless neighbours are left alone."""

import pytest

from corpus.lint_wording import wording
from corpus.readers import read_markdown

STATUS, PROMISE, PRAISE, UNIT = "states a status", "promises", "praises", "gives a figure without its unit"


def found(sentence: str, heading: str = "Tendons") -> list[str]:
    """What is said of one sentence, without the words that it quotes."""
    document = read_markdown(f"# {heading}\n\n{sentence}\n", "a.md")
    return [finding.what.split(" (")[0] for finding in wording(document)]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("No exosome product is FDA-approved.", STATUS),
        ("The device has been cleared by the FDA for scars.", STATUS),
        ("This filler is approved for use in the lips.", STATUS),
        ("The product is registered in Switzerland as a medicine.", STATUS),
        ("The therapy holds EMA approval.", STATUS),
        ("No therapy has received marketing authorisation.", STATUS),
        ("Stem cell products are not yet licensed for cosmetic use.", STATUS),
        ("FDA-cleared lasers are widely used.", STATUS),
        ("There is no vaccine approved for adults.", STATUS),
        ("Results are guaranteed.", PROMISE),
        ("The treatment is completely safe.", PROMISE),
        ("Exosomes are a miracle for the skin.", PROMISE),
        ("Patients will see dramatic results.", PROMISE),
        ("It permanently removes wrinkles.", PROMISE),
        ("The procedure is 100% effective.", PROMISE),
        ("Exosomes have no side effects.", PROMISE),
        ("You will look years younger.", PROMISE),
        ("It cures acne.", PROMISE),
        ("Microneedling is the best treatment for scars.", PRAISE),
        ("Exosomes are the most effective option available.", PRAISE),
        ("This is a revolutionary therapy.", PRAISE),
        ("We use cutting-edge technology.", PRAISE),
        ("The safest method for fine lines is microneedling.", PRAISE),
        ("Our world-class supplier delivers weekly.", PRAISE),
        ("Exosomes have a diameter of 30–150.", UNIT),
        ("Store the vial at a temperature of 4, away from light.", UNIT),
        ("The needle reaches a depth of about 1.5 and stays there.", UNIT),
        ("Sessions are held at intervals of 4–6.", UNIT),
        ("Healing takes 10 to 14.", UNIT),
        ("Improvement appears within 7–10.", UNIT),
        ("The dose is 5 for adults.", UNIT),
    ],
)
def test_a_planted_flaw_is_found(sentence: str, kind: str) -> None:
    assert found(sentence) == [kind]


@pytest.mark.parametrize(
    "sentence",
    [
        # Status with a date, of something else, or not stated
        "As of 2025, no exosome product is FDA-approved.",
        "The device was cleared by the FDA in 2014.",
        "Products must be approved by the FDA before they are sold.",
        "Ask whether the product is FDA-approved.",
        "If the device is cleared for the face, say so.",
        "The protocol was approved by the ethics committee.",
        "The procedure is done by a registered nurse.",
        "Inflammation is cleared within days.",
        "Debris is cleared by macrophages.",
        "Use of exosomes in aesthetics is investigational.",
        "Clinics need approval for each study.",
        # Denied, warned of, asked, or another meaning
        "Results cannot be guaranteed.",
        "No result is guaranteed.",
        "Avoid promising miracles.",
        "There is no risk-free procedure.",
        "Do exosomes cure acne?",
        "The cure rate was 40% in the trial.",
        "Patients will be asked to return.",
        "Patients will notice redness for a day.",
        "There is no cure for alopecia.",
        "The best responses are reported in acne scars.",
        "Document best practice and at best two sites.",
        "The best treatment for each patient depends on the skin.",
        "In a randomized trial it was the most effective option of three.",
        "Improvements were superior to controls.",
        "Most cell types secrete exosomes.",
        # Figures with a unit, counts, ratios, years, rows
        "Exosomes have a diameter of 30–150 nm.",
        "The interval is 4 to 6 weeks.",
        "A depth of 0.5, 1.0 or 1.5 mm is usual.",
        "A volume of 2 ml is used.",
        "Improvement appears within 7–10 days.",
        "It was described within 2 clinics.",
        "Healing takes 2 visits.",
        "The sample size was 30.",
        "A blood pressure of 120/80 is normal.",
        "Temperatures of 4 °C and 37 °C are used.",
        "The concentration is 5%.",
        "The study lasts until 2026.",
        "The study takes place every 2 years.",
        "The Fitzpatrick scale lists 6 types.",
        "SPF 30 is advised.",
    ],
)
def test_its_harmless_neighbour_is_not(sentence: str) -> None:
    assert found(sentence) == []


def test_a_date_in_the_heading_dates_what_stands_below() -> None:
    assert found("No exosome product is FDA-approved.", "Status as of 2025") == []


def test_a_row_of_a_table_has_its_unit_in_the_head() -> None:
    text = "# Sizes\n\n| Particle | Diameter in nm |\n|---|---|\n| Exosome | diameter of 30–150 |\n"
    assert list(wording(read_markdown(text, "a.md"))) == []


def test_a_finding_names_file_line_words_and_remedy() -> None:
    document = read_markdown("# A\n\nWords.\n\nResults are guaranteed.\n", "a.md")
    assert [str(f) for f in wording(document)] == [
        "warning: a.md:5: promises (“guaranteed”); say what was reported, and in whom"
    ]
