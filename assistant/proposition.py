"""Reads what a message asks: its question apart from what is told around it, and the statement that a yes/no question puts."""

import re
from dataclasses import dataclass

_AUXILIARY = r"(?:is|are|was|were|do|does|did|can|could|should|would|will|shall|has|have|had|may|might|must)"
_NOT = r"(?:n['’]?t)"
_FILLER = (
    r"(?:(?:sorry for (?:the |a |my |this )?(?:\w+ )?questions?|and|but|so|or|ok|okay|hi|hello|hey|hm+|please|also|btw|well|right|now|then|thanks|sorry|honestly|really|"
    r"quick (?:one|question|check)|just (?:checking|wondering|curious|to (?:check|confirm|be sure))|by the way|"
    r"correct me if i(?:['’]?m| am) wrong|tell me|in short|in general|generally|yes or no|one more|what about this)\b[\s,:;.–—-]*)"
)
_OPENING = re.compile(rf"^\W*{_FILLER}+", re.IGNORECASE)
_CLOSING = re.compile(  # what is said of the asking, behind the question: "…, please?", "… for our FAQ?"
    r"(?:[\s,;–—-]+(?:at least|though|anyway|anyhow|after all|please|thanks|thank you|by any chance|for (?:me|us)"
    r"|for (?:my|our|the|a) (?:faqs?|web ?site|home ?page|leaflet|hand-?out|slides?|newsletter|blog|brochure|poster|talk|presentation)))+"
    r"(?=\W*$)",
    re.IGNORECASE,
)

