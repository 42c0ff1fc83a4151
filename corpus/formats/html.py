"""Reads web pages: what is training content, without what surrounds it and without what nobody sees."""

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from corpus.elements import Element, Found, Unreadable, clean
from corpus.encoding import decoded

NO_CONTENT = frozenset(
    "script style noscript template head nav footer aside form button select option textarea svg math iframe object"
    " embed canvas audio video picture map dialog figcaption menu".split()
)
NO_CONTENT_ROLES = frozenset("navigation banner contentinfo complementary search dialog alert menu menubar".split())
NO_CONTENT_NAMES = re.compile(  # in classes and identities, as sites commonly use them
    r"(?:^|[-_ ])(?:nav|navbar|navbox|navigation|menu|sidebar|footer|cookies?|breadcrumbs?|share|social|adverts?|ads|"
    r"promo|newsletter|related|comments?|toc|reflist|references|editsection|"
    r"catlinks|metadata|hatnote|noprint)(?:$|[-_ ])",
    re.IGNORECASE,
)
UNSEEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?!\.?\d*[1-9])|opacity\s*:\s*0(?!\.?\d*[1-9])|"
    r"(?:left|top|text-indent)\s*:\s*-\d{3,}|(?<![-\w])color\s*:\s*(?:white|transparent|#fff(?:fff)?)\b",
    re.IGNORECASE,
)
STYLE_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
SIMPLE_SELECTOR = re.compile(r"[.#][\w-]+")
HEADINGS = {f"h{level}": level for level in range(1, 7)}
BLOCKS = frozenset(
    "p div section article main header body blockquote pre td th dd dt li ul ol dl table tbody thead tfoot tr figure"
    " address fieldset details summary center html caption hr".split()
)
LINKED = 0.6  # share of a block's characters in links above which it leads somewhere instead of saying something
REFERENCE_MARK = re.compile(r"\[[\w ]{1,12}\]")


def read(path: Path) -> Found:
    """The words of a web page. Raises Unreadable where it holds none."""
    return read_html(decoded(path.read_bytes(), "utf-8"))


def read_html(text: str, whole: bool = False) -> Found:
    """The content of a page; the `whole` of it where it is known to hold nothing else, as a chapter of a book."""
    parser = HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = document_fromstring(text.encode("utf-8", "ignore"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise Unreadable("holds no words") from error
    hidden = _hidden_names(root)
    title = clean(root.findtext(".//title") or "")
    main = root if whole else _main(root)
    for element in list(main.iter()):
        if isinstance(element.tag, str) and element is not main and _is_left_out(element, hidden, whole):
            element.drop_tree()
    elements = list(_elements(main))
    first = next((e.words for e in elements if e.kind == "heading" and e.level == 1), "")
    return Found(elements, first or title)


def _main(root: HtmlElement) -> HtmlElement:
    """The part of the page that says that it is the main one; else all of it."""
    for query in ("//main", "//*[@role='main']", "//article"):
        found = root.xpath(query)
        if len(found) == 1:
            return found[0]
    body = root.find("body")
    return root if body is None else body


def _hidden_names(root: HtmlElement) -> frozenset[str]:
    """Classes (".name") and identities ("#name") that the page's own style sheets hide."""
    rules = STYLE_RULE.findall(" ".join(style.text or "" for style in root.iter("style")))
    return frozenset(
        part.strip()
        for selectors, style in rules
        if UNSEEN_STYLE.search(style)
        for part in selectors.split(",")
        if SIMPLE_SELECTOR.fullmatch(part.strip())
    )


def _is_left_out(element: HtmlElement, hidden: frozenset[str], whole: bool) -> bool:
    names = [*(f".{c}" for c in element.get("class", "").split()), f"#{element.get('id', '')}"]
    unseen = (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or UNSEEN_STYLE.search(element.get("style", ""))
        or not hidden.isdisjoint(names)
    )
    if unseen or element.tag in NO_CONTENT or (element.tag == "input"):
        return True
    if element.tag == "sup" and REFERENCE_MARK.fullmatch(element.text_content().strip()):
        return True
    said = f"{element.get('class', '')} {element.get('id', '')}"
    around = element.get("role") in NO_CONTENT_ROLES or NO_CONTENT_NAMES.search(said)
    return not whole and element.tag not in ("body", "html", "main", "article") and bool(around)


def _elements(root: HtmlElement) -> Iterator[Element]:
    """Headings, paragraphs, items and rows, in order; text that stands in no paragraph is one."""
    loose: list[HtmlElement | str] = []

    def paragraph() -> Iterator[Element]:
        words = clean("".join(p if isinstance(p, str) else p.text_content() for p in loose))
        if words and not _leads_away(loose, words):
            yield Element("text", words)
        loose.clear()

    loose.append(root.text or "")
    for child in root:
        if not isinstance(child.tag, str):
            pass
        elif child.tag in HEADINGS:
            yield from paragraph()
            yield Element("heading", child.text_content(), level=HEADINGS[child.tag])
        elif child.tag in ("tr", "li", "dd", "dt") and not _holds_blocks(child):
            yield from paragraph()
            yield from _item(child)
        elif child.tag == "br":
            loose.append(" ")
        elif child.tag in BLOCKS or _holds_blocks(child):
            yield from paragraph()
            yield from _elements(child)
        else:
            loose.append(child)
        loose.append(child.tail or "")
    yield from paragraph()


def _holds_blocks(element: HtmlElement) -> bool:
    """Whether anything stands in it that is a paragraph of its own; a row's cells and an item's paragraph are not."""
    inner = BLOCKS - {"td", "th", "tbody"} if element.tag == "tr" else BLOCKS
    found = [e for e in element.iterdescendants() if e.tag in inner or e.tag in HEADINGS]
    return len(found) > 1 or (len(found) == 1 and found[0].tag != "p")


def _item(element: HtmlElement) -> Iterator[Element]:
    cells = element.xpath("./td|./th")
    words = " | ".join(w for c in cells if (w := clean(c.text_content()))) if cells else clean(element.text_content())
    if words and not _leads_away([element], words):
        yield Element("item", words)


def _leads_away(parts: list[HtmlElement | str], words: str) -> bool:
    linked = sum(
        len(clean(a.text_content()))
        for p in parts
        if not isinstance(p, str)
        for a in ([p] if p.tag == "a" else p.iter("a"))
    )
    return linked > LINKED * len(words)
