"""Reads a page by its outlet's rule. What the rule does not find is left to the general method."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from cssselect import HTMLTranslator
from lxml import etree, html

from offing.extract.markup.folded_letters import folded_letters
from offing.extract.markup.runs import runs_of
from offing.model.sources.outlet import OutletRule
from offing.model.text.dates import read_date
from offing.model.text.text import clean_text, plain

METHOD = "outlet-rule"
MISSED = "+rule-missed"
_DATE_ATTRIBUTES = ("datetime", "content")
_LONGEST = 1024


@dataclass(frozen=True, slots=True)
class Ruled:
    """What a rule finds on a page; "" or None where it says nothing or misses. `bodies` remain parts of the tree."""

    title: str = ""
    author: str = ""
    section: str = ""
    published: datetime | None = None
    bodies: tuple[html.HtmlElement, ...] = ()
    missed: bool = False
    applied: bool = False

    def blocks(self) -> tuple[str, ...]:
        """The blocks of the text, as raw strings."""
        return tuple(run.text for body in self.bodies for run in runs_of(body))


def apply_rule(tree: html.HtmlElement, rule: OutletRule | None, now: datetime) -> Ruled:
    """Remove from the tree what the rule removes, and find in it what the rule names."""
    if rule is None:
        return Ruled()
    for selector in rule.remove:
        for element in _found(tree, selector):
            if element.getparent() is not None:
                element.drop_tree()
    bodies = _outermost(_found(tree, rule.body))
    dates = (
        text
        for element in _found(tree, rule.date)
        for text in (*(element.get(name) for name in _DATE_ATTRIBUTES), element.text_content())
    )
    raw = next(filter(None, map(clean_text, filter(None, dates))), "")
    published = read_date(raw, now, rule.timezone)
    title, author, section = (_text(tree, selector) for selector in (rule.title, rule.author, rule.section))
    found = ((rule.title, title), (rule.body, bodies), (rule.date, published), (rule.author, author))
    missed = any(selector and not value for selector, value in found)
    return Ruled(title, author, section, published, bodies, missed, applied=True)


def folded_boilerplate(rule: OutletRule | None) -> frozenset[str]:
    """A rule's boilerplate lines, folded."""
    return frozenset(folded_letters(line) for line in rule.boilerplate) if rule else frozenset()


@lru_cache(maxsize=1024)
def _compiled(selector: str) -> etree.XPath:
    return etree.XPath(HTMLTranslator().css_to_xpath(selector))


def _found(tree: html.HtmlElement, selector: str) -> list[html.HtmlElement]:
    found: Any = _compiled(selector)(tree) if selector else []
    return list(found)


def _text(tree: html.HtmlElement, selector: str) -> str:
    texts = (plain(element.get("content") or element.text_content())[:_LONGEST] for element in _found(tree, selector))
    return next((text for text in texts if text), "")


def _outermost(elements: list[html.HtmlElement]) -> tuple[html.HtmlElement, ...]:
    """The non-empty elements that are not inside another of them."""
    chosen: list[html.HtmlElement] = []
    for element in elements:
        if element.text_content().strip() and not any(other in chosen for other in element.iterancestors()):
            chosen.append(element)
    return tuple(chosen)