# What is put around a statement to ask whether it holds; the statement follows.
_WHETHER = r"(?:if|whether|that)"
_FRAMES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"^(?:is|was)(?:{_NOT}| not)?(?: (?:it|this))?(?: not| really| actually| indeed| still| also)? (?:the case|true|correct|right|a fact|fair to say|safe to say|possible|normal|usual|common|likely|said|stated)\s+(?:that|if|whether|for|to)\s+",
        r"^(?:i|we)(?:['’]ve| have|['’]d| had)? (?:read|heard|been told|learned|learnt|understand|think|thought|believe|assume)(?: somewhere)?(?: that)?\s+(?!about|of|if|whether)",
        r"^(?:it|this)(?: is|['’]s)(?: really| actually| indeed| still| also)? (?:the case|true|correct|right|a fact|fair to say)\s+(?:that|to say that)\s+",
        r"^(?:am i|are we|would i be) (?:right|correct|mistaken|wrong)(?: (?:in|to|if i) \w+(?:ing)?)?(?:\s*,)?\s*(?:that\s+)?",
        rf"^(?:would|do|could|can|might) (?:you|one|we) (?:agree|say|call it true|confirm|tell me|tell us|think|please (?:confirm|tell me|say|check))(?: {_WHETHER})?\s+",
        rf"^(?:do|does) (?:we|anyone|anybody|you|they|the (?:material|course|module|text)) (?:really |actually |already )?(?:know|say|state|mention|tell us)(?: {_WHETHER})\s+",
        rf"^(?:is|are|was|were|has|have)(?:{_NOT})? there (?:been )?(?:(?:any|some|good|much|enough|actual|real|solid|a|an|clear)\s+)*(?:evidence|data|proof|indications?|signs?|hints?|suggestions?|reports?|thing|reasons?|anything)\s+(?:at all )?(?:(?:to|that|which) (?:suggest|show|indicate|support|prove|say)\w*\s*(?:that\s+)?|showing\s+(?:that\s+)?|suggesting\s+(?:that\s+)?|that\s+|of\s+|for\s+)",
        r"^any\s+(?:[\w-]+\s+){0,3}?(?:evidence|data|proof|stud(?:y|ies)|trials?|reports?|indications?)\s+(?:at all )?(?:that|showing|suggesting|to (?:show|suggest)|which (?:show|suggest)\w*)\s+(?:that\s+)?",
        r"^does (?:the|this|your|our) (?:material|course|modules?|text|training|summary)\s+(?:(?:really |actually |also )?(?:advise|recommend|suggest|urge|encourage|tell|ask|want)(?: (?:us|me|you|one|clinicians|practices|staff))?(?: (?:to|that (?:we|i|clinicians)(?: should)?))?\s+|(?=avoid\b))",
        r"^(?:can|could|may|should|must|do) (?:i|we|one|you) (?:safely |really |already |honestly |now )?(?:tell|say|state|claim|assume|advertise|write|promise|teach|expect|conclude)(?: (?:to )?(?:my |our |the )?(?:patients?|clients?|colleagues?|people|them|students?|\w+))?\s+that\s+",
        r"^.{0,160}?\b(?:wonder(?:ed|ing)?|asks?|asking|asked|like to know|wants? to know|wanted to know|know|curious|check|unsure|sure|clarify|confirm|tell me|tell us|say|find out|understand|heard|read|told(?: me| us)?|thought|think|believes?|claims?|swears?|says?|said)\s+(?:(?:me|us|him|her|them)\s+)?(?:if|whether)\s+",
        r"^(?:i|we|he|she|they|(?:my|our|a|the|some|one of \w+|most|many)\s+\w+(?: \w+)?)\b.{0,60}?\b(?:teach|taught|think|thought|believed?s?|say|says|said|tells?|told|writes?|wrote|claim(?:s|ed)?|heard|hear|read|states?|stated|assumed?s?|understand|insists?|swears?)\b(?:\s+\w+){0,4}?\s+that\s+",
        rf"^{_AUXILIARY}(?:{_NOT})? (?:i|we) (?:to )?(?:understand|take it|believe)(?: that)?\s+",
    )
)
_TAG = re.compile(
    rf"[\s,;–—-]*(?:\b(?:{_AUXILIARY})(?:{_NOT}| not)? (?:it|they|he|she|that|this|there|we|you)(?: not)?|,\s*(?:right|correct|true|yes|no|or not|ok|okay|yeah|eh|huh|or)"
    rf"|\b(?:right|correct|true|or not|yes or no|am i right|is that (?:right|so|true|correct)|isn['’]?t that (?:so|right|true)))\s*\?*\s*$",
    re.IGNORECASE,
)
_CORRECTED = re.compile(r"^\W*correct me if\b", re.IGNORECASE)
_REQUEST = re.compile(
    r"^(?:can|could|would|will|do) you (?:please |kindly |just |quickly )*(?!agree|say|call|think|know|confirm|tell (?:me|us) (?:if|whether|that))(?:\w+ me |have )?\w+",
    re.IGNORECASE,
)
_STARTS = re.compile(rf"^{_AUXILIARY}(?P<not>{_NOT})?\b", re.IGNORECASE)
_PLACED = re.compile(
    rf"^(?P<place>(?:in|with|for|after|on|under|by|from)\s+(?:[\w-]+\s+){{1,4}}?){_AUXILIARY}{_NOT}?\s", re.IGNORECASE
)
# The subject first, and taken up again: "the exosome, is it alive?"
_TAKEN_UP = re.compile(
    rf"^(?P<subject>(?:(?:the|an?|these|those|such)\s+)?(?!(?:in|with|for|after|on|under|by|from|at|of|to|if|when|and|or|but|so)\b)"
    rf"(?:[\w-]+\s+){{0,3}}?[\w-]+),?\s+{_AUXILIARY}(?:{_NOT})?\s+(?:it|they|these|those|(?P<any>anything|any))\s+(?=\w)",
    re.IGNORECASE,
)
_ANY = re.compile(r"^any\b", re.IGNORECASE)
# A statement with a question mark: "so they count as biologics there?", "exosomes are approved?", "rules still evolving?"
_BUT = re.compile(
    rf"^[^?]{{3,80}},\s*(?:but|so|and)\s+(?={_AUXILIARY}\b(?!.*\b(?:it|they|this|that|these|those)\b))", re.IGNORECASE
)  # "I doubt it, but are there …"
_ASKS = r"(?:what|which|who|whom|whose|when|where|why|how|vs|versus)"
_DECLARED = re.compile(
    rf"^(?!(?:list|name|tell|give|explain|describe|define|compare|show|{_AUXILIARY}(?:{_NOT})?)\b)(?!.*\b{_ASKS}\b)(?!\w+ .*\bthat\b)"
    rf"(?:(?:they|it|he|she)\s+(?!or\b|and\b)[a-z]+|(?:[\w-]+,?\s+){{1,7}}?(?:{_AUXILIARY}(?:{_NOT})?\s+(?!i\b|we\b|you\b|it\b|they\b)"
    r"|(?!.*\bor\b)(?:\w{3,}er|(?:more|less) [\w-]+) than\b|(?:still|already|now|really)\s+\w+(?:ed|ing|en|able|ible|ive|al)(?=\W*$)"
    r"|(?:(?:count|qualify) as|belong to|contains?|requires?|reduces?|improves?|increases?|suppress(?:es)?|promotes?)\s+\w))[^?]*\?\s*$",
    re.IGNORECASE,
)
_CONCLUDED = re.compile(  # "so exosomes contain no cells?"
    rf"^\W*(?:and\s+)?so,?\s+(?!{_AUXILIARY}\b)(?!.*\b{_ASKS}\b)(?:[\w-]+\s+){{3,}}[^?]*\?\s*$", re.IGNORECASE
)
# A question that has another one's subject only: "Is it?", "Is that correct?", "Is that how it should be framed?"
_BARE = re.compile(
    rf"^{_AUXILIARY}(?:{_NOT})?\s+(?:it|they|that|this|these|those|there|he|she)\b\s*(?:so|right|correct|true|really|still|not|the case|accurate|valid|how it is|what (?:you|it|the \w+) says?)*\W*$",
    re.IGNORECASE,
)
# Asks what the material says of the sentence before: "What does the course say?"
_ASKS_MATERIAL = re.compile(
    r"^(?:and |so )?what (?:does|do|would|should)(?: the| your| our| this)? (?:course|material|materials|module|modules|text|training|manual|notes|slides|you|i|we) (?:say|state|tell|teach|tell them|tell her|tell him|answer|reply)\b"
    r"(?: (?:us|me|her|him|them))?(?: (?:about|on|to) (?:it|this|that|them|her|him))?\W*$",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    rf"^(?:{_AUXILIARY}(?:{_NOT})?\s+(?:it|they|that|this|these|those|he|she)\b"
    rf"|(?:what|which|who|when|where|why|how)\b(?:\s+\w+)?\s+{_AUXILIARY}\s+(?:it|they|that|this|these|those)\b"
    r"|.*\b(?:that|it|they|there|them|those|these|this)\W*$)",
    re.IGNORECASE,
)
_WH = re.compile(
    r"^(?:(?:for|in|of|at|by|from|with|to|on|under|about|as|after|into|until|till|up to)\s+)?(?:what|which|who|whom|whose|when|where|why|how)\b",
    re.IGNORECASE,
)
# "When X does so, is it because …": what is asked, under a condition that belongs to it.
_CONDITION = re.compile(
    rf"^(?P<condition>(?:when|whenever|if|once|after|before|while|as)\s+(?!{_AUXILIARY}|to\b)[^,?]{{5,100}}),\s*(?P<asked>{_AUXILIARY}(?:{_NOT})?\s.+)",
    re.IGNORECASE,
)
# Asks which, and not only whether: "Is there a difference between …?"
_DIFFERENCE = re.compile(r"^\W*(?:is|are) there (?:\w+ ){0,3}differences? between\b", re.IGNORECASE)
_SENTENCE_END = re.compile(
    r"(?<=[.!?])\s+(?=\S)|\s+[–—-]\s+(?=(?:is|are|was|were|do|does|did|can|has|have|should)\b)", re.IGNORECASE
)
_ABBREVIATED = re.compile(r"\b(?:e\.g|i\.e|vs|etc|approx|dr|mr|mrs|ms|no|u\.s|fig|st)\.$|\b\w\.$", re.IGNORECASE)
_PREAMBLE = re.compile(
    r"^[^?:]{3,80}:\s+(?=(?:what|which|who|when|where|why|how|is|are|do|does|did|can|has|have|should|from|in|by|for|at|list|name)\b)",
    re.IGNORECASE,
)

