"""Finds wording that a careful author would not leave: status without a date, promises, superlatives, bare figures."""

import re
from collections.abc import Iterable, Iterator

from corpus.passages import passages_of
from corpus.types import Document, Finding, Passage, Sentence

SHOWN = 60  # characters of a quotation

_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")

# Status: "is approved", "has clearance", "FDA-approved"; said of a product or by an agency.
_STATUS_WORDS = r"approved|cleared|registered|licen[cs]ed|authori[sz]ed|CE[- ]marked|banned|withdrawn from the market"
_STATUS_NOUNS = r"approvals?|clearance|registration|licen[cs]es?|authori[sz]ation|CE[- ]mark"
_ADVERBS = (
    r"(?:(?:not|also|now|yet|currently|already|recently|fully|been|only|never|still|no|longer|officially|widely)\s+)*"
)
_QUALIFIED = r"(?:(?:the|an?|no|any|full|its|their|recent|marketing|regulatory|market|conditional|accelerated|FDA|EMA|US|EU|CE|not|yet|been)\s+)*"
_STATUS = re.compile(
    rf"\b(?:is|are|was|were|been|remains?|became|now)\s+{_ADVERBS}(?:\w+-)?(?:{_STATUS_WORDS})\b"
    rf"|\b(?:is|are)\s+no\s+(?:[\w-]+\s+){{0,4}}?(?:\w+-)?(?:{_STATUS_WORDS})\b"
    rf"|\b(?:has|have|had|holds?|held|received?|gained?|got|obtained|won|lacks?|lost|granted|without)\s+{_QUALIFIED}(?:{_STATUS_NOUNS})\b"
    rf"|\b(?:has|have)\s+{_ADVERBS}(?:approved|cleared|registered|licen[cs]ed|authori[sz]ed|banned)\b"
    rf"|\b(?:FDA|EMA|MHRA|TGA|CE)[- ](?:{_STATUS_WORDS})\b",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"\s+(?:for|in|as|to treat)\b")  # what a status is followed by where no agency is named
_AGENCY = re.compile(
    r"\b(?:FDA|EMA|MHRA|TGA|PMDA|NMPA|ANVISA|CDSCO|BfArM|Swissmedic|Health Canada|Food and Drug Administration|"
    r"European Medicines Agency|regulators?|(?:regulatory|health|drug|medicines|national|federal) (?:agenc(?:y|ies)|authorit(?:y|ies))|"
    r"CE[- ]mark\w*|510\(k\)|marketing authori[sz]ation)\b"
)
_PRODUCT = re.compile(
    r"\b(?:products?|drugs?|devices?|therap(?:y|ies)|treatments?|medicines?|vaccines?|implants?|fillers?|biologics?|exosomes?|"
    r"(?:stem )?cells?|injectables?|toxins?|lasers?|injections?|creams?|serums?|kits?|indications?|uses?)\b",
    re.IGNORECASE,
)
_OTHER_STATUS = re.compile(  # committees, people and papers have a status of their own
    r"\b(?:ethics?|review board|IRB|committee|protocols?|trial registr\w+|registered (?:nurses?|trials?|report|name|dietit\w+|practitioners?)|"
    r"clinicaltrials|suppliers?|vendors?|staff|nurses?|physicians?|licen[cs]ed (?:clinicians?|practitioners?|professionals?|providers?))\b",
    re.IGNORECASE,
)
_NOT_SAID = re.compile(  # what should be, or would have to be, is no status
    r"\b(?:must|should|shall|may|might|could|would|can|needs? to|ha(?:s|ve) to|whether|if|unless|until|till|before|once|when|where|require[sd]?|"
    r"requiring|seek\w*|pending|toward|towards|not necessarily|ask|check|verify|confirm)\b",
    re.IGNORECASE,
)

