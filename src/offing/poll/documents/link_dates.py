"""Finds the dates of a watched page's links: beside the link, or in its address. Pure.

A date that may belong to a neighbouring link is not used: a wrong date hides news, a missing one does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from urllib.parse import unquote, urlsplit

from lxml import etree, html

from offing.model.sources.links import DatePlace, DateRule, LinkRule
from offing.model.text.dates import read_date
from offing.model.text.markup import select
from offing.model.text.text import clean_text, cut_bytes, plain
from offing.poll.documents.entries import LONGEST_DATE

Place = tuple[str, html.HtmlElement, html.HtmlElement]  # address, link, box

_USUAL_PATH = "descendant-or-self::time"
_IN_ADDRESS = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d{2})(?:(?P<part>[-/_.])(?P<month>\d{1,2})(?P=part)(?P<day>\d{1,2})"
    r"|(?P<month2>[01]\d)(?P<day2>[0-3]\d))(?!\d)",
    re.ASCII,
)
_STATED = ("datetime", "content", "data-date", "title")
_EDGES = " \t[](){}<>|·•–—-:;,."
_PARTS = re.compile(r"[|·•\n]| [–—-] ")
_MOST_WORDS = 4  # of a label before a date: "Publié le", "Fecha de publicación:"
_MOST_TEXT = 400  # characters of an element that are searched for a date


def dates_of(places: Sequence[Place], tree: html.HtmlElement, rule: LinkRule, now: datetime) -> list[str]:
    """Return the date of each link, as the page words it or as YYYY-MM-DD; "" if the page gives none.

    Args:
        places: address, link and box of each.
        tree: the page.
        rule: where to look, and in which zone dates are meant.
        now: aware UTC.
    """
    if rule.dates.place is DatePlace.ADDRESS:
        return [_of_address(url, rule.dates) for url, _, _ in places]
    if rule.dates.place is DatePlace.USUAL:
        usual = DateRule(path=_USUAL_PATH)
        return [_of_box(box, usual, rule, now) or _of_address(url, rule.dates) for url, _, box in places]
    found = [_of_box(box, rule.dates, rule, now) for _, _, box in places]
    return found if any(found) else _between(places, tree, rule, now)


def _of_address(url: str, rule: DateRule) -> str:
    parts = urlsplit(url)
    path = unquote(f"{parts.path}?{parts.query}" if parts.query else parts.path)
    found = (rule.pattern or _IN_ADDRESS).search(path)
    return _day(found) if found else ""


def _of_box(box: html.HtmlElement, dates: DateRule, rule: LinkRule, now: datetime) -> str:
    found = [_stated(element, dates, rule, now) for element in select(dates.path, box)[:3]]
    return next(filter(None, found), "")


def _between(places: Sequence[Place], tree: html.HtmlElement, rule: LinkRule, now: datetime) -> list[str]:
    """Return dates that stand between links: above a group of links as its heading, or after each link.

    Which of the two applies follows from whether a date or a link comes first on the page.
    """
    dates = dict.fromkeys(select(rule.dates.path, tree))
    links = {link: number for number, (_, link, _) in enumerate(places)}
    marks = [element for element in tree.iter() if element in dates or element in links]
    if not marks or not dates:
        return [""] * len(places)
    leading = marks[0] in dates
    found = [""] * len(places)
    last = None
    for mark in marks if leading else reversed(marks):
        if mark in dates:
            last = mark
        elif last is not None:
            found[links[mark]] = _stated(last, rule.dates, rule, now)
            last = last if leading else None
    return found


def _stated(element: html.HtmlElement, dates: DateRule, rule: LinkRule, now: datetime) -> str:
    """Return the date that an element gives in its attributes or text, else its whole text."""
    text = plain(etree.tostring(element, encoding="unicode", with_tail=False)[: 10 * _MOST_TEXT])[:_MOST_TEXT]
    stated = [clean_text(element.get(name) or "") for name in _STATED]
    if dates.pattern:
        hits = (dates.pattern.search(each) for each in (*stated, text))
        return next((_day(hit) for hit in hits if hit), "")
    for each in (*stated, *_pieces(text)):
        if each and read_date(each, now, rule.zone):
            return each
    return cut_bytes(text, LONGEST_DATE)


def _pieces(text: str) -> Iterator[str]:
    """Yield parts of a text that may be a date: the whole, and the parts between marks, each without leading words."""
    for part in (text, *_PARTS.split(text)):
        words = part.strip(_EDGES).split()
        for first in range(min(_MOST_WORDS + 1, len(words))):
            yield " ".join(words[first:]).strip(_EDGES)


def _day(found: re.Match[str]) -> str:
    """Return a matched date as YYYY-MM-DD; `read_date` checks later that the day exists."""
    parts = found.groupdict()
    year = int(parts.get("year") or 2000 + int(parts["short"]))
    month, day = (int(parts[name] or parts[f"{name}2"]) for name in ("month", "day"))
    return f"{year:04}-{month:02}-{day:02}"
