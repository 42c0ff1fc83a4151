"""Tells sales and sign-up lines from training content, by their wording."""

import re

_CUES = re.compile(
    r"""
      \b(?:save|get)\s+(?:up\s+to\s+)?\d+\s?%            # discounts
    | \b\d+\s?%\s+(?:off|discount)\b
    | \b(?:on\s+sale|limited[\s-]time|early[\s-]bird|promo(?:tional)?\s+code|coupon|special\s+offer)\b
    | \b(?:register|enrol+|book|buy|order|shop|call|join|apply)\s+(?:us\s+)?(?:now|today|here|before|online)\b
    | \b(?:sign\s+up|subscribe|newsletter|click\s+here|learn\s+more\s+here|follow\s+us|contact\s+us)\b
    | \bbe\s+the\s+first\s+to\s+know\b
    | \bare\s+you\s+interested\s+in\b
    | \bupcoming\s+(?:training|course|event|workshop|webinar)
    | \b(?:download|get)\s+(?:our|the|your|a)\s+(?:free\s+)?(?:guide|e-?book|brochure|copy)\b
    | \be-?book\b
    | \band\s+more\s*!
    | \bcelebrating\s+\d+\s+years\b
    | \ball\s+rights\s+reserved\b | \bcookie\s+policy\b | ©\s*\d{4}
    """,
    re.IGNORECASE | re.VERBOSE,
)


def is_banner(words: str) -> bool:
    """Whether a heading, paragraph or item sells or signs up instead of teaching."""
    return bool(_CUES.search(words))