_DENIED = re.compile(
    r"\b(?:no|not|never|none|nor|neither|cannot|without|avoid\w*|refrain\w*|rather than|instead of|against|beware|misleading|false|"
    r"overpromis\w*|unproven|unrealistic)\b|n['’]t\b",
    re.IGNORECASE,
)
_LOOKS = r"acne|scars?|wrinkles?|lines|aging|ageing|baldness|alopecia|hair loss|pain|blemishes|spots|\w+itis|\w+osis"
_EVERYBODY = r"(?:patients?|clients?|you|everyone|everybody)\s+will\s+(?:always\s+|certainly\s+|definitely\s+)?"
_PROMISE = re.compile(
    r"\bguarantee(?:s|d)\b(?! issue)|\bguarantee\s+(?:that|results?|success|safety|you|(?:the|a|an)\s+(?:\w+\s+)?(?:results?|outcomes?|success))\b|"
    r"\bmiracles?\b|\bmiraculous(?:ly)?\b|\brisk[- ]free\b|\bfool-?proof\b|\bzero risks?\b|"
    r"\b100\s?(?:%|percent)\s+(?:safe|effective|natural|success\w*|satisf\w*|results?|guarantee\w*)|"
    r"\b(?:completely|totally|entirely|absolutely|perfectly)\s+(?:safe|painless|harmless|risk[- ]free)\b|"
    r"\b(?:instant|immediate|permanent|dramatic|lasting) results?\b|\balways works?\b|\bnever fails?\b|"
    rf"\b(?:permanently|completely|instantly)\s+(?:removes?|erases?|eliminates?|cures?|reverses?)\s+(?:\w+\s+){{0,2}}?(?:{_LOOKS})\b|"
    rf"\b(?:cures|will cure)\s+(?:\w+\s+){{0,2}}?(?:{_LOOKS})\b|"
    rf"\b{_EVERYBODY}(?:look|feel|be)\s+(?:\w+\s+)?(?:younger|better|rejuvenated|delighted|satisfied|happy|cured)\b|"
    rf"\b{_EVERYBODY}(?:see|notice|get|achieve|enjoy|experience)\s+(?:\w+\s+){{0,2}}(?:results?|improvements?|benefits?|rejuvenation)\b|"
    r"\b(?:years|decades) younger\b|\bno (?:risks?|side[- ]effects?|downtime) (?:at all|whatsoever)\b|\b(?:has|have) no (?:risks?|side[- ]effects?)\b|"
    r"\b(?:wrinkles?|scars?|lines?|blemishes) (?:will )?(?:disappear|vanish)(?:es)? (?:completely|entirely|for good|forever)\b",
    re.IGNORECASE,
)  # fmt: skip
_BEST = r"(?:very\s+)?(?:best|finest|safest|fastest|strongest|purest|most (?:effective|powerful|advanced|innovative|trusted|reliable|potent|successful))"
_GOODS = (
    r"(?:(?!(?:to|of|in|for|with|by|on|from)\b)[\w-]+\s+){0,3}?(?:treatments?|therap(?:y|ies)|products?|options?|choices?|methods?|techniques?|"
    r"devices?|solutions?|approach(?:es)?|procedures?|suppliers?|brands?|tools?|technolog(?:y|ies)|agents?)"
)
_SUPERLATIVE = re.compile(
    rf"\b(?:is|are|remains?|offers?|provides?|represents?|with|use|among|one of)\s+(?:by far\s+|simply\s+|clearly\s+)?(?:the|our)\s+{_BEST}\s+{_GOODS}\b(?!\s+for (?:you|each|every|the|your|an individual)\b)|"
    rf"\b(?:is|are|remains?)\s+(?:by far\s+|simply\s+|clearly\s+)?the\s+{_BEST}(?=\s*[.!;,]|\s+(?:on the market|available|of all|there is|in the world|for (?:skin|hair|scars|wrinkles|acne)))|"
    rf"\b(?:the|our)\s+{_BEST}\s+{_GOODS}(?:\s+[\w-]+){{0,6}}?\s+(?:is|are)\s+(?!not\b|yet\b|un\w+|debated|still|being|based|determined|chosen|a matter)|"
    r"\b(?:world|industry)[- ](?:class|leading|best|first)\b|\bworld['’]s (?:first|best|leading)\b|\bunrivall?ed\b|\bunparallell?ed\b|\bunmatched\b|\bunbeatable\b|\bgame[- ]chang\w+|"
    r"\brevolutionary\b|\bground-?breaking\b|\bbreakthrough (?:treatment|therapy|product|technology)\b|\bstate[- ]of[- ]the[- ]art\b|\bcutting[- ]edge\b|\bnumber one\b|\bsecond to none\b|\bthe ultimate (?:treatment|therapy|solution|product|answer)\b",
    re.IGNORECASE,
)  # fmt: skip
_EVIDENCE = re.compile(
    r"\b(?:trials?|stud(?:y|ies)|RCTs?|meta-analys[ei]s|reviews?|randomi[sz]ed|compared|comparison)\b", re.I
)

