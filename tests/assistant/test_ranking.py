"""Sentences are ranked by how well each answers the question, and each signal says what it promises."""

import json

import numpy as np
import pytest

from assembly import Assembly
from assistant.decide import words_of
from assistant.ranking import (
    COMMONEST,
    SIGNALS,
    UNKNOWN,
    WEIGHTS,
    above,
    lead_text,
    rank_sentences,
    ranking_weights,
    sentence_signals,
    word_weights,
)
from assistant.types import Ranked
from index.types import SentenceMatch
from tests.assistant.conftest import ranked, read

CONSENT = "Informed consent for stem cell and exosome therapies should have the following content:"


def best(text: str, assembly: Assembly) -> Ranked:
    return ranked(read(text, assembly), assembly.index())[0]


def signals_of(text: str, assembly: Assembly) -> tuple[list[SentenceMatch], dict[str, list[float]]]:
    """The sentences found, in reading order, and each signal's values for them."""
    index, question = assembly.index(), read(text, assembly)
    query = index.query(question.text)
    hits = index.search(query, 20)
    matches = index.sentences(query, [hit.passage for hit in hits])
    signals = sentence_signals(question, hits, matches, index)
    assert signals.shape == (len(matches), len(SIGNALS))
    return matches, {name: signals[:, n].tolist() for n, name in enumerate(SIGNALS)}


def test_no_sentence_is_no_ranking(assembly: Assembly) -> None:
    assert rank_sentences(read("What are exosomes?", assembly), [], [], assembly.index()) == []


@pytest.mark.parametrize(
    "text", ["Do exosomes reduce wrinkles?", "When do early improvements come?", "Who regulates melasma?", "zzz"]
)
def test_sentences_are_ranked_best_first_each_once(text: str, assembly: Assembly) -> None:
    found = ranked(read(text, assembly), assembly.index())
    assert [r.score for r in found] == sorted((r.score for r in found), reverse=True)
    places = [(r.match.passage.id, r.match.position) for r in found]
    assert len(set(places)) == len(places)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "What diameter do exosomes have?",
            "Exosomes are nano-sized extracellular vesicles (EVs) with a diameter of approximately 30–150 nm.",
        ),
        (
            "Which cells secrete exosomes?",
            "Exosomes are secreted by most cell types, including mesenchymal stem cells (MSCs).",
        ),
        (
            "Has the FDA approved any exosome therapy?",
            "As of 2025, no exosome-based cosmetic therapy is FDA-approved.",
        ),
        (
            "How many weeks lie between the sessions?",
            "Typical patterns cited for stem cell and exosome therapies are multi-session protocols at intervals of "
            "4–6 weeks, with maintenance (6–12 months).",
        ),
    ],
)
def test_the_sentence_that_answers_comes_first(text: str, sentence: str, assembly: Assembly) -> None:
    assert words_of(best(text, assembly).match) == sentence


@pytest.mark.parametrize("text", ["How big are exosomes?", "Do exosomes reduce wrinkles?", "When do results come?"])
def test_each_signal_keeps_its_range(text: str, assembly: Assembly) -> None:
    _, signals = signals_of(text, assembly)
    for name in ("contrast", "passage", "alignment"):
        assert [v for v in signals[name] if not -1.0 - 1e-6 <= v <= 1.0 + 1e-6] == []
    assert set(signals["quantity"]) <= {0.0, 1.0}
    assert np.isfinite([signals[name] for name in SIGNALS]).all()


def test_only_sentences_with_a_size_hold_the_figure_that_is_asked_for(assembly: Assembly) -> None:
    matches, signals = signals_of("How big are exosomes?", assembly)
    holding = [words_of(m) for m, v in zip(matches, signals["quantity"], strict=True) if v]
    assert holding == [
        "Exosomes are nano-sized extracellular vesicles (EVs) with a diameter of approximately 30–150 nm."
    ]


def test_no_sentence_has_a_figure_where_none_is_asked_for(assembly: Assembly) -> None:
    assert set(signals_of("What are exosomes?", assembly)[1]["quantity"]) == {0.0}


def test_words_that_all_candidates_share_count_least_and_unknown_ones_are_bounded(assembly: Assembly) -> None:
    index, question = assembly.index(), read("What diameter do exosomes have in melasma?", assembly)
    weights = word_weights(question, ranked(question, index), index)
    assert set(weights) == set(question.content)
    assert COMMONEST <= weights["exosom"] < weights["diamet"]
    assert weights["melasma"] == UNKNOWN


def test_an_item_stands_under_its_title_its_heading_and_its_introduction(assembly: Assembly) -> None:
    (item,) = (
        r.match
        for r in ranked(read("What should informed consent contain?", assembly), assembly.index())
        if words_of(r.match) == "Consent should state the potential benefits."
    )
    assert lead_text(item) == CONSENT
    assert above(item) == f"{item.passage.title} Informed consent and positioning {CONSENT}"


def test_a_sentence_of_no_list_has_no_introduction(assembly: Assembly) -> None:
    assert lead_text(best("How big are exosomes?", assembly).match) == ""


def test_the_fitted_weights_say_on_what_and_by_which_command() -> None:
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    assert list(stored["weights"]) == list(SIGNALS)
    assert ranking_weights().tolist() == list(stored["weights"].values())
    assert stored["command"].startswith("python -m evals.fitting.ranking")
    assert stored["fitted_on"]
