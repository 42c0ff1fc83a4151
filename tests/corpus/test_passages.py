"""Passages are contiguous, cut no sentence and part no item from its lead line: over all material there is."""

from itertools import pairwise

import pytest

from corpus.passages import MAX_CHARACTERS, evidence_of, passages_of
from corpus.readers import read_markdown, read_sources
from corpus.sentences import sentence_spans
from corpus.types import Document
from settings import PROJECT
from tests.conftest import WEB_PAGE

LONG = " ".join(f"Sentence number {n} says something of its own about tendons." for n in range(60))
LIST = "The parts are the following:\n\n" + "\n".join(f"- Part {n} of a tendon, {'long ' * 20}." for n in range(20))
WRITTEN = read_markdown(f"# A\n\nShort.\n\n{LONG}\n\nMiddle.\n\n{LIST}\n\n## B\n\nEnd.\n", "written.md")
DOCUMENTS = [*read_sources([PROJECT / "corpus" / "material", WEB_PAGE])[0], WRITTEN]


@pytest.fixture(params=DOCUMENTS, ids=lambda document: document.id)
def document(request: pytest.FixtureRequest) -> Document:
    assert isinstance(request.param, Document)
    return request.param


def test_a_passage_is_a_span_of_its_document(document: Document) -> None:
    for passage in passages_of(document):
        assert document.text[passage.start : passage.end] == passage.text
        assert passage.text == passage.text.strip()
        assert (passage.document_id, passage.title) == (document.id, document.title)


def test_passages_follow_each_other_without_overlap(document: Document) -> None:
    assert all(one.end <= other.start for one, other in pairwise(passages_of(document)))
    assert len({passage.id for passage in passages_of(document)}) == len(passages_of(document))


def test_sentences_lie_in_their_passage_in_order(document: Document) -> None:
    for passage in passages_of(document):
        assert passage.sentences
        assert all(passage.start <= s.start < s.end <= passage.end for s in passage.sentences)
        assert all(one.end <= other.start for one, other in pairwise(passage.sentences))


def test_every_block_is_covered_exactly_once(document: Document) -> None:
    sentences = [s for passage in passages_of(document) for s in passage.sentences]
    for block in document.blocks:
        inside = [s for s in sentences if block.start <= s.start and s.end <= block.end]
        left = document.text[block.start : block.end]
        for sentence in inside:
            left = left.replace(document.text[sentence.start : sentence.end], "", 1)
        assert left.strip() == ""
    assert sum(
        len(sentence_spans(document.text, b.start, b.end)) if b.role == "text" else 1 for b in document.blocks
    ) == len(sentences)


def test_no_sentence_is_cut_by_a_passage(document: Document) -> None:
    cut = {(s.start, s.end) for passage in passages_of(document) for s in passage.sentences if s.role == "text"}
    whole = {
        span for b in document.blocks if b.role == "text" for span in sentence_spans(document.text, b.start, b.end)
    }
    assert cut == whole


def test_an_item_shares_the_passage_of_its_lead_line(document: Document) -> None:
    place = {(s.start, s.end): passage.id for passage in passages_of(document) for s in passage.sentences}
    leads = {b.list_number: place[b.start, b.end] for b in document.blocks if b.role == "lead"}
    items = [b for b in document.blocks if b.role == "item" and b.list_number in leads]
    assert [b for b in items if place[b.start, b.end] != leads[b.list_number]] == []


def test_a_passage_keeps_to_one_section(document: Document) -> None:
    for passage in passages_of(document):
        touched = [b for b in document.blocks if b.start < passage.end and passage.start < b.end]
        assert {document.sections[b.section].path for b in touched} == {passage.section}


def test_only_what_must_stay_together_is_longer_than_the_model_reads() -> None:
    long = [p for p in passages_of(WRITTEN) if p.end - p.start > MAX_CHARACTERS]
    assert [p.sentences[0].role for p in long] == ["lead"]


def test_a_passage_is_embedded_with_each_heading_once() -> None:
    passage = passages_of(read_markdown("# A\n\n## B\n\nWords.\n", "a.md"))[0]
    assert passage.embedded_text == "A\nB\nWords."


@pytest.mark.parametrize(
    ("words", "evidence"),
    [
        ("No therapy is FDA-approved.", "regulatory"),
        ("In animal models, scars shrank.", "preclinical"),
        ("A split-face RCT found less redness.", "trial"),
        ("Consent should be explicit.", "practice"),
        ("Tendons join muscle to bone.", "general"),
    ],
)
def test_a_sentence_names_its_own_evidence(words: str, evidence: str) -> None:
    assert evidence_of(words) == evidence


def test_the_authors_label_outweighs_the_words() -> None:
    passage = passages_of(read_markdown("# A\n\nEvidence: trial\n\nConsent should be explicit.\n", "a.md"))[0]
    assert [s.evidence for s in passage.sentences] == ["trial"]
