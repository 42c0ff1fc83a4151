"""Decides which caveats an answer is due, from all that is known of its question (output invariant 4)."""

from assistant.carry_signals import carried_in
from assistant.caveats import is_due, mentions_field, mentions_subject
from assistant.decide import is_known
from assistant.entities import kinds_of
from assistant.line import Line, Parts
from assistant.types import Statement, Turn
from corpus.policy import Caveat

NEAR_WORDS = 2  # words of the material that make a question one of the field; one alone is chance
CLINICAL = ("condition", "population")  # a question about one is about treating it, though the material knows it not


def caveats_due(line: Line, parts: Parts) -> list[Caveat]:
    """The caveats that are due, whatever the outcome; in doubt, yes."""
    return [caveat for caveat in parts.policy.caveat if _is_due(caveat, line, parts)]


def all_asked(line: Line) -> str:
    """All that is asked: the words as typed, and the question that stands alone."""
    return f"{line['screened'].text} {line['standalone']}"


def _is_due(caveat: Caveat, line: Line, parts: Parts) -> bool:
    screened, status, words = line["screened"], line["status"], all_asked(line)
    if screened.emergency or screened.refusal or screened.status_premise:
        return True
    if mentions_subject(caveat, words) and status == "not_covered":
        return True
    if _is_told(line) and (mentions_subject(caveat, words) or mentions_field(caveat, words)):
        return True
    if status == "not_covered" and (is_due(caveat, words, [], _is_near(line, parts)) or _goes_on(caveat, line)):
        return True
    return status != "clarify" and is_due(caveat, words, _telling(line), on_subject=bool(line["statements"]))


def _is_told(line: Line) -> bool:
    """Whether the message carries an instruction: what it wants to hear of the therapy is then in doubt."""
    return any(guardrail.rule == "instruction" for guardrail in line["screened"].guardrails)


def _goes_on(caveat: Caveat, line: Line) -> bool:
    """Whether a message goes on from an answer that was due the caveat: it names nothing else, or leaves words out."""
    opening = caveat.text.partition("{")[0]
    leans = bool(carried_in(Turn(line["standalone"], asked=line["screened"].text)))
    return (leans or not line["sufficiency"].missing) and any(opening in turn.answer for turn in line["earlier"][-1:])


def _telling(line: Line) -> list[Statement]:
    """The statements that may demand a caveat: a definition needs none, unless it is answered from a trial."""
    if line["question"].form == "definition":
        return [statement for statement in line["statements"] if statement.evidence == "trial"]
    return line["statements"]


def _is_near(line: Line, parts: Parts) -> bool:
    """Whether a question is of the field, or names something clinical, though nothing answers it."""
    missing = list(line["sufficiency"].missing)
    if missing and any(kind in CLINICAL for kind, _ in kinds_of(parts.index.embed(missing))):
        return True
    known = sum(is_known(stemmed, parts.index) for stemmed in line["question"].content)
    return bool(line["question"].terms) or known >= NEAR_WORDS
