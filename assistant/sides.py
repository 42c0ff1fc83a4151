"""Takes a comparison apart into its two sides."""

import re

_BETWEEN = re.compile(
    r"\b(?:differen\w+|compar\w+|contrast\w*|distin\w+|choice|choose|choosing)\b.{0,40}?\bbetween\s+(?P<one>.+?)\s+(?:and|versus|vs\.?)\s+(?P<other>.+)",
    re.IGNORECASE,
)
_OF = re.compile(  # "the difference of mesenchymal and follicular cells"
    r"^\W*(?:what (?:is|are|['’]s) )?(?:the )?(?:main |key )?differences? of\s+(?P<one>.+?)\s+(?:and|to|from|versus|vs\.?)\s+(?P<other>.+)",
    re.IGNORECASE,
)
_APART = re.compile(
    r"\b(?:distinguish\w*|separates?|differentiates?|sets? apart|tell apart)\s+(?P<one>.+?)\s+(?:from|and)\s+(?P<other>.+)",
    re.IGNORECASE,
)
_LED = re.compile(
    r"^\W*(?:please\s+)?(?:compare|contrast|set)\s+(?P<one>.+?)\s+(?:with|to|and|against|versus|vs\.?)\s+(?P<other>.+)",
    re.IGNORECASE,
)
_TWICE = re.compile(
    r"(?P<one>\b(?:what|which|where|how|when)\b.+?)[,;]?\s+(?:and|but)\s+(?P<other>(?:what|which|where|how|when)\b.+)",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"^(?P<one>.+?),?\s+(?:(?:compare\w*|differ\w*|stack up)(?:\s+\w+)?\s+(?:with|to|from|against)|compared (?:with|to)|as opposed to|in contrast (?:to|with)|relative to|rather than|instead of|versus|vs\.?|v\.|than)\s+(?P<other>.+)",
    re.IGNORECASE,
)
_EITHER = re.compile(r"^(?P<one>.+?),?\s+or\s+(?P<other>.+)", re.IGNORECASE)
_TAIL = re.compile(r"\s*(?::|,(?=\s*(?:what|which|where|how|when)\b))\s*(?P<tail>.+)$", re.IGNORECASE)


def sides_of(text: str, either: bool) -> tuple[str, ...]:
    """The two sides of a comparison, each with what is asked about both; empty where no two can be told apart.

    `either`: whether a mere "or" parts them, as in "which is easier, this or that".
    """
    tail = _TAIL.search(text)
    compared, asked = (text[: tail.start()], f" {tail['tail']}") if tail else (text, "")
    for pattern in (_BETWEEN, _OF, _APART, _LED, _TWICE, _SPLIT, *((_EITHER,) if either else ())):
        for part, rest in ((compared, asked), (text, "")):
            if match := pattern.search(part):
                return f"{match['one'].strip(' ?,')}{rest}", f"{match['other'].strip(' ?,')}{rest}"
    return ()
