"""Edits of the policy's and the glossary's file."""

import re
from collections.abc import Callable

from evals.areas import POLICY, STATUSES
from evals.mutations.types import FileChange, NothingToPlant


def _once(pattern: str, words: str) -> Callable[[str], str]:
    def edit(text: str) -> str:
        changed, count = re.subn(pattern, words, text, count=1, flags=re.MULTILINE | re.DOTALL)
        if not count:
            raise NothingToPlant(f"the file holds no {pattern!r}; leave this kind out with --kinds")
        return changed

    return edit


def _everywhere(pattern: str, words: str) -> Callable[[str], str]:
    return lambda text: re.sub(pattern, words, text, flags=re.MULTILINE)


FAULTS = (
    FileChange(
        "caveat-rules-removed", POLICY, "policy", _once(r"^question_topics = \[.*?^\]$", "question_topics = []")
    ),
    FileChange("status-turned", STATUSES, "policy", _once(r"^(statement = \"As of \d+, )no ", r"\1an ")),
    FileChange("caveat-turned", STATUSES, "policy", _once(r"^(text = \"[^\"]*?, )no ", r"\1an ")),
    FileChange("review-put-off", STATUSES, "policy", _everywhere(r"^review_by = \d{4}", "review_by = 2099")),
)
HARMLESS = (
    FileChange(
        "synonym-added", None, "glossary",
        _once(r'^(synonyms = \["fat-derived stem cell")', r'\1, "stem cell of fat"'),
    ),
)  # fmt: skip
