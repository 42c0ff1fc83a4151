"""Reads the form of a question: what kind of answer it asks for, and about what."""

import re
from dataclasses import dataclass
from typing import Literal

from assistant.phrases import plain_words
from assistant.proposition import read_asked
from corpus.glossary import Glossary
from index.words import names, stem, stems

Form = Literal["yesno", "list", "comparison", "quantity", "definition", "open"]

_COMPARISON = re.compile(
    r"\b(?:vs|versus|v\.|compar\w+|differ\w*|distinguish\w*|contrast|advantages?\b.*\bover|better|worse|rather than|instead of|relative to"
    r"|pros and cons|\w{3,}er than|(?:more|less|fewer) .*\bthan)\b|\b(?:which|what)\b.*\b(?:\w{3,}er|more|less)\b.*,?\s*\w.*\bor\b",
    re.IGNORECASE,
)
_LIST_NOUN = (
    r"\b(?:list|name|enumerate|types?|kinds?|examples?|reasons?|advantages|benefits|steps|points|factors|constraints|drawbacks|disadvantages|downsides|"
    r"limitations|mechanisms|takeaways|sources|properties|components|contents?|gaps|unknowns|ways|all the|main|key|"
    r"(?:two|three|four|five|six|several) (?:\w+ )?(?:things|items|aspects|topics|headings|elements|ones))\b"
)
_LIST = re.compile(
    rf"{_LIST_NOUN}|\bwhat are\b|\bwhat else\b|\b(?:which|what) (?!is\b|was\b|has\b|does\b|makes\b|happens\b)\w+s\b"
    r"|\bwhat (?:should|must|does|do)\b.*\b(?:include|contain|cover|reflect|mention|say)\b",
    re.IGNORECASE,
)
_ABOUT = re.compile(  # asks what a thing is: "Tell me about exosomes"
    r"^\W*(?:please )?(?:explain|describe|tell (?:me|us) about|(?:give (?:me|us) )?an? (?:overview|introduction) (?:of|to))\s+"
    r"(?=(?:[\w-]+\s*){1,4}\W*$)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(  # what makes a question of words
    r"\b(?:what|which|who|whom|whose|when|where|why|how|is|are|was|were|do|does|did|can|could|should|would|will|has|have|had|"
    r"tell|explain|describe|give|show)\b",
    re.IGNORECASE,
)
_NAMES_LIST = re.compile(_LIST_NOUN, re.IGNORECASE)
_DEFINITION = re.compile(
    r"^\W*(?:what(?:'s| is| are| exactly is| exactly are| is meant by| do you mean by)|define|meaning of|definition of|what do(?:es)?(?=.*\b(?:mean|stand for)\b))\s+"
    r"(?:an?\s+|the\s+|the term\s+)?(?!.*\b(?:used|for|benefits?|advantages?|effects?|risks?|status|evidence|do|done|size|source|role|safe)\b)"
    r"(?:[\w/-]+\s?){1,4}(?:mean|stand for|exactly)?\W*$",
    re.IGNORECASE,
)

