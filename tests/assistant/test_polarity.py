"""A yes/no question is settled by the material's own polarity, or left open."""

import pytest

from assembly import Assembly
from assistant.polarity import settled
from assistant.question import read_question
from assistant.ranking import word_weights
from assistant.types import Ranked
from assistant.verify import Verifier
from corpus.glossary import Glossary
from corpus.types import Passage, Sentence
from index.types import SentenceMatch
from index.words import stems
from tests.assistant.conftest import ranked, read

OPEN = ("", "")

SIZE = "Exosomes are nano-sized extracellular vesicles (EVs) with a diameter of approximately 30–150 nm."
SECRETED = "Exosomes are secreted by most cell types, including mesenchymal stem cells (MSCs)."
NOT_APPROVED = "As of 2025, no exosome-based cosmetic therapy is FDA-approved."
ONLY_BLOOD = "As of 2025, only specific stem cell products for use in hematologic (blood) conditions are FDA-approved."
CARGO = (
    "Exosomes carry a cargo: they contain microRNAs (miRNAs), messenger RNA (mRNA), lipids and proteins (growth "
    "factors and cytokines)."
)
VIABLE = "Exosomes are non-viable and are less immunogenic than whole-cell approaches."
EASIER = (
    "Exosomes are easier to transport, store and standardize than whole-cell therapies, which face constraints of "
    "viability and culture."
)
SESSIONS = (
    "Typical patterns cited for stem cell and exosome therapies are multi-session protocols at intervals of 4–6 "
    "weeks, with maintenance (6–12 months)."
)
STRUCTURAL = (
    "Structural changes of the extracellular matrix (ECM) with stem cell and exosome approaches typically appear over "
    "8–12 weeks, with remodeling that continues up to six months."
)
DOSING = (
    "Long-term safety, product characterization and standardization of dosing are active gaps for exosome-based "
    "cosmetic therapies as of 2025."
)
UNDER_DEFINED = (
    "Early clinical signals for stem cells and exosomes are promising, especially for adjunct use with device-based "
    "treatments, but long-term safety, product comparability and standardized dosing remain under-defined."
)
UNKNOWNS = "Consent should address unknowns about long-term outcomes."
BIOLOGICS = (
    "Exosome therapies in the United States (US) are treated as biologics and require investigational new drug (IND) "
    "pathways for therapeutic claims."
)
SURFACE = (
    "Regenerative aesthetic approaches aim to modulate oxidative stress, inflammation, collagen architecture, "
    "fibroblast function and dermal microenvironments rather than to correct the surface."
)
CYTOKINES = "Exosomes downregulate pro-inflammatory cytokines."
SUPPRESS = (
    "MSC exosomes suppress pro-inflammatory cytokines, which potentially shortens post-procedure downtime and improves "
    "tolerance."
)


WASTE = (
    "Exosomes were historically regarded as waste and are now recognized as key mediators in intercellular signaling."
)
PARACRINE = (
    "Paracrine dominance is observed: many clinical effects of stem cells trace to extracellular vesicles (EVs) and "
    "secreted factors, not to cell engraftment."
)
LIMITED = (
    "Clinical data on stem cells and exosomes in dermatology and aesthetics remain limited but are growing, with "
    "trends identified in skin rejuvenation, mechanism-aligned findings and expected timelines."
)
CHALLENGES = (
    "The practical and regulatory challenges of using live cells push clinicians in aesthetic settings toward "
    "paracrine products, especially exosomes, which are thought to convey much of the regenerative signaling."
)


