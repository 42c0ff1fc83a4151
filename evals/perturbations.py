"""Whether a false claim is caught, and a true one let through: `python -m evals.perturbations FOLDER…`.

Each FOLDER holds corpus.jsonl {id, title, text}. Sentences of its documents are made false in one place each, eight
ways (evals.perturbing), and held against their own passage: caught is what is not "supported". False alarms are
counted on the same sentences word by word, and on honest paraphrases of the project's own modules (paraphrases.toml).
Shares stand with their 95 % interval (Wilson). Exit code 1 where too little is caught or too much turned down.
"""

import random
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

import settings
from assistant.grounding import Grounding
from assistant.verify import Verdict
from corpus.readers import read_sources
from corpus.sentences import single_spans
from corpus.types import Document, MaterialError
from evals.perturbing import KINDS, Perturbed, perturbed
from evals.retrieval_sets import rows_of
from evals.score import wilson
from evals.vector_cache import CachedEmbedder
from failures import NO, errors
from index.embedding import MiniLM
from progress import ProgressLine

Progress = Callable[[int, int], None]

PARAPHRASES = Path(__file__).with_name("paraphrases.toml")
EACH = 250  # of each kind, in sum over the folders; the same again verbatim
SEED = 20_260_101
SHORTEST, LONGEST = 40, 300  # characters of a sentence
AROUND = 1_200  # characters of a document that make a sentence's passage
CAUGHT, VERBATIM_TURNED_DOWN, PARAPHRASES_TURNED_DOWN = 0.95, 0.01, 0.15


@dataclass(frozen=True, slots=True)
class Held:
    """A claim that was held against a passage, and whether the verdict on it is right."""

    kind: str
    claim: str
    verdict: Verdict
    is_right: bool


def sentences_in(folder: Path) -> Iterator[tuple[str, str]]:
    """The sentences of a folder's documents, each with its passage: the document's text around it."""
    for _, row in rows_of(folder / "corpus.jsonl"):
        text = str(row["text"])
        for start, end in single_spans(text, 0, len(text)):
            sentence = text[start:end]
            if SHORTEST <= len(sentence) <= LONGEST and sentence.endswith(".") and "\n" not in sentence:
                first = text.rfind(". ", 0, max(0, start - AROUND // 2)) + 1
                last = text.find(". ", min(end + AROUND // 2, len(text)))
                yield sentence, text[first : last + 1 if last > 0 else len(text)].strip()


def false_claims(sentences: Sequence[tuple[str, str]], each: int, seed: int) -> list[Perturbed]:
    """So many claims of each kind, of different sentences."""
    chance = random.Random(seed)
    found = []
    for kind in KINDS:
        made = (perturbed(kind, *pair, chance) for pair in chance.sample(sentences, len(sentences)))
        some = (one for one in made if one)
        found += [one for one, _ in zip(some, range(each), strict=False)]
    return found


def paraphrases() -> list[tuple[str, str]]:
    """The honest paraphrases, each with the section of the material that it renders. Raises MaterialError."""
    documents, _ = read_sources(settings.load_settings().sources)
    sections = {
        (document.id, section.path[-1]): _text_of(document, number)
        for document in documents
        for number, section in enumerate(document.sections)
        if section.path
    }
    found = []
    for entry in tomllib.loads(PARAPHRASES.read_text(encoding="utf-8"))["section"]:
        passage = sections.get((entry["document"], entry["heading"]))
        if passage is None:
            what = f"the material has no section “{entry['heading']}” in {entry['document']}"
            raise MaterialError(str(PARAPHRASES), what, "name one that it has")
        found += [(claim, passage) for claim in entry["says"]]
    return found


def _text_of(document: Document, section: int) -> str:
    blocks = [document.text[b.start : b.end] for b in document.blocks if b.section == section]
    return "\n\n".join(blocks)


def held(
    grounding: Grounding, sentences: Sequence[tuple[str, str]], each: int, seed: int, progress: Progress
) -> list[Held]:
    """Every claim with its verdict: the false ones of each kind, sentences word by word, and paraphrases."""
    false = [(one.kind, one.claim, one.passage, False) for one in false_claims(sentences, each, seed)]
    chosen = random.Random(seed).sample(sentences, min(2 * each, len(sentences)))
    true = [("verbatim", sentence, passage, True) for sentence, passage in chosen]
    true += [("paraphrase", claim, passage, True) for claim, passage in paraphrases()]
    found = []
    for done, (kind, claim, passage, is_true) in enumerate([*false, *true], start=1):
        verdict = grounding.verify(claim, passage)
        found.append(Held(kind, claim, verdict, (verdict.verdict == "supported") == is_true))
        progress(done, len(false) + len(true))
    return found


def lines(found: Sequence[Held]) -> list[str]:
    """The shares for people."""
    said = [f"{'made false':<18}{'caught':>7}{'n':>6}   share (95 % interval)"]
    said += [_share(kind, _of(found, kind)) for kind in KINDS]
    said.append(_share("all", [one for one in found if one.kind in KINDS]))
    said += ["", f"{'true':<18}{'held':>7}{'n':>6}   share (95 % interval)"]
    return said + [_share(kind, _of(found, kind)) for kind in ("verbatim", "paraphrase")]


def _of(found: Sequence[Held], kind: str) -> list[Held]:
    return [one for one in found if one.kind == kind]


def _share(name: str, some: Sequence[Held]) -> str:
    right, n = sum(one.is_right for one in some), len(some)
    low, high = wilson(right, n)
    return f"{name:<18}{right:>7}{n:>6}   {right / max(n, 1):.1%} ({low:.1%} to {high:.1%})"


def holds(found: Sequence[Held]) -> bool:
    """Whether enough of each kind is caught, and little enough turned down."""
    least = dict.fromkeys(KINDS, CAUGHT) | {
        "verbatim": 1 - VERBATIM_TURNED_DOWN, "paraphrase": 1 - PARAPHRASES_TURNED_DOWN,
    }  # fmt: skip
    some = {kind: _of(found, kind) for kind in least}
    return all(sum(h.is_right for h in some[kind]) >= share * len(some[kind]) for kind, share in least.items())


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument(
    "folders", nargs=-1, required=True, type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="FOLDER…"
)
@click.option("--each", default=EACH, show_default=True, help="Claims of each kind.")
@click.option("--seed", default=SEED, show_default=True)
@click.option("--show", is_flag=True, help="Print what was missed and what was turned down by mistake.")
def main(folders: tuple[Path, ...], each: int, seed: int, show: bool) -> None:
    """Hold claims made false from the documents of each FOLDER, and true ones, against their passages."""
    with errors():
        sentences = [pair for folder in folders for pair in sentences_in(folder)]
        grounding = Grounding(CachedEmbedder(MiniLM(), folders[0]))
        found = held(grounding, sentences, each, seed, ProgressLine("claims held"))
    for one in found if show else []:
        if not one.is_right:
            click.echo(f"{one.kind}: {one.verdict.verdict}: {one.claim}\n    {'; '.join(one.verdict.reasons)}")
    click.echo("\n".join(lines(found)))
    if not holds(found):
        raise click.exceptions.Exit(NO)


if __name__ == "__main__":
    main()