# What a question about a quantity asks for, and what a sentence must hold to answer it.
_NUMBER = r"(?:\d[\d.,]*|one|two|three|four|five|six|seven|eight|nine|ten|twelve|several|first)"
_TIME_UNIT = r"(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|wks?|mos?|yrs?)"
# Whoever is meant by these has a name.
_SOMEBODY = (
    r"(?:doctor|physician|scientist|researcher|surgeon|professor|author|inventor|investigator|person|nurse|company|companie|firm|"
    r"university|universitie|hospital|institute|team|research group|laboratory|laboratorie)"
)
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
        re.compile(r"\bhow (?:big|large|small|tiny|wide)\b(?! an? (?:benefit|effect|improvement|gain|change|difference|result))|\bhow many (?:nm|nanomet\w+|micromet\w+|microns?)\b|\b(?:size|diameter|dimensions?)\b(?! of (?:the |any )?(?:benefit|effect|improvement|sample|trial|study|gain))", re.IGNORECASE),
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
        re.compile(rf"\bhow many (?!nm\b|nanomet|micromet|microns?\b|{_TIME_UNIT}\b|more {_TIME_UNIT}\b|percent)|\bnumber of\b|\bsample size\b", re.IGNORECASE),
        re.compile(r"(?!)"),  # judged by `counts`, which knows what is counted
        "a number",
    ),
    "person": (
        re.compile(
            r"(?:^\W*|[.?!,;:]\s+|\b(?:and|but|so|know|ask|asks|wonder|tell (?:me|us))\s+)who (?:first|originally|actually|really|ran|did|made|wrote|led|gave|paid|"
            r"found(?:ed)?|coined|came up|took part|manufactures?|makes|owns|sells|is behind|was behind|are behind|was the first|were the first|(?!need|proceed)[a-z]{2,}ed\b)"
            rf"|\bwhich (?:\w+ )?{_SOMEBODY}s?\b|\bwhat {_SOMEBODY}\b(?! (?:should|must|needs?|can|may))|\bby whom\b"
            r"|\b(?:who (?:is|are|was|were) (?:the |its |their )?(?:first |lead |study )?(?:author|inventor|discoverer|founder|manufacturer)s?|sponsor|funded by|funding|first described)\b",
            re.IGNORECASE,
        ),
        re.compile(r"(?<=[\w,;] )(?:[A-Z][a-z]+ ){0,3}(?:University|Universit\w+|Institutes?|College|Hospital|Clinic|Company|Corporation|Foundation|Inc|Ltd|GmbH|AG)\b"),
        "a name",
    ),
    "publication": (
        re.compile(r"\b(?:(?:what|which|whose|name of the|in a) (?:\w+ )?journal|(?:where|when) (?:was|were|is|has|have)\b.*\bpublished|which publication|doi|citation for|reference for|impact factor|first author|peer[- ]review\w*)\b", re.IGNORECASE),
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
        re.compile(r"\b(?:what|which) (?:year|date)\b|\bwhen (?:was|were|did)\b|\bsince when\b", re.IGNORECASE),
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
 someone anyone everyone everything anything something nothing use used uses using work works working make makes made come comes take takes
 put go going happen happens involve involved relate related regard regarding concern concerning compare compared comparison versus vs
 difference differences differ distinguish distinguishes between among against than worse yes still already yet ever just so far now today new
 currently date many much number amount first second third two three one lot whole full complete entire aware
 info fact facts claim true correct right sure possible possibly able allow allowed actually idea expect expected
 know known shown given taken got gets getting say says hear heard remind quickly plain simple simply english word sentence cover covered read saying let's think
 monday tuesday wednesday thursday friday saturday sunday january february april june july august september
 october november december happening purpose include included including apart etc e.g i.e w wrt re about measure across behind like little bit exactly around""".split()
)

_COMPARING = frozenset(
    map(stem, "differ difference different distinguish compare comparison versus vs better worse between".split())
)

_DEFINING = frozenset(map(stem, "define definition meaning meant stand".split()))

ENOUGH = 2  # words of the field from which on the sentence that asks can be looked up without what is told around it
SHORTEST_FAMILY = 4  # letters that stems of one family share at least
# What may be left of one stem beyond another of its family; "er" and "or" make another thing of it ("mark", "marker").
ENDINGS = frozenset("e i y l at ate ti iti it ic ion s d iv abl ibl ment ness anc enc ant ent ur".split())


@dataclass(frozen=True, slots=True)
class Question:
    """A question that stands alone, read once."""

    text: str  # what is looked up: the sentence that asks, with as much of what is told around it as it needs
    asked: str  # the sentence that asks, or the statement that it puts
    focus: str  # the sentence that asks, as it is put
    told: str  # what is told around it; "" for nothing
    proposition: str  # the statement that a yes/no question puts; "" for other questions
    aside: frozenset[str]  # stems of it that stem from a sentence told before: "Is that so?" asks about some of it only
    form: Form
    quantity: str | None  # a key of QUANTITIES
    content: tuple[str, ...]  # stems that say what it is about, each once
    manner: tuple[str, ...]  # stems that say how it is asked; some of them say a little of what about
    terms: tuple[str, ...]  # glossary terms that it uses

    @property
    def names_many(self) -> bool:
        """Whether it asks for a list, or is a heading rather than a sentence: "patient selection"."""
        return self.form == "list" or (self.form == "open" and not _SENTENCE.search(self.focus))


def read_question(text: str, glossary: Glossary, vocabulary: frozenset[str]) -> Question:
    """Reads a question that is spelled right and stands alone; `vocabulary` holds the material's stems."""
    text = _ABOUT.sub("What are ", plain_words(text))
    read = read_asked(text)
    looked_up = f"{read.before} {read.focus}".strip()
    if any(s in vocabulary for s in _content(read.opening, glossary, vocabulary)):
        looked_up = f"{read.opening}: {looked_up}"
    content = _content(looked_up, glossary, vocabulary)
    if read.told and sum(s in vocabulary for s in content) < ENOUGH:
        looked_up = text
        content = _content(text, glossary, vocabulary)
    around = text.replace(read.focus, " ")
    text = looked_up
    quantity = next((kind for kind, (asks, _, _) in QUANTITIES.items() if asks.search(text)), None)
    terms = tuple(term.term for term in names(text, glossary))
    form: Form = "yesno" if read.proposition else _form(text, quantity)
    asked = read.proposition or read.focus
    put = f"{read.before.rstrip(' .!?')}, {read.proposition}" if read.before and read.proposition else read.proposition
    if form == "definition":
        content = tuple(s for s in content if s not in _DEFINING) or content
    own = _content(read.proposition, glossary, vocabulary)
    aside = frozenset(s for s in _content(read.before, glossary, vocabulary) if s not in own)
    manner = tuple(
        dict.fromkeys(s for s in stems(text, glossary) if is_generic(s) and s not in content and s not in _COMPARING)
    )
    return Question(text, asked, read.focus, around, put, aside, form, quantity, content, manner, terms)


def _content(text: str, glossary: Glossary, vocabulary: frozenset[str]) -> tuple[str, ...]:
    asked = (s for s in stems(text, glossary) if s not in _GENERIC and len(s) > 1 and not s.isdigit())
    return tuple(dict.fromkeys(related(s, vocabulary) for s in asked))


def related(stemmed: str, vocabulary: frozenset[str]) -> str:
    """The material's stem of the same family ("safe" for "safeti"), or the stem itself."""
    if stemmed in vocabulary or len(stemmed) < SHORTEST_FAMILY:
        return stemmed
    family = [
        known
        for known in vocabulary
        if min(len(known), len(stemmed)) >= SHORTEST_FAMILY
        and (known.startswith(stemmed) or stemmed.startswith(known))
        and (known.removeprefix(stemmed) if len(known) > len(stemmed) else stemmed.removeprefix(known)) in ENDINGS
    ]
    return min(family, key=lambda known: (abs(len(known) - len(stemmed)), known)) if family else stemmed


def _form(text: str, quantity: str | None) -> Form:
    if quantity:
        return "quantity"
    if _COMPARISON.search(text):
        return "comparison"
    many = re.search(r"\bwhat are\b.*\b(?:of|for|in|with|to)\b", text, re.IGNORECASE)
    if _DEFINITION.match(text) and not many and not _NAMES_LIST.search(text):
        return "definition"
    return "list" if _LIST.search(text) else "open"


def is_generic(stemmed: str) -> bool:
    """Whether a stem says how something is asked rather than what about."""
    return stemmed in _GENERIC
