"""How much personal data is found, and what is taken for it by mistake: `python -m evals.privacy`.

Recall: identifiers made by Faker (of the extra `dev`) in sentences of privacy_sentences.toml; found is one of which no
part is left. False alarms: names of drugs, genes and diseases, dates of literature and figures in sentences; and the
questions of labelled sets, in which nobody is named.
"""

import json
import re
import time
import tomllib
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

import click

import settings
from assistant.privacy import redact
from corpus.glossary import load_glossary
from corpus.matching import normalise
from evals.cases import load_cases
from evals.privacy_identifiers import LOCALES, Planted, plant
from evals.score import wilson
from index.words import words

SENTENCES = Path(__file__).with_name("privacy_sentences.toml")
SETS = ("first", "second", "third", "fourth", "fifth")
SEED = 20_260_101  # of the figures that are reported; others must give the same within their intervals
SHORTEST_PART = 3  # characters of a part of an identifier that must not be left
_PART = re.compile(r"[^\W_]+")
# Titles and the words of an address or a name that are nobody's.
_NOBODYS = frozenset(
    """prof ing univ dipl beng bsc msc mba meng von der den del las los und
    herr frau mrs miss the piso puerta apt suite flat box""".split()
)

Redactor = Callable[[str], str]


@lru_cache(maxsize=1)
def known_words() -> frozenset[str]:
    """The material's and the glossary's words, as the assistant knows them."""
    loaded = settings.load_settings()
    paths = [path for source in loaded.sources for path in (source.rglob("*.md") if source.is_dir() else [source])]
    terms = [form for term in load_glossary(loaded.glossary).term for form in term.forms]
    return frozenset(word for text in (*(p.read_text("utf-8") for p in paths), *terms) for word in words(text))


def is_gone(planted: Planted, text: str) -> bool:
    """Whether no part of an identifier is left in a text, but for what its sentence says itself."""
    left = set(_PART.findall(normalise(text).lower()))
    own = set(_PART.findall(planted.template.lower())) | _NOBODYS
    whole = re.search(rf"(?<!\w){re.escape(normalise(planted.value))}(?!\w)", text, re.IGNORECASE)
    return not whole and not [
        p for p in _PART.findall(normalise(planted.value).lower()) if len(p) >= SHORTEST_PART and p in left - own
    ]


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("queries", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--sentences", "chosen", type=click.Choice(SETS), multiple=True, help="Which sentences; all if not named."
)
@click.option("--seed", default=SEED, show_default=True)
@click.option("--rounds", default=1, show_default=True, help="How often each sentence is filled in each locale.")
@click.option("--show", is_flag=True, help="Print what was missed or taken by mistake.")
def main(queries: tuple[Path, ...], chosen: tuple[str, ...], seed: int, rounds: int, show: bool) -> None:
    """Measure the recognisers of personal data; QUERIES are queries.jsonl files of labelled sets."""
    data = tomllib.loads(SENTENCES.read_text(encoding="utf-8"))
    known = known_words()

    def redacted(text: str) -> str:
        return redact(normalise(text), known).text

    for name in chosen or SETS:
        planted = plant(data[name], seed, rounds)
        click.echo(f"\n{name} sentences: {len(data[name])} templates, seed {seed}")
        _report_recall(planted, redacted, show)
    click.echo("\ntaken by mistake")
    _report_alarms(data["benign"], redacted, show)
    _report_questions("messages", data["messages"], redacted, show)
    _report_questions(
        "tuning set", [turn for case in load_cases(sets=["tuning"]) for turn in case.turns], redacted, show
    )
    for path in queries:
        texts = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
        _report_questions(f"{path.parent.name}/{path.name}", texts, redacted, show)


def _report_recall(planted: Sequence[Planted], redacted: Redactor, show: bool) -> None:
    texts = {message: redacted(message) for message in dict.fromkeys(p.message for p in planted)}
    gone = [is_gone(p, texts[p.message]) for p in planted]
    table: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for one, found in zip(planted, gone, strict=True):
        for row in (one.kind, "all"):
            for column in (one.locale, "all"):
                table[row, column].append(found)
        if show and not found:
            click.echo(f"  MISSED {one.kind} {one.locale} {one.value!r}: {texts[one.message]!r}")
    kinds = list(dict.fromkeys(one.kind for one in planted))
    click.echo(f"{'kind':<9}" + "".join(f"{locale:>10}" for locale in LOCALES) + "   all")
    for kind in (*kinds, "all"):
        cells = "".join(f"{sum(table[kind, locale])}/{len(table[kind, locale])}".rjust(10) for locale in LOCALES)
        click.echo(f"{kind:<9}{cells}   {share(table[kind, 'all'])}")


def _report_alarms(benign: dict[str, str | list[str]], redacted: Redactor, show: bool) -> None:
    sentences = benign["sentences"]
    for kind, listed in benign.items():
        if kind == "sentences":
            continue
        items = listed.split() if isinstance(listed, str) else listed
        wrong = []
        for place, item in enumerate(items):
            for sentence in (sentences[place % len(sentences)], sentences[(place * 7 + 3) % len(sentences)]):
                text = normalise(sentence.replace("{item}", item))
                wrong.append(redacted(text) != text)
                if show and wrong[-1]:
                    click.echo(f"  TAKEN {kind} {item!r}: {redacted(text)!r}")
        click.echo(f"{kind:<9}{share(wrong)}")


def _report_questions(name: str, texts: Sequence[str], redacted: Redactor, show: bool) -> None:
    wrong, spent = [], []
    for text in map(normalise, texts):
        begun = time.perf_counter()
        result = redacted(text)
        spent.append(time.perf_counter() - begun)
        wrong.append(result != text)
        if show and wrong[-1]:
            click.echo(f"  TAKEN {text!r}: {result!r}")
    click.echo(f"{name}: {share(wrong)}; {1000 * sorted(spent)[len(spent) // 2]:.2f} ms a question (median)")


def share(right: Sequence[bool]) -> str:
    """A share with its n and 95 % interval."""
    low, high = wilson(sum(right), len(right))
    return f"{sum(right)}/{len(right)} = {sum(right) / len(right):.1%} ({low:.1%} to {high:.1%})"


if __name__ == "__main__":
    main()
