"""Makes a retrieval set of long documents: `python -m evals.long_documents SOURCE.jsonl.gz FOLDER`.

The inverse cloze task (Lee, Chang and Toutanova 2019, "Latent Retrieval for Weakly Supervised Open Domain Question
Answering"): a sentence is taken out of its document and asked for, so that the document must be found by what it
says around the gap, not by the sentence itself. Every second question keeps a random half of its words, in order,
as somebody writes who remembers a passage badly.
"""

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from corpus.types import MaterialError
from evals.retrieval_sets import RetrievalSet, Source, Topic, read_sources_of, save_set

SEED = 3
SHORTEST, LONGEST = 4_000, 25_000  # characters of a document: as long as whole papers and guidances are
SENTENCE = (60, 300)  # characters of a sentence that is asked for
LETTERS = 0.9  # share of letters and spaces below which a "sentence" is a reference or a table's row
FEWEST_WORDS = 4
NO_PROSE = ("#", "|", ">", "-", "*", "<")  # how headings, tables, quotations, lists and markup begin


def long_documents(sources: Sequence[Source], documents: int, questions_each: int, seed: int = SEED) -> RetrievalSet:
    """A set of so many sampled documents; the same seed gives the same set.

    Only sentences that stand once in one of the documents are asked for.
    """
    chance = random.Random(seed)  # noqa: S311  # a fixed seed, not a secret
    long = [source for source in sources if SHORTEST <= len(source.text) <= LONGEST]
    chosen = chance.sample(long, min(documents, len(long)))
    sentences = [list(dict.fromkeys(_sentences(source.text))) for source in chosen]
    counts = Counter(sentence for own in sentences for sentence in own)
    kept, topics = list[Source](), list[Topic]()
    for source, own in zip(chosen, sentences, strict=True):
        alone = [s for s in own if counts[s] == 1 and source.text.count(s) == 1]
        text = source.text
        for position, sentence in enumerate(chance.sample(alone, min(questions_each, len(alone)))):
            text = text.replace(sentence, "", 1)
            asked = _half(sentence, chance) if position % 2 else sentence
            kind = "half" if position % 2 else "whole"
            topics.append(Topic(f"{len(topics)}-{kind}", asked, (source.id,)))
        kept.append(Source(source.id, source.title, text))
    return RetrievalSet("long", tuple(kept), tuple(topics))


def _sentences(text: str) -> Iterator[str]:
    for block in re.split(r"\n\s*\n", text):
        paragraph = block.strip()
        if paragraph.startswith(NO_PROSE):
            continue
        for sentence in re.split(r"(?<=[.!?])\s+(?=[A-Z(])", paragraph):
            if "\n" in sentence or not SENTENCE[0] <= len(sentence) <= SENTENCE[1] or not sentence.endswith("."):
                continue
            if sum(c.isalpha() or c == " " for c in sentence) >= LETTERS * len(sentence):
                yield sentence


def _half(sentence: str, chance: random.Random) -> str:
    words = sentence.rstrip(".").split()
    kept = sorted(chance.sample(range(len(words)), min(len(words), max(FEWEST_WORDS, len(words) // 2))))
    return " ".join(words[position] for position in kept)


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--documents", default=180, show_default=True, type=click.IntRange(1))
@click.option("--questions", default=6, show_default=True, type=click.IntRange(1), help="At most, a document.")
@click.option("--seed", default=SEED, show_default=True)
def main(source: Path, folder: Path, documents: int, questions: int, seed: int) -> None:
    """Make a retrieval set in FOLDER of the long documents in SOURCE, JSON Lines {id,title,text}."""
    try:
        made = long_documents(read_sources_of(source), documents, questions, seed)
    except MaterialError as error:
        raise click.ClickException(str(error)) from error
    save_set(made, folder)
    click.echo(f"{folder}: {len(made.sources)} documents, {len(made.topics)} questions, seed {seed}")


if __name__ == "__main__":
    main()
