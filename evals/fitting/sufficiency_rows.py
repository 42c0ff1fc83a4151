"""Gathers what the model of sufficiency is fitted and measured on: questions as they stood in indices of many sizes."""

import json
import random
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from assistant.signals import Signals
from assistant.sufficiency import Model
from corpus.glossary import Glossary, load_glossary
from corpus.passages import passages_of
from corpus.readers import read_sources
from corpus.types import Document
from evals.answerability import ask, index_of
from evals.answerability_sets import Labelled, QuestionSet, document_of, read_set
from evals.cases import load_cases
from evals.vector_cache import CachedEmbedder
from index.embedding import MiniLM
from index.types import Embedder

PROJECT = Path(__file__).resolve().parents[2]
WHOLE = 0
# Documents of an index, how many indices of that size, and how many questions each gets at most.
# MedQuAD's documents are long and take their time to embed.
SIZES = {
    "squad2": ((WHOLE, 1, 6100), (300, 1, 400), (100, 2, 200), (30, 4, 100), (10, 8, 60), (3, 10, 30), (1, 24, 16)),
    "medquad": ((WHOLE, 1, 1500), (300, 1, 300), (100, 2, 160), (30, 3, 80), (10, 4, 60), (3, 6, 30), (1, 12, 16)),
}
LARGE_SIZES = (WHOLE, 300)
AMONG, AMONG_QUESTIONS = (8, 30, 120), 800  # paragraphs of SQuAD beside the project's material; questions asked then
STRANGERS = 300  # questions of other sets that are put to the project's own material
HARD_SHARE = 2 / 3  # of the unanswerable questions that are asked, those on topic where there are such
ATTEMPT = Model(0.0, (), 0.5)  # where only the signals are wanted
SEED = 5


@dataclass(frozen=True, slots=True)
class Row:
    """A question as it stood in one index."""

    set: str
    group: str  # rows of one group are never on both sides of a fit
    size: int  # documents; WHOLE for all of the set
    answerable: bool
    is_unknown: bool  # names what the material does not know
    signals: Signals


def _whole(document: str) -> str:
    """The document that a section or a paragraph belongs to."""
    return document.split("#")[0]


def _group(question: Labelled) -> str:
    return _whole(question.documents[0]) if question.documents else question.id


