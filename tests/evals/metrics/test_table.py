"""The measures of a run in one table."""

from dataclasses import replace

from assistant.verify import Verifier
from corpus.glossary import Glossary
from corpus.policy import Policy
from evals.material import Material
from evals.metrics.table import lines, measured, to_json
from evals.runs import Searched
from tests.evals.conftest import ContentOf
from tests.evals.outcomes import case, outcome

TEXT = "# Skin\n\n## Timeline\n\nGlow comes within 7–10 days.\n"


def test_a_run_is_measured_whole(content_of: ContentOf, policy: Policy, glossary: Glossary) -> None:
    material = Material(content_of(skin=TEXT))
    (passage,) = material.content.passages_of("skin")
    quote = "Glow comes within 7–10 days."
    start = TEXT.index(quote)
    citation = {
        "number": 1, "document_id": "skin", "section": ["Skin", "Timeline"], "start": start,
        "end": start + len(quote), "quote": quote,
    }  # fmt: skip
    claim = {"text": quote, "citations": [1], "evidence": "general"}
    told_wrong = {"text": "Glow lasts for years.", "citations": [1], "evidence": "general"}
    asked = case("glow", must=(("7-10 days",),), sections=("Timeline",))
    given = outcome(asked, f"{quote} [1]", claims=[claim, told_wrong], citations=[citation], timings_ms={"total": 5.0})
    searched = Searched((passage.id,), (passage.id,), (passage.id,))
    table = measured([asked], [replace(given, searched=searched)], material, policy, Verifier(glossary))
    by_name = {one.name: (one.value, one.n) for one in table.measured}
    assert by_name["citation recall"] == (1 / 2, 2)
    assert by_name["claim recall"] == by_name["context use"] == (1.0, 1)
    assert by_name["nDCG@10 rewritten"] == (1.0, 1)
    assert by_name["under-refusal"] == (None, 0)
    (left,) = table.unsupported
    assert (left.case, left.claim) == ("glow", "Glow lasts for years.")
    shown = lines(table)
    assert shown[1] == "citation recall                    0.500      2   0.095 to 0.905 (claims)"
    assert "under-refusal                          -      0   no questions to refuse" in shown
    assert shown[-1].startswith("UNSUPPORTED glow: 'Glow lasts for years.': ")
    assert to_json(table)["metrics"]["citation recall"]["n"] == 2
