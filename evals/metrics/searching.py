"""What search finds for the last turn as it was typed, and for the question that stands alone.

Values by ir-measures, which computes them as trec_eval does, of the passages from which a right answer comes. nDCG:
Järvelin and Kekäläinen 2002, "Cumulated gain-based evaluation of IR techniques". The interval is a bootstrap over the
questions.
"""

from collections.abc import Iterator, Sequence

from evals.metrics.types import Measured, Told
from evals.retrieval_measures import MEASURES, estimate, measure
from evals.retrieval_sets import Topic

WAYS = {"as typed": "typed", "rewritten": "alone"}  # in words, and as `runs.Searched` has them


def retrieval(told: Sequence[Told]) -> Iterator[Measured]:
    """Recall, nDCG and the reciprocal rank for both ways to search; of cases without a section there is no verdict."""
    searched = {one.case.id: one.outcome.searched for one in told if one.outcome.searched}
    topics = [Topic(identity, "", one.relevant) for identity, one in searched.items()]
    for words, way in WAYS.items():
        rankings = {identity: getattr(one, way) for identity, one in searched.items()}
        values = measure(rankings, topics) if topics else {}
        for name in MEASURES:
            if name not in values:
                yield Measured(f"{name} {words}", None, 0, 0.0, 1.0, "questions")
                continue
            found = estimate(values[name])
            yield Measured(f"{name} {words}", found.mean, found.n, found.low, found.high, "questions")
