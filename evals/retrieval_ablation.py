"""What each part of the search adds: all parts, less all but this one."""

from corpus.glossary import Glossary
from evals.retrieval_index import SetIndex
from evals.retrieval_measures import MAIN, Difference, Values, difference, measure
from evals.retrieval_sets import Topic
from index.fusion import SIGNALS, fitted
from index.search import Plan

WITHOUT_ROOT = "weights of each question"
WITHOUT_DIVERSITY = "repetitions last"
WITHOUT_GLOSSARY = "glossary"


def plans() -> dict[str, Plan]:
    """How to search without each part; the weights are those that were fitted without it."""
    fused = {name: Plan(fitted(without(name))) for name in (*SIGNALS, WITHOUT_ROOT)}
    return {**fused, WITHOUT_DIVERSITY: Plan(fitted(), same=2.0)}


def without(part: str) -> str:
    """The name under which the weights without a part are kept."""
    return f"without {part}"


def without_each_part(built: SetIndex, topics: tuple[Topic, ...], ours: Values) -> dict[str, Difference]:
    """By part, the nDCG@10 that it adds on the set."""
    added = {}
    for part, plan in plans().items():
        with built.opened(plan=plan) as other:
            added[part] = difference(ours, measure(built.rankings(topics, other), topics)[MAIN])
    with built.opened(glossary=Glossary()) as other:
        added[WITHOUT_GLOSSARY] = difference(ours, measure(built.rankings(topics, other), topics)[MAIN])
    return added