def answered(text: str, assembly: Assembly) -> tuple[str, str]:
    """The yes or no and the sentence that settles it; two empty strings where the question stays open."""
    index, question = assembly.index(), read(text, assembly)
    found = ranked(question, index)
    statement = settled(question, found, word_weights(question, found, index), Verifier(index.glossary))
    return (statement.lead_in, statement.quote) if statement else OPEN


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Are exosomes secreted by most cell types?", SECRETED),
        ("Do exosomes carry mRNA?", CARGO),
        ("Are exosomes less immunogenic than whole cells?", VIABLE),
        ("Are exosomes easier to store than whole-cell therapies?", EASIER),
        ("Are exosomes treated as biologics in the United States?", BIOLOGICS),
        ("Do MSC exosomes suppress pro-inflammatory cytokines?", SUPPRESS),
        ("Exosomes aren't FDA-approved, are they?", NOT_APPROVED),
    ],
)
def test_what_the_material_says_is_a_yes(text: str, sentence: str, assembly: Assembly) -> None:
    assert answered(text, assembly) == ("yes", sentence)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Is any exosome therapy FDA-approved?", NOT_APPROVED),
        ("Aren't exosomes FDA-approved?", NOT_APPROVED),
        ("Exosomes are FDA-approved, right?", NOT_APPROVED),
        ("Are exosomes approved for acne scars?", NOT_APPROVED),
        ("are exosomes approved for hair loss?", NOT_APPROVED),
        ("Is any exosome product approved for hair?", NOT_APPROVED),
        ("Is dosing standardized?", UNDER_DEFINED),
        ("Are long-term outcomes known?", UNKNOWNS),
    ],
)
def test_what_the_material_denies_is_a_no(text: str, sentence: str, assembly: Assembly) -> None:
    assert answered(text, assembly) == ("no", sentence)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Are exosomes more immunogenic than whole cells?", VIABLE),
        ("Are whole cells less immunogenic than exosomes?", VIABLE),
        ("Are exosomes harder to store than whole-cell therapies?", EASIER),
        ("Do exosomes upregulate pro-inflammatory cytokines?", CYTOKINES),
    ],
)
def test_the_opposite_of_what_the_material_says_is_a_no(text: str, sentence: str, assembly: Assembly) -> None:
    assert answered(text, assembly) == ("no", sentence)


@pytest.mark.parametrize(
    ("text", "word", "sentence"),
    [
        ("Are exosomes still considered waste?", "no", WASTE),
        ("Are exosomes still regarded as nothing more than cellular waste?", "no", WASTE),
        ("Are exosomes recognized as mediators of signaling today?", "yes", WASTE),
        ("Were exosomes once regarded as waste?", "yes", WASTE),
        ("Do the clinical effects of stem cells come mostly from cells engrafting?", "no", PARACRINE),
        ("When stem cells help, is it mainly because they take root?", "no", PARACRINE),
        ("Do exosomes push pro-inflammatory cytokines up?", "no", CYTOKINES),
        ("Is there a big pile of clinical data in dermatology and aesthetics?", "no", LIMITED),
        ("Is it straightforward to use live cells in an aesthetic clinic?", "no", CHALLENGES),
    ],
)
def test_everyday_ways_of_asking_get_the_materials_answer(
    text: str, word: str, sentence: str, assembly: Assembly
) -> None:
    assert answered(text, assembly) == (word, sentence)


@pytest.mark.parametrize("text", ["Are exosomes alive?", "Are exosomes living cells?"])
def test_what_is_said_of_the_subject_settles_what_it_is(text: str, assembly: Assembly) -> None:
    """Material: "Exosomes are non-viable", and "without live-cell logistics"."""
    assert answered(text, assembly) == ("no", VIABLE)


@pytest.mark.parametrize("text", ["Do exosomes increase oxidative stress?", "Do exosomes decrease dermal thickness?"])
def test_what_is_said_of_another_object_is_not_said_of_this_one(text: str, assembly: Assembly) -> None:
    """Material: "… reduced oxidative stress and increased dermal thickness"."""
    assert answered(text, assembly)[0] != "yes"