_ASKED_BY = re.compile(  # says only who asks: "The patient in the chair asks: …"
    r"\b(?:asks?|asked|asking|says?|said|writes?|wrote|wonders?|wants? to know|wanted to know)\W*$", re.IGNORECASE
)

SHORTEST = 6  # letters that a statement has at least


@dataclass(frozen=True, slots=True)
class Asked:
    """What a message asks."""

    focus: str  # the sentence that asks
    opening: str  # what stands before it and a colon; "" for nothing
    before: str  # the sentence that it points back to, as "Is that so?" does; "" where it points to none
    told: str  # the other sentences; "" for none
    proposition: str  # what a yes/no question puts, as a statement; "" for any other question


def read_asked(text: str) -> Asked:
    """Takes a message apart: which sentence asks, what it is told with, and the statement that it puts, if it does."""
    sentences = _sentences(text)
    if not sentences:
        return Asked(text, "", "", "", "")
    asking = [n for n, sentence in enumerate(sentences) if sentence.rstrip().endswith("?")]
    place = asking[-1] if asking else len(sentences) - 1
    whole = sentences[place]
    focus = _CLOSING.sub("", _OPENING.sub("", whole))
    if not _WH.match(focus) and not _STARTS.match(focus):
        focus = _BUT.sub("", focus)
    preamble = _PREAMBLE.match(focus)
    opening = preamble[0].strip(" :") if preamble else ""
    if _ASKED_BY.search(opening):
        opening = ""
    focus = (focus[preamble.end() :] if preamble else focus).strip() or whole
    before = sentences[place - 1] if place else ""
    told = " ".join(s for n, s in enumerate(sentences) if n not in (place, place - 1))
    if before and _ASKS_MATERIAL.match(focus):
        return Asked(before, opening, "", told, _proposition(_OPENING.sub("", before)))
    if before and _BARE.match(focus):
        return Asked(before, opening, "", told, _proposition(_OPENING.sub("", before), stated=True))
    proposition = _proposition(focus, stated=bool(_CORRECTED.match(whole) or _CONCLUDED.match(whole)))
    if before and _POINTS_BACK.match(focus):
        return Asked(focus, opening, _stripped(_OPENING.sub("", before)), told, proposition)
    return Asked(focus, opening, "", f"{told} {before}".strip(), proposition)