def plan(data: QuestionSet, chance: random.Random) -> Iterator[tuple[int, QuestionSet]]:
    """The parts of a set that are indexed, each with the questions that are put to it."""
    units = sorted({_unit(data.name, d.id) for d in data.documents})
    for size, times, most in SIZES[data.name]:
        for _ in range(times if size < len(units) else 0):
            taken = set(units if size == WHOLE else chance.sample(units, size))
            part = tuple(d for d in data.documents if _unit(data.name, d.id) in taken)
            chosen = _chosen(data, {d.id for d in part}, taken, most // 2, chance)
            if any(q.answerable for q in chosen):
                yield size, replace(data, documents=part, questions=chosen)


def _unit(name: str, document: str) -> str:
    """What is in an index or absent from it: a paragraph of SQuAD, a whole document otherwise."""
    return document if name == "squad2" else _whole(document)


def _chosen(
    data: QuestionSet, present: set[str], units: set[str], each: int, chance: random.Random
) -> tuple[Labelled, ...]:
    """As many answerable as unanswerable questions at most, those on topic before those whose document is absent."""
    here = [q for q in data.questions if present.intersection(q.documents)]
    absent = [
        replace(q, answerable=False) for q in data.questions if not units & {_unit(data.name, d) for d in q.documents}
    ]
    yes, hard = [q for q in here if q.answerable], [q for q in here if not q.answerable]
    for some in (yes, hard, absent):
        chance.shuffle(some)
    no = (hard[: round(HARD_SHARE * each) if absent else each] + absent)[:each]
    return (*yes[:each], *no[: max(2, len(yes))])


def read_sets(folder: Path) -> list[QuestionSet]:
    """The two public sets."""
    answerability, retrieval = folder / "answerability", folder / "retrieval"
    squad = read_set("squad2", answerability / "squad2_corpus.jsonl", answerability / "squad2_queries.jsonl")
    medquad = read_set(
        "medquad", retrieval / "medquad/corpus.jsonl", retrieval / "medquad/queries.jsonl",
        answerability / "medquad_unanswerable.jsonl",
    )  # fmt: skip
    return [squad, medquad]


def own_sets(sources: Iterable[Path], others: Sequence[Labelled]) -> Iterator[QuestionSet]:
    """The tuning cases of one turn that are either answered or not, over each source as a set of its own, and in parts.

    Some questions of other sets are asked too: the project's material answers none of them.
    """
    strangers = random.Random(SEED).sample(others, min(STRANGERS, len(others)))
    questions = (
        *(
            Labelled(case.id, case.turns[0], "answered" in case.status, ())
            for case in load_cases(sets=["tuning"])
            if len(case.turns) == 1 and ("answered" in case.status or "not_covered" in case.status)
        ),
        *(replace(q, answerable=False) for q in strangers),
    )
    for source in sources:
        documents, _ = read_sources([source])
        yield QuestionSet(f"own {'modules' if source.is_dir() else 'text'}", tuple(documents), questions, ())
        if source.is_dir():
            yield QuestionSet("own parts", in_parts(documents), questions, ())


def in_parts(documents: Iterable[Document]) -> tuple[Document, ...]:
    """Each passage as a document of its own, whose title tells nothing: a folder of loose slides."""
    texts = [passage.text for document in documents for passage in passages_of(document)]
    return tuple(
        document_of({"id": f"part-{n}", "title": f"Part {n}", "text": text}, "part")
        for n, text in enumerate(texts, start=1)
    )


def among(data: QuestionSet, others: Sequence[Document], chance: random.Random) -> Iterator[tuple[int, QuestionSet]]:
    """The project's own material by itself, and beside more and more documents that answer none of the questions."""
    yield WHOLE, data
    asked = {document for question in data.questions for document in question.documents}
    rest = [document for document in others if document.id not in asked]
    for size in AMONG:
        documents = (*data.documents, *chance.sample(rest, size))
        yield size, replace(data, documents=documents, questions=tuple(chance.sample(data.questions, AMONG_QUESTIONS)))


def rows_of(data: QuestionSet, size: int, embedder: Embedder, glossary: Glossary) -> list[Row]:
    """Builds the index, asks the questions, and removes the index."""
    with tempfile.TemporaryDirectory(prefix="caveat-fitting-") as folder:
        index = index_of(data.documents, Path(folder), embedder, glossary)
        rows = []
        for asked in ask(data.questions, index, model=ATTEMPT):
            rows.append(
                Row(
                    data.name, _group(asked.question), size, asked.question.answerable, asked.case.is_unknown,
                    asked.case.findings.signals,
                )
            )  # fmt: skip
        index.close()
    print(f"{data.name}: {len(data.documents)} documents, {len(rows)} questions", flush=True)
    return rows


def gathered(folder: Path, own: Sequence[Path], cache: Path | None) -> list[Row]:
    """Rows of the own sets and of the public sets in indices of every size; kept in the cache, if one is named."""
    kept = cache / "rows.jsonl" if cache else None
    if kept and kept.is_file():
        lines = kept.read_text(encoding="utf-8").splitlines()
        return [Row(**{**values, "signals": Signals(**values["signals"])}) for values in map(json.loads, lines)]
    glossary = load_glossary(PROJECT / "corpus" / "glossary.toml")
    embedder = CachedEmbedder(MiniLM(), cache) if cache else MiniLM()
    sets = read_sets(folder)
    others = [q for data in sets for q in data.questions]
    rows = list[Row]()
    for data in own_sets(own, others):
        for size, part in among(data, sets[0].documents, random.Random(SEED)):
            rows += rows_of(part, size, embedder, glossary)
    for data in sets:
        for size, part in plan(data, random.Random(SEED)):
            rows += rows_of(part, size, embedder, glossary)
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text("".join(json.dumps(asdict(row)) + "\n" for row in rows), encoding="utf-8")
    return rows
