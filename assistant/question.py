"""Reads the form of a question: what kind of answer it asks for, and about what."""

import re
from dataclasses import dataclass
from typing import Literal

from corpus.glossary import Glossary
from index.words import STOPWORDS, names, stem, stems, unify, words

Form = Literal["yesno", "list", "comparison", "quantity", "definition", "open"]

_AUXILIARY = r"(?:is|are|was|were|do|does|did|can|could|should|would|will|shall|has|have|had|may|might|must|isn'?t|aren'?t|don'?t|doesn'?t|hasn'?t|haven'?t|can'?t|won'?t)"
_YESNO = re.compile(
    rf"^(?:(?!if\b|what\b|how\b|why\b)[^,?]{{1,50}},\s*)?(?:(?:and|but|so|ok|okay|hi|hello|please|also|btw)\b[,\s]*)*{_AUXILIARY}\b",
    re.IGNORECASE,
)
_YESNO_TAIL = re.compile(
    r"(?:\b(?:ok|okay|allowed|possible|right|correct|true|yes or no|approved|safe|legal|or not)\s*\?+\s*$)"
    r"|\b(?:can|could|do) you (?:confirm|tell me) (?:if|whether)\b|\b(?:is it|it'?s) (?:true|correct) that\b",
    re.IGNORECASE,
)
_COMPARISON = re.compile(
    r"\b(?:vs|versus|v\.|compar\w+|differ\w*|contrast|advantages?\b.*\bover|better|worse|rather than|instead of|relative to"
    r"|pros and cons|\w{3,}er than|(?:more|less|fewer) .*\bthan)\b|\b(?:which|what)\b.*\b(?:\w{3,}er|more|less)\b.*,?\s*\w.*\bor\b",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"\b(?:list|name|enumerate|types?|kinds?|examples?|reasons?|advantages|benefits|steps|points|factors|constraints|"
    r"limitations|mechanisms|takeaways|sources|properties|components|contents?|gaps|unknowns|ways|all the|main|key)\b"
    r"|\bwhat are\b|\bwhich \w+s\b|\bwhat \w+s\b|\bwhat (?:should|must|does|do)\b.*\b(?:include|contain|cover|reflect|mention|say)\b",
    re.IGNORECASE,
)
_DEFINITION = re.compile(
    r"^\W*(?:what(?:'s| is| are| exactly is| exactly are| is meant by| do you mean by)|define|meaning of|definition of|what do(?:es)?(?=.*\b(?:mean|stand for)\b))\s+"
    r"(?:an?\s+|the\s+|the term\s+)?(?!.*\b(?:used|for|benefits?|advantages?|effects?|risks?|status|evidence|do|done|size|source|role|safe)\b)"
    r"(?:[\w/-]+\s?){1,4}(?:mean|stand for|exactly)?\W*$",
    re.IGNORECASE,
)

# What a question about a quantity asks for, and what a sentence must hold to answer it.
_NUMBER = r"(?:\d[\d.,]*|one|two|three|four|five|six|seven|eight|nine|ten|twelve|several|first)"
_TIME_UNIT = r"(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|wks?|mos?|yrs?)"
QUANTITIES: dict[str, tuple[re.Pattern[str], re.Pattern[str], str]] = {
    "time": (
        re.compile(
            rf"\bhow (?:long|soon|often|quick(?:ly)?|fast|early|frequent(?:ly)?|many (?:more )?{_TIME_UNIT})\b|\btime ?(?:line|frame|course|scale)s?\b"
            rf"|\b(?:interval|frequency|onset)\b|\b(?:by|until) when\b|\bup to what point\b|\bwhat point in time\b|\bwhen (?:do|does|can|should|will|would)\b.*\b(?:see|expect|appear|visible|notice|show|result|improv|start|kick|change)",
            re.IGNORECASE,
        ),
        re.compile(rf"{_NUMBER}(?:\s*[-–—]\s*|\s+to\s+)?(?:\d+|\w+)?[\s-]*{_TIME_UNIT}\b", re.IGNORECASE),
        "a time",
    ),
    "size": (
        re.compile(r"\bhow (?:big|large|small|tiny|wide)\b|\b(?:size|diameter|dimensions?)\b(?! of (?:the |any )?(?:benefit|effect|improvement|sample|trial|study|gain))", re.IGNORECASE),
        re.compile(r"\d\s*(?:nm|µm|um|mm|nano\w+|micro(?:n|metre|meter)\w*)\b", re.IGNORECASE),
        "a size",
    ),
    "share": (
        re.compile(r"\bwhat (?:percent\w*|proportion|fraction|share)\b|\bhow many percent\b|\bby how much\b|\bpercentage\b|\b(?:success|response|complication) rates?\b", re.IGNORECASE),
        re.compile(r"\d\s*(?:%|percent)|\bsizable|\bsizeable", re.IGNORECASE),
        "a percentage",
    ),
    "temperature": (
        re.compile(r"\b(?:temperatures?|in degrees|degrees (?:c|f|celsius|fahrenheit)|how (?:cold|warm|hot)|celsius|fahrenheit)\b", re.IGNORECASE),
        re.compile(r"\d\s*(?:°|degrees|celsius|fahrenheit)", re.IGNORECASE),
        "a temperature",
    ),
    "count": (
        re.compile(rf"\bhow many (?!{_TIME_UNIT}\b|more {_TIME_UNIT}\b|percent)|\bnumber of\b|\bsample size\b", re.IGNORECASE),
        re.compile(r"(?!)"),  # judged by `counts`, which knows what is counted
        "a number",
    ),
    "person": (
        re.compile(r"\bwho (?:ran|run|did|made|wrote|led|conducted|carried|performed|funded|sponsored|published|invented|discovered|manufactures?|makes|owns|sells)\b|\b(?:authors?|sponsor|funded by|funding|first described)\b", re.IGNORECASE),
        re.compile(r"(?!)"),
        "who it was",
    ),
    "publication": (
        re.compile(r"\b(?:journal|published|publication|doi|citation for|reference for|impact factor|first author|peer[- ]review\w*)\b", re.IGNORECASE),
        re.compile(r"\b(?:journal|published|doi)\b", re.IGNORECASE),
        "the publication",
    ),
    "statistic": (
        re.compile(
            r"\b(?:p[- ]values?|confidence intervals?|hazard ratios?|odds ratios?|effect sizes?|standard deviations?|NNT|statistical\w*)\b",
            re.IGNORECASE,
        ),
        re.compile(r"\bp\s*[<=>]|\bconfidence interval|\bratio\b.*\d|\bstatistical", re.IGNORECASE),
        "that statistic",
    ),
    "age": (
        re.compile(r"\b(?:(?:mean|average|median|minimum|maximum|age) (?:age|range|limit|group)|how old|what age)\b", re.IGNORECASE),
        re.compile(r"\baged?\b.*\d|\d+ years? old", re.IGNORECASE),
        "an age",
    ),
    "setting": (
        re.compile(r"\b(?:settings?|energy|fluence|joules?|wavelengths?|watts?|depth|gauge|pressure|rpm|speed|voltage|half-life|shelf[- ]life|ph|concentration)\b", re.IGNORECASE),
        re.compile(r"\d\s*(?:j|mj|w|nm wavelength|mm|hz|rpm|bar|°|hours|months|%)\b", re.IGNORECASE),
        "that setting or measure",
    ),
    "year": (
        re.compile(r"\b(?:what|which) (?:year|date)\b|\bwhen (?:was|were|did)\b", re.IGNORECASE),
        re.compile(r"\b(?:19|20)\d\d\b", re.IGNORECASE),
        "a date",
    ),
}  # fmt: skip