def _sentences(text: str) -> list[str]:
    pieces: list[str] = []
    for piece in _SENTENCE_END.split(text.strip()):
        if pieces and _ABBREVIATED.search(pieces[-1]):
            pieces[-1] = f"{pieces[-1]} {piece}"
        elif piece.strip():
            pieces.append(piece.strip())
    return pieces


def _proposition(sentence: str, stated: bool = False) -> str:
    """The statement in a yes/no question; "" where the sentence is none. `stated`: it is a statement already."""
    rest, framed = sentence.strip(), stated
    if (under := _CONDITION.match(rest)) and (asked := _proposition(under["asked"])):
        return f"{asked}, {under['condition']}"
    if _DIFFERENCE.search(rest) or _REQUEST.match(rest) or _WH.match(re.split(r",\s*", rest)[-1]):
        return ""
    while tag := _TAG.search(rest):
        if tag.start() < 8:
            break
        rest, framed = rest[: tag.start()], True
    if not stated and _WH.match(rest):
        return ""
    bare = _stripped(rest)
    rest, framed = bare, framed or bare != rest
    start = _STARTS.match(rest)
    if start:
        rest, framed = rest[start.end() :], True
    elif (taken_up := _TAKEN_UP.match(rest)) and not _WH.match(rest):
        there = "there " if taken_up["any"] else ""
        rest, framed = f"{there}{taken_up['subject']} {rest[taken_up.end() :]}", True
    elif _ANY.match(rest) and sentence.rstrip().endswith("?"):
        rest, framed = rest[3:], True
    else:
        placed = _PLACED.match(rest)
        comma = re.match(
            rf"^(?!if\b|when\b|since\b|because\b)[^,?]{{1,60}},\s*{_AUXILIARY}{_NOT}?\b", rest, re.IGNORECASE
        )
        if comma and not _WH.match(rest):  # "In America, are …", "with exosomes, will …"
            head = rest[: rest.index(",")]
            rest, framed = f"{head} {rest[comma.end() :]}", True
        elif placed and not _WH.match(rest):  # "in the US are …"
            rest, framed = f"{placed['place']} {rest[placed.end() :]}", True
        elif framed and _WH.match(rest):
            return ""
        elif sentence.rstrip().endswith("?") and _DECLARED.match(f"{rest.rstrip(' ?')}?"):
            framed = True
    return rest.strip(" ?.!,") if framed else ""


def _stripped(rest: str) -> str:
    """Without the frames around a statement: "I wonder whether it is true that …" has two."""
    for _ in range(2):
        for frame in _FRAMES:
            match = frame.match(rest)
            if match and len(rest) - match.end() > SHORTEST:
                rest = _OPENING.sub("", rest[match.end() :])
                break
    return rest
