"""Known pages set as other outlets set theirs: the text stays what it was, its markup does not.

What stands on a page as its text is found by the known text. No imitation is made for a rule: each is a way of
setting text that outlets use, some of them badly.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence

from lxml import etree, html

from known_page import Set
from offing.extract.markup.page_tree import read_page
from offing.model.sources.article import NoArticle

Change = Callable[["Set"], bool]
_NAMES = ("class", "id", "itemprop", "role", "data-component", "data-testid", "data-type")
_SECTIONS = ("article", "main", "section", "aside", "header", "footer", "nav", "figure", "figcaption")
_LEAST = 3  # paragraphs that a page must have for its markup to be changed
_PARTS = 3
_WRAPPERS = 15
_TEASER = "The council had put off the decision twice since spring. Now it has to find the money elsewhere."
_AGENCY = "The Herald Agency is an independent service with bureaus in forty countries and obliged to no owner."


def imitations(body: bytes, text: str) -> Iterator[tuple[str, bytes]]:
    """A page in each way that it can be set in, by name; none where too little of its text is found on it.

    Args:
        body: the page as it came.
        text: its known text.
    """
    for name, change in CHANGES.items():
        read = read_page(body, "")
        if isinstance(read, NoArticle):
            return
        found = Set(read.tree, text)
        if len(found.inside) >= _LEAST and change(found):
            yield name, html.tostring(read.tree, encoding="utf-8", doctype="<!doctype html>")


def _without_names(found: Set) -> bool:
    for each in found.tree.iter(etree.Element):
        for name in _NAMES:
            each.attrib.pop(name, None)
    return True


def _without_sections(found: Set) -> bool:
    for each in found.tree.iter(*_SECTIONS):
        each.tag = "div"
    return _without_names(found)


def _paragraphs_as(tag: str) -> Change:
    def change(found: Set) -> bool:
        for each in found.tree.iter("p"):
            each.tag = tag
        return True

    return change


def _breaks(found: Set) -> bool:
    """The whole article as one run of text with breaks."""
    holder, first = found.holder, found.inside[0]
    flat = html.Element("div")
    holder.insert(holder.index(first), flat)
    for each in found.inside:
        for at in range(2):
            etree.SubElement(flat, "br").tail = each.text_content() if at else None
        each.drop_tree()
    return True


def _one_paragraph(found: Set) -> bool:
    first, *others = found.inside
    text = " ".join(each.text_content().strip() for each in found.inside)
    for each in (*first, *others):
        each.drop_tree()
    first.text = text
    return True


def _spans(found: Set) -> bool:
    """Each paragraph a block only by its style."""
    for each in found.inside:
        each.tag = "span"
        each.set("style", "display:block")
    return True


def _own_wrappers(found: Set) -> bool:
    for each in found.inside:
        _wrap([each], "div", "c-x1")
        _wrap([each.getparent()], "div", "c-x2")
    return True


def _listed(found: Set) -> bool:
    for each in found.inside:
        each.tag = "li"
    _wrap(found.inside, "ul", "")
    return True


def _table(found: Set) -> bool:
    body = found.tree.find("body")
    inside = list(body)
    for tag in ("td", "tr", "table"):
        _wrap(inside, tag, "")
        inside = [inside[0].getparent()]
    return True


def _deep(found: Set) -> bool:
    holder = found.holder
    if holder.tag == "body":
        return False
    for _ in range(_WRAPPERS):
        _wrap([holder], "div", "")
    return True


def _split(found: Set) -> bool:
    """The article in several containers, with something of the outlet's between them."""
    size = -(-len(found.inside) // _PARTS)
    parts = [found.inside[at : at + size] for at in range(0, len(found.inside), size)]
    for part in parts:
        _wrap(part, "div", "part")
        part[0].getparent().addnext(_box("aside", "", "box"))
    return len(parts) > 1


def _boxes(found: Set) -> bool:
    """A heading, a teaser and links behind every fourth paragraph."""
    for each in found.inside[1::4]:
        each.addnext(_box("div", "Related", "c-77"))
    return True


def _teasers(found: Set) -> bool:
    """A line that leads to another article between paragraphs."""
    for each in found.inside[1::4]:
        each.addnext(
            html.fromstring('<p><strong>Also: <a href="/1">Council puts off its bridge again</a></strong></p>')
        )
    return True


def _agency(found: Set) -> bool:
    found.inside[-1].addnext(html.fromstring(f'<p><em>{_AGENCY} <a href="/about">More about us</a></em></p>'))
    return True


def _box(tag: str, heading: str, name: str) -> html.HtmlElement:
    head = f"<h4>{heading}</h4>" if heading else ""
    links = "".join(f'<li><a href="/{at}">Council puts off its bridge, part {at}</a></li>' for at in range(1, 4))
    return html.fromstring(f'<{tag} class="{name}">{head}<p>{_TEASER}</p><ul>{links}</ul></{tag}>')


def _standfirst_apart(found: Set) -> bool:
    """The first paragraph in the page's header, beside the headline."""
    first = found.inside[0]
    heading = next(found.tree.iter("h1"), None)
    if heading is None or heading.getparent() is None:
        return False
    first.drop_tree()
    heading.addnext(html.fromstring(f"<div>{html.tostring(first, encoding='unicode', with_tail=False)}</div>"))
    return True


def _named(tag: str, name: str, style: str = "") -> Change:
    """The holder in an element that misleads, or that a script would show later."""

    def change(found: Set) -> bool:
        _wrap(found.inside, tag, name, style)
        return True

    return change


def _stated(text: Callable[[str], str], *, keep: bool = True, **more: object) -> Change:
    """The article's text in JSON-LD, beside the markup or instead of it."""

    def change(found: Set) -> bool:
        for script in [each for each in found.tree.iter("script") if "ld+json" in (each.get("type") or "")]:
            script.drop_tree()
        count = {key: len(found.text.split()) if value is None else value for key, value in more.items()}
        data = {"@type": "NewsArticle", "articleBody": text(found.text), **count}
        script = etree.SubElement(found.tree.find("head"), "script", type="application/ld+json")
        script.text = json.dumps({key: value for key, value in data.items() if value}, ensure_ascii=False)
        for each in [] if keep else found.paragraphs:
            if each.getparent() is not None:
                each.drop_tree()
        return True

    return change


def _as_html(text: str) -> str:
    return "".join(f"<p>{line}</p>" for line in text.split("\n") if line.strip())


def _in_one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _as_teaser(text: str) -> str:
    return f"{text[:200]}…"


def _wrap(elements: Sequence[html.HtmlElement], tag: str, name: str, style: str = "") -> None:
    around = html.Element(tag)
    for key, value in (("class", name), ("style", style)):
        if value:
            around.set(key, value)
    first = elements[0]
    first.getparent().insert(first.getparent().index(first), around)
    for each in elements:
        around.append(each)


CHANGES: dict[str, Change] = {
    "without names": _without_names,
    "without names and sections": _without_sections,
    "paragraphs as div": _paragraphs_as("div"),
    "paragraphs as section": _paragraphs_as("section"),
    "paragraphs as span": _spans,
    "one block with breaks": _breaks,
    "one long paragraph": _one_paragraph,
    "each paragraph wrapped": _own_wrappers,
    "paragraphs as list": _listed,
    "table as layout": _table,
    "deeply wrapped": _deep,
    "in several parts": _split,
    "boxes between": _boxes,
    "teasers between": _teasers,
    "agency below": _agency,
    "standfirst apart": _standfirst_apart,
    "in a form": _named("form", ""),
    "in an aside": _named("aside", ""),
    "in a figure": _named("figure", ""),
    "in a quotation": _named("blockquote", ""),
    "in a details element": _named("details", ""),
    "in a footer": _named("footer", ""),
    "named as comments": _named("div", "comments-content"),
    "named as related": _named("div", "related-story list"),
    "named as tooltip": _named("div", "tooltip-text"),
    "named as modal": _named("div", "modal-content paywall"),
    "shown by a script": _named("div", "", "opacity:0"),
    "made visible by a script": _named("div", "", "visibility: hidden"),
    "displayed by a script": _named("div", "", "display:none"),
    "text stated": _stated(str),
    "text stated as markup": _stated(_as_html),
    "text stated in one line": _stated(_in_one_line),
    "teaser stated": _stated(_as_teaser),
    "words counted": _stated(lambda _: "", wordCount=None),
    "text stated only": _stated(str, keep=False),
    "text stated only, as markup": _stated(_as_html, keep=False),
}
