"""Rules of a watched page: which of its links are news, and where their dates are. Pure.

Part of the model because config checks the rules and polling applies them, and they may not import each other.

A link rule is a CSS selector. A date rule is written `WHERE` or `WHERE as PATTERN`: WHERE is the word
`url` (the link's address) or a CSS selector (an element beside the link); PATTERN is a date with YYYY or YY,
MM and DD in their places. Patterns are not regular expressions, so none can be written that never terminates.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from cssselect import HTMLTranslator, SelectorError

LONGEST_RULE = 500  # characters
ADDRESS = "url"
_AS = re.compile(r"\s+as\s+")
_PLACES = re.compile(r"YYYY|YY|MM|DD")
_DIGITS = {"YYYY": r"(?P<year>(?:19|20)\d{2})", "YY": r"(?P<short>\d{2})", "MM": r"(?P<month>", "DD": r"(?P<day>"}


class DatePlace(StrEnum):
    """Where a link's date is found. `usual` is a <time> beside the link, else the address."""

    USUAL = "usual"
    ADDRESS = "address"
    BESIDE = "beside"


@dataclass(frozen=True, slots=True)
class DateRule:
    """Where the dates of a page's links are, and how they are written; without a pattern, in the usual formats."""

    place: DatePlace = DatePlace.USUAL
    path: str = ""  # XPath of the element beside the link
    pattern: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class LinkRule:
    """What the entries of a watched page are.

    `links` is the CSS selector as written, "" for the usual links; `path` the same as XPath. `zone` is the IANA
    zone of its dates.
    """

    links: str = ""
    path: str = ""
    dates: DateRule = DateRule()
    zone: str | None = None


def link_rule(links: str, dates: str, zone: str | None = None) -> LinkRule:
    """Parse the rule that a person wrote.

    Args:
        links: CSS selector of the links, or of the boxes around them; "" for the usual ones.
        dates: date rule, see the module's docstring; "" for the usual places.
        zone: IANA zone of the page.

    Raises:
        ValueError: one of them is invalid; the message says why.
    """
    return LinkRule(links.strip(), selector_path(links) if links.strip() else "", date_rule(dates), zone)


def date_rule(written: str) -> DateRule:
    """Parse the date rule that a person wrote.

    Raises:
        ValueError: it is invalid; the message says why.
    """
    where, how = _split(written)
    pattern = date_pattern(how) if how else None
    if not where:
        return DateRule()
    if where == ADDRESS:
        return DateRule(DatePlace.ADDRESS, pattern=pattern)
    return DateRule(DatePlace.BESIDE, selector_path(where), pattern)


def selector_path(selector: str) -> str:
    """Return the XPath of a CSS selector.

    Raises:
        ValueError: it is not a selector, or one that selects what a static page does not have (`a::before`).
    """
    if len(selector) > LONGEST_RULE:
        raise ValueError(f"the selector is longer than {LONGEST_RULE} characters")
    try:
        return str(HTMLTranslator().css_to_xpath(selector.strip()))
    except SelectorError as error:
        raise ValueError(f"{selector!r} is not a CSS selector that can be used: {error}") from None


def date_pattern(written: str) -> re.Pattern[str]:
    """Return the regular expression for a date pattern such as DD/MM/YYYY. It matches in linear time.

    Raises:
        ValueError: day, month or year is missing or occurs twice, or the pattern is too long.
    """
    places = _PLACES.findall(written)
    if sorted(place[0] for place in places) != ["D", "M", "Y"] or len(written) > LONGEST_RULE:
        raise ValueError(f"{written!r} is not a pattern of dates: it needs YYYY (or YY), MM and DD, each once")
    parts, at = [], 0
    for found in _PLACES.finditer(written):
        parts.append(re.escape(written[at : found.start()]))
        parts.append(_expression(found, written))
        at = found.end()
    before = r"(?<!\d)" if _PLACES.match(written) else ""
    after = r"(?!\d)" if at == len(written) else ""
    return re.compile(f"{before}{''.join(parts)}{re.escape(written[at:])}{after}")


def _expression(found: re.Match[str], written: str) -> str:
    """The digits of one placeholder: one or two for day and month, exactly two if digits or placeholders adjoin."""
    digits = _DIGITS[found[0]]
    if digits.endswith(")"):
        return digits
    beside = (written[: found.start()][-1:], written[found.end() :][:1])
    adjoins = any(char.isdigit() or char in {"Y", "M", "D"} for char in beside if char)
    return digits + (r"\d{2})" if adjoins else r"\d{1,2})")


def _split(written: str) -> tuple[str, str]:
    """Return where the date is, and its pattern or ""."""
    if len(written) > LONGEST_RULE:
        raise ValueError(f"the rule of dates is longer than {LONGEST_RULE} characters")
    parts = _AS.split(f" {written.strip()} ", maxsplit=1)
    where, how = parts[0].strip(), parts[1].strip() if len(parts) > 1 else ""
    if len(parts) > 1 and not (where and how):
        raise ValueError(f"{written!r} is not a rule of dates: write WHERE, or WHERE as PATTERN")
    return where, how