@pytest.mark.parametrize(
    ("text", "word", "sentence"),
    [
        ("Are exosomes 500 nm in diameter?", "no", SIZE),
        ("Are exosomes 100 nm in diameter?", "yes", SIZE),
        ("Are exosomes smaller than 200 nm?", "yes", SIZE),
        ("Are exosomes wider than 1 µm?", "no", SIZE),
        ("Are exosomes under 100 nm?", *OPEN),
        ("Are sessions 8 weeks apart?", "no", SESSIONS),
        ("Are sessions 5 weeks apart?", "yes", SESSIONS),
        ("Do structural changes appear within two weeks?", "no", STRUCTURAL),
        ("Do structural changes appear within 10 weeks?", *OPEN),
        ("Do early improvements come in the first week?", *OPEN),
    ],
)
def test_figures_settle_a_question_or_leave_it_open(text: str, word: str, sentence: str, assembly: Assembly) -> None:
    assert answered(text, assembly) == (word, sentence)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Do exosomes carry only proteins?", CARGO),
        ("Are exosomes secreted only by mesenchymal stem cells?", SECRETED),
        ("Are exosomes secreted by all cell types?", SECRETED),
        ("Are all stem cell products FDA-approved?", ONLY_BLOOD),
        ("Does regenerative aesthetics correct the surface only?", SURFACE),
    ],
)
def test_only_and_all_are_denied_where_the_material_names_others(text: str, sentence: str, assembly: Assembly) -> None:
    assert answered(text, assembly) == ("no", sentence)


@pytest.mark.parametrize(
    "text", ["Are stem cells approved for blood conditions?", "Are stem cells approved for scars?"]
)
def test_what_no_exosome_is_says_nothing_of_stem_cells(text: str, assembly: Assembly) -> None:
    assert answered(text, assembly)[1] != NOT_APPROVED


@pytest.mark.parametrize(
    "text",
    [
        "Are exosomes approved for use in other countries?",
        "Are exosomes approved in other jurisdictions?",
        "Are exosomes approved outside the US?",
    ],
)
def test_what_one_agency_denies_is_no_denial_elsewhere(text: str, assembly: Assembly) -> None:
    assert answered(text, assembly)[0] != "no"


def test_what_holds_for_some_products_only_is_no_plain_yes(assembly: Assembly) -> None:
    assert answered("Are stem cell products FDA-approved?", assembly)[0] != "yes"


@pytest.mark.parametrize(
    "text",
    [
        "Do exosomes reduce downtime?",
        "Do exosomes definitely reduce downtime?",
        "Do MSC exosomes shorten downtime?",
    ],
)
def test_what_only_may_be_stays_open(text: str, assembly: Assembly) -> None:
    assert answered(text, assembly) == OPEN


def test_what_only_may_be_is_a_yes_to_whether_it_may(assembly: Assembly) -> None:
    assert answered("Do MSC exosomes potentially shorten downtime?", assembly) == ("yes", SUPPRESS)


@pytest.mark.parametrize(
    ("text", "word", "sentence"),
    [
        ("Exosomes carry mRNA. Is that right?", "yes", CARGO),
        ("Exosomes are 500 nm in diameter. Is that correct?", "no", SIZE),
        ("We book sessions 4 to 6 weeks apart. Is that typical?", "yes", SESSIONS),
        ("We book sessions 2 weeks apart. Is that what the material says?", "no", SESSIONS),
        ("My patient is 54. We do sessions 4-6 weeks apart. Is that the usual interval?", "yes", SESSIONS),
    ],
)
def test_what_is_told_before_is_what_is_asked_about(text: str, word: str, sentence: str, assembly: Assembly) -> None:
    assert answered(text, assembly) == (word, sentence)


@pytest.mark.parametrize("text", ["Do exosomes cure rosacea?", "Is the moon made of cheese?", "What are exosomes?"])
def test_what_the_material_is_silent_about_stays_open(text: str, assembly: Assembly) -> None:
    assert answered(text, assembly) == OPEN