# Words that say how something is asked or told, not what about; lower case, as stems.
_GENERIC = frozenset(
    stem(word)
    for word in """better next answer ask tell explain describe give list name show know think mean say said talk discuss mention material module course
 text training section page summary summarise summarize overview brief briefly short quick quickly detail details
 exactly actually really well part likely again repeat long soon often figure figures set exposed gone hold holds held basically currently generally typically usually often normally kind kinds type types sort thing things way
 ways matter point points question main major key important relevant general common certain different various specific particular
 example examples reason reasons role roles term terms word words call called consider considered find found look see seen want
 need needed help helps please thanks good great nice ok okay colleague clinic clinician practice practitioner people person
 someone anyone everyone everything anything something use used uses using work works working make makes made come comes take takes
 put go going happen happens involve involved relate related regard regarding concern concerning compare compared comparison versus vs
 difference differences differ between among against than worse yes still already yet ever just so far now today new
 currently date many much number amount first second third two three one lot whole full complete entire aware
 info fact facts claim true correct right sure possible possibly able allow allowed actually idea expect expected
 know known say says hear heard remind quickly plain simple simply english word sentence cover covered read saying let's think
 happening purpose include included including apart etc e.g i.e w wrt re about""".split()
)

SHORTEST_FAMILY, LONGEST_ENDING = 4, 3  # stems of a family share at least this many letters, and differ by as many


@dataclass(frozen=True, slots=True)
class Question:
    """A question that stands alone, read once."""

    text: str
    form: Form
    quantity: str | None  # a key of QUANTITIES
    content: tuple[str, ...]  # stems that say what it is about, each once
    terms: tuple[str, ...]  # glossary terms that it uses
    surface: dict[str, str]  # stem -> the word as it was typed


def read_question(text: str, glossary: Glossary, vocabulary: frozenset[str]) -> Question:
    """Reads a question that is spelled right and stands alone; `vocabulary` holds the material's stems."""
    unified = unify(text, glossary)
    asked = (s for s in stems(text, glossary) if s not in _GENERIC and len(s) > 1 and not s.isdigit())
    content = list(dict.fromkeys(related(s, vocabulary) for s in asked))
    surface: dict[str, str] = {}
    for word in [*words(text), *words(unified)]:
        if word not in STOPWORDS:
            surface.setdefault(stem(word), word)
    quantity = next((kind for kind, (asks, _, _) in QUANTITIES.items() if asks.search(text)), None)
    terms = tuple(term.term for term in names(text, glossary))
    return Question(text, _form(text, quantity), quantity, tuple(content), terms, surface)


def related(stemmed: str, vocabulary: frozenset[str]) -> str:
    """The material's stem of the same family ("safe" for "safeti"), or the stem itself."""
    if stemmed in vocabulary or len(stemmed) < SHORTEST_FAMILY:
        return stemmed
    family = [
        known
        for known in vocabulary
        if min(len(known), len(stemmed)) >= SHORTEST_FAMILY
        and abs(len(known) - len(stemmed)) <= LONGEST_ENDING
        and (known.startswith(stemmed) or stemmed.startswith(known))
    ]
    return min(family, key=lambda known: (abs(len(known) - len(stemmed)), known)) if family else stemmed


def _form(text: str, quantity: str | None) -> Form:
    if _YESNO.search(text) or _YESNO_TAIL.search(text):
        return "yesno"
    if quantity:
        return "quantity"
    if _COMPARISON.search(text):
        return "comparison"
    if _DEFINITION.match(text) and not re.search(r"\bwhat are\b.*\b(?:of|for|in|with|to)\b", text, re.IGNORECASE):
        return "definition"
    return "list" if _LIST.search(text) else "open"


def is_generic(stemmed: str) -> bool:
    """Whether a stem says how something is asked rather than what about."""
    return stemmed in _GENERIC
