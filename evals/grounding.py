"""How well claims are told that a passage supports: `python -m evals.grounding FILE [--also FILE]…`.

FILE holds claims that experts judged, {id, claim, context, label}. Each claim is judged by a model that was fitted
without it: in ten folds, which share no claim and no passage. The measures are of what `caveat verify` prints, checks
included: its score, and whether it says "supported". Each set named with --also is judged by the shipped model, which
was fitted on none of it. Two references stand beside: one cosine, and the share of the claim's words that the passage
has, each at the threshold that is best for the set.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray

from assistant.evidence import sentences_of, without_markers
from assistant.grounding import Grounding, Model, Weighed, fitted_model, model_of
from assistant.verify import Verdict
from evals.calibration import Truth, Values, auc, balanced_accuracy, best_threshold, interval
from evals.fitting.grounding import fit, table_of
from evals.grounding_sets import Pair, groups_of, read_pairs
from evals.vector_cache import CachedEmbedder
from failures import errors
from index.embedding import MiniLM
from index.types import Embedder
from index.words import STOPWORDS, stem, words
from progress import ProgressLine

FOLDS = 10
SEED = 0
NOTHING = Verdict("unsupported", 0.0, ())


@dataclass(frozen=True, slots=True)
class Judged:
    """A set of claims and what was said of them."""

    name: str
    pairs: list[Pair]
    weighed: list[Weighed | None]  # None where the passage holds nothing
    verdicts: list[Verdict]

    @property
    def truth(self) -> Truth:
        return np.array([pair.is_supported for pair in self.pairs])


def weighed_of(
    pairs: Sequence[Pair], grounding: Grounding, progress: Callable[[int, int], None]
) -> list[Weighed | None]:
    """What speaks for and against each claim."""
    found = []
    for done, pair in enumerate(pairs, start=1):
        found.append(grounding.weighed(without_markers(pair.claim), pair.passage))
        progress(done, len(pairs))
    return found


def left_out(pairs: list[Pair], weighed: list[Weighed | None], grounding: Grounding) -> list[Verdict]:
    """The verdict on each claim by a model that was fitted without its fold."""
    groups = groups_of(pairs)
    folds = np.random.default_rng(SEED).permutation(groups.max() + 1)[groups] % FOLDS
    models = [_model_without(folds == fold, pairs, weighed) for fold in range(FOLDS)]
    return [_verdict(pair, one, models[fold], grounding) for pair, one, fold in zip(pairs, weighed, folds, strict=True)]


def _model_without(out: NDArray[np.bool_], pairs: list[Pair], weighed: list[Weighed | None]) -> Model:
    rows = [(w.signals, p.is_supported) for p, w, no in zip(pairs, weighed, out, strict=True) if w and not no]
    return model_of(fit(table_of([signals for signals, _ in rows]), np.array([truth for _, truth in rows])))


def _verdict(pair: Pair, weighed: Weighed | None, model: Model, grounding: Grounding) -> Verdict:
    if weighed is None:
        return NOTHING
    return grounding.judged(weighed, model.score(weighed.signals))


def cosines(pairs: Sequence[Pair], embedder: Embedder) -> Values:
    """Each claim's cosine to the nearest sentence of its passage."""
    found = []
    for pair in pairs:
        sentences = sentences_of(pair.passage)
        claim, *held = embedder.embed_words([without_markers(pair.claim), *sentences])
        found.append(max((float(claim.whole @ one.whole) for one in held), default=0.0))
    return np.array(found)


def overlaps(pairs: Sequence[Pair]) -> Values:
    """The share of each claim's content words, by their stems, that its passage has."""
    found = []
    for pair in pairs:
        wanted = {stem(word) for word in words(without_markers(pair.claim)) if word not in STOPWORDS}
        found.append(len(wanted & {stem(word) for word in words(pair.passage)}) / max(len(wanted), 1))
    return np.array(found)


def lines(judged: Judged, references: dict[str, Values]) -> list[str]:
    """The measures for people."""
    truth, groups = judged.truth, groups_of(judged.pairs)
    said = np.array([verdict.verdict == "supported" for verdict in judged.verdicts])
    scores = np.array([verdict.score for verdict in judged.verdicts])
    found = [f"{judged.name}: {len(truth)} claims, {int(truth.sum())} supported, {int((~truth).sum())} not"]
    measures: dict[str, Callable[[NDArray[np.intp]], float]] = {
        "balanced accuracy of the verdict": lambda rows: balanced_accuracy(truth[rows], said[rows]),
        "AUC of the score": lambda rows: auc(truth[rows], scores[rows]),
    }
    for name, values in references.items():
        measures |= _reference(name, truth, values)
    for name, measure in measures.items():
        one = interval(measure, groups)
        found.append(f"{name:<48}{one.value:.3f}   95 % interval {one.low:.3f} to {one.high:.3f}")
    for label in sorted({pair.label for pair in judged.pairs}):
        verdicts = [v.verdict for p, v in zip(judged.pairs, judged.verdicts, strict=True) if p.label == label]
        counts = ", ".join(
            f"{verdicts.count(one)} {one}" for one in ("supported", "partial", "unsupported", "contradicted")
        )
        found.append(f"{label:<20}n {len(verdicts):>4}: {counts}")
    return found


def _reference(name: str, truth: Truth, values: Values) -> dict[str, Callable[[NDArray[np.intp]], float]]:
    return {
        f"{name}: balanced accuracy": lambda rows: best_threshold(truth[rows], values[rows])[1],
        f"{name}: AUC": lambda rows: auc(truth[rows], values[rows]),
    }


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--also", "others", multiple=True, type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A set that is only measured, with the shipped weights; may be repeated.",
)  # fmt: skip
def main(file: Path, others: tuple[Path, ...]) -> None:
    """Measure the verdicts on the claims of FILE, each by a model that was fitted without it."""
    embedder = CachedEmbedder(MiniLM(), file.parent)
    grounding = Grounding(embedder)
    progress = ProgressLine("claims read")
    with errors():
        for path in (file, *others):
            pairs = read_pairs(path)
            weighed = weighed_of(pairs, grounding, progress)
            if path == file:
                verdicts = left_out(pairs, weighed, grounding)
            else:
                verdicts = [_verdict(p, w, fitted_model(), grounding) for p, w in zip(pairs, weighed, strict=True)]
            references = {"cosine": cosines(pairs, embedder), "shared words": overlaps(pairs)}
            click.echo("\n".join([*lines(Judged(path.stem, pairs, weighed, verdicts), references), ""]))


if __name__ == "__main__":
    main()