@pytest.mark.parametrize(
    "text",
    [
        "Is microneedling painful?",
        "Are MSCs immortal?",
        "Do fractional lasers destroy exosomes?",
        "Was the platelet extract study blinded?",
        "Was the platelet study published in 2023?",
        "Are supplier certificates mandatory by law?",
        "Is adipose tissue the best source?",
        "Do growth factors in exosomes come from plasma?",
        "Can exosomes be given intravenously?",
        "Do follicular stem cells become fat cells?",
    ],
)
def test_a_yes_needs_each_word_that_makes_the_question_what_it_is(text: str, assembly: Assembly) -> None:
    assert answered(text, assembly)[0] != "yes"


@pytest.mark.parametrize("text", ["Was the platelet extract study randomised?", "Was the platelet study controlled?"])
def test_a_single_arm_study_is_neither_controlled_nor_randomized(text: str, assembly: Assembly) -> None:
    word, sentence = answered(text, assembly)
    assert word == "no"
    assert sentence.startswith("A single-arm study")


@pytest.mark.parametrize(
    "text", ["Are exosomes still thought of as just cellular waste?", "Are exosomes still considered waste?"]
)
def test_what_was_once_thought_is_not_thought_still(text: str, assembly: Assembly) -> None:
    assert answered(text, assembly)[0] == "no"


def test_nothing_ranked_settles_nothing(assembly: Assembly) -> None:
    assert settled(read("Are exosomes alive?", assembly), [], {}, Verifier(assembly.glossary)) is None


@pytest.mark.parametrize(
    "text",
    [
        "Are exosomes safe?",
        "Are exosomes harmful?",
        "Is exosome therapy legal?",
        "Do exosomes have side effects?",
        "Are exosomes effective in humans?",
        "Are exosomes merely waste?",
        "Is microneedling better than laser?",
        "Do exosomes work?",
    ],
)
def test_a_judgement_that_the_words_do_not_pass_is_never_given(text: str, assembly: Assembly) -> None:
    assert answered(text, assembly) == OPEN


def answered_from(text: str, words: str, glossary: Glossary, above: tuple[str, ...] = ()) -> str:
    """The yes or no that one sentence gives alone, as an item of a list below these headings where there are any."""
    question = read_question(text, glossary, frozenset(stems(words, glossary)))
    sentence = Sentence(0, len(words), "item" if above else "text", 0 if above else None, "general")
    passage = Passage("d/0", "d", "D", above, 0, len(words), words, (sentence,))
    match = SentenceMatch(passage, 0, 1.0, 1.0, {})
    statement = settled(question, [Ranked(0.0, match)], {}, Verifier(glossary))
    return statement.lead_in if statement else ""


@pytest.mark.parametrize(
    ("claim", "words", "word"),
    [
        # Two statements in one sentence, of which neither says it: products are approved, but not cosmetic ones.
        (
            "Has the FDA approved a stem cell product for cosmetic use?",
            "No exosome-based cosmetic therapies are FDA-approved; only certain stem cell products for blood are.",
            "no",
        ),
        (
            "Do MSCs secrete exosomes?",
            "Exosomes are secreted by MSCs. Once considered waste, they are now mediators.",
            "yes",
        ),
        (
            "Whole cells are the easier ones to store, correct?",
            "Exosomes are easier to store; whole cells face limits.",
            "no",
        ),
    ],
)
def test_each_statement_of_a_sentence_answers_for_itself(claim: str, words: str, word: str, glossary: Glossary) -> None:
    assert answered_from(claim, words, glossary) == word


NONE_BUT_BLOOD = (
    "As of 2025, no exosome-based therapies are FDA-approved; only specific stem cell products for blood are approved."
)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Is any exosome product FDA-approved?", "no"),
        ("Are there FDA-approved stem cell products for anything at all?", "yes"),
        ("Are there FDA-approved stem cell products for skin?", "no"),
    ],
)
def test_what_is_said_of_some_things_only_is_not_said_of_the_headings(text: str, word: str, glossary: Glossary) -> None:
    assert answered_from(text, NONE_BUT_BLOOD, glossary, above=("Exosomes and stem cells",)) == word