# Figures: a measure that has a unit, then a figure with none behind it.
_FIGURE = r"\d+(?:[.,]\d+)?"
_FIGURES = rf"{_FIGURE}(?:\s*(?:[-–—,]|to|and|or|, and|, or)\s*{_FIGURE})*"
_AROUND = r"(?:about|approximately|around|roughly|nearly|almost|only|at least|at most|up to|between|from|over|under|below|above|less than|more than|ca\.?|~|≈|<|>|≤|≥)"
_MEASURES = (
    r"diameters?|lengths?|widths?|depths?|thickness(?:es)?|heights?|distances?|weights?|doses?|dosages?|volumes?|concentrations?|"
    r"temperatures?|durations?|intervals?|pressures?|wavelengths?|fluences?|pulse widths?|half-li(?:fe|ves)|speeds?|downtime"
)
_BARE = re.compile(
    rf"(?<!effect )(?<!sample )(?<!blood )(?<!systolic )(?<!diastolic )\b(?:{_MEASURES})\s+(?:of|is|are|was|were|=|:|reaches|lasts?|measures?)\s+(?:{_AROUND}\s+)*(?P<a>{_FIGURES})(?P<rest>.*)"
    rf"|\b(?:within|lasts?|lasting|takes?|heals? in|every|spaced|for up to|continues? (?:for|up to))\s+(?:{_AROUND}\s+)*(?P<b>{_FIGURES})(?P<then>.*)",
    re.IGNORECASE | re.DOTALL,
)
_ENDS = re.compile(  # behind a figure without a unit: the end, or a word that cannot be one
    r"\s*(?:[.;:!?)](?:\s|$)|,\s+(?!\d)|$|\s(?:is|are|was|were|has|have|and|or|but|with|when|where|which|that|after|before|between|apart|for|from|at|as|the|to (?:the|be|reach|avoid)|because|while|than|usually|typically|often)\b)",
    re.IGNORECASE,
)


def wording(document: Document) -> Iterator[Finding]:
    """The findings in the sentences of one document, in order."""
    for passage in passages_of(document):
        above = " ".join((passage.title, *passage.section))
        for sentence in passage.sentences:
            words = _words(passage, sentence)
            where = document.place(sentence.start)
            yield from (Finding(where, what, remedy) for what, remedy in _findings(words, above))


def _words(passage: Passage, sentence: Sentence) -> str:
    return " ".join(passage.text[sentence.start - passage.start : sentence.end - passage.start].split())


def _findings(words: str, above: str) -> Iterable[tuple[str, str]]:
    if (status := _status(words)) and not _YEAR.search(f"{above} {words}"):
        yield f"states a status ({shown(status)}) without a date", "say as of when, as in 'As of 2025, …'"
    if promise := _undenied(_PROMISE, words):
        yield f"promises ({shown(promise)})", "say what was reported, and in whom"
    superlative = _undenied(_SUPERLATIVE, words)
    if superlative and not _EVIDENCE.search(words):
        yield f"praises ({shown(superlative)})", "name what it was compared with, or leave it out"
    if figure := _bare_figure(words):
        yield f"gives a figure without its unit ({shown(figure)})", "add the unit"


def shown(words: str) -> str:
    """A quotation of at most a line's length."""
    folded = " ".join(words.split())
    return f"“{folded}”" if len(folded) <= SHOWN else f"“{folded[: SHOWN - 1].rstrip()}…”"


def _status(words: str) -> str | None:
    """The words that state a regulatory status, if some do."""
    by_agency = bool(_AGENCY.search(words))
    if not by_agency and (_OTHER_STATUS.search(words) or not _PRODUCT.search(words)):
        return None
    for match in _STATUS.finditer(words):
        clause = re.split(r"[;:()]", words[: match.start()])[-1]
        if not _NOT_SAID.search(clause) and (by_agency or _BEHIND.match(words, match.end())):
            return match[0]
    return None


def _undenied(pattern: re.Pattern[str], words: str) -> str | None:
    """What the pattern finds, unless it is asked, or the words before it deny it or warn of it."""
    if words.endswith("?"):
        return None
    return next((match[0] for match in pattern.finditer(words) if not _DENIED.search(words, 0, match.start())), None)


def _bare_figure(words: str) -> str | None:
    """A figure of a measure that has a unit, written without one; a row of a table has it in its head."""
    if "|" in words:
        return None
    position = 0
    while match := _BARE.search(words, position):
        figure, rest = (match["a"], match["rest"]) if match["a"] else (match["b"], match["then"])
        end = match.start("a" if match["a"] else "b") + len(figure)
        if _ENDS.match(rest) and not _is_year(figure):
            return words[match.start() : end]
        position = end
    return None


def _is_year(figure: str) -> bool:
    return bool(_YEAR.fullmatch(figure))
